/// A place where something waits until a test lets it through.
@MainActor
public final class Gate {
  private var isOpen = false
  private var waiters: [CheckedContinuation<Void, Never>] = []

  /// Shut.
  public init() {}

  /// How many wait.
  public var waiting: Int { waiters.count }

  /// Waits until the gate is open.
  public func pass() async {
    if !isOpen { await withCheckedContinuation { waiters.append($0) } }
  }

  /// Lets everybody through from now on.
  public func open() {
    isOpen = true
    for waiter in waiters { waiter.resume() }
    waiters = []
  }

  /// Shuts it again.
  public func shut() {
    isOpen = false
  }
}

/// What a test waited for did not come.
public struct NeverCame: Error {
  /// Says nothing more.
  public init() {}
}

/// Gives others their turn until something is true. The limit is far beyond anything that a busy machine needs, and
/// only there so that a fault ends as one.
@MainActor
public func waitUntil(
  within limit: Duration = .seconds(60), _ condition: @MainActor () throws -> Bool
) async throws {
  let end = ContinuousClock.now + limit
  while try !condition() {
    if ContinuousClock.now > end { throw NeverCame() }
    await Task.yield()
  }
}

/// The same for what has to be asked for.
@MainActor
public func waitUntil(
  within limit: Duration = .seconds(60), until condition: @MainActor () async throws -> Bool
) async throws {
  let end = ContinuousClock.now + limit
  while try await !condition() {
    if ContinuousClock.now > end { throw NeverCame() }
    await Task.yield()
  }
}
