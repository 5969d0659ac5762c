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

/// Gives others their turn until something is true. A test that waits for what never comes ends with the whole
/// run's own limit, not by a clock here.
@MainActor
public func waitUntil(_ condition: @MainActor () throws -> Bool) async rethrows {
  while try !condition() { await Task.yield() }
}
