import BelayCore

/// What the core says has changed, for every screen at once: one observer stands at the core, and each screen
/// listens here, on the main actor, for the areas it shows.
@MainActor
public final class Changes {
  /// One screen that listens.
  private struct Listener {
    let areas: Set<ChangeArea>
    let continuation: AsyncStream<Void>.Continuation
  }

  private var listeners: [Int: Listener] = [:]
  private var nextListener = 0
  private var subscription: Subscription?
  private var pump: Task<Void, Never>?
  /// The newest revision the core named.
  public private(set) var revision: UInt64?

  /// Hears nothing until ``start(_:)``.
  public init() {}

  /// Stands at the core. A second call takes the place of the first.
  public func start(_ core: any BelayCoreProtocol) throws {
    stop()
    let (stream, continuation) = AsyncStream.makeStream(of: Change.self)
    subscription = try core.subscribe(observer: Relay(continuation: continuation))
    pump = Task { [weak self] in
      for await change in stream { self?.tell(change) }
    }
  }

  /// Hears nothing any more; screens that listen end.
  public func stop() {
    subscription?.cancel()
    subscription = nil
    pump?.cancel()
    pump = nil
    revision = nil
    for listener in listeners.values { listener.continuation.finish() }
    listeners = [:]
  }

  /// Yields once at once and then whenever one of the areas changed. Changes that come while the listener is
  /// busy are one.
  public func stream(of areas: Set<ChangeArea>) -> AsyncStream<Void> {
    let (stream, continuation) = AsyncStream.makeStream(
      of: Void.self, bufferingPolicy: .bufferingNewest(1))
    let number = nextListener
    nextListener += 1
    listeners[number] = Listener(areas: areas, continuation: continuation)
    continuation.onTermination = { [weak self] _ in
      Task { @MainActor in self?.listeners[number] = nil }
    }
    continuation.yield()
    return stream
  }

  /// Everything may be another now: the day turned, or the zone changed. Every screen looks again.
  public func everything() {
    for listener in listeners.values { listener.continuation.yield() }
  }

  /// How many screens listen.
  public var listenerCount: Int { listeners.count }

  private func tell(_ change: Change) {
    let isFirst = revision == nil
    revision = change.revision
    // The first call names the revision that is; nothing changed since screens asked.
    if isFirst && change.areas.isEmpty { return }
    for listener in listeners.values where !listener.areas.isDisjoint(with: change.areas) {
      listener.continuation.yield()
    }
  }
}

/// What one call of the observer said.
private struct Change: Sendable {
  let areas: Set<ChangeArea>
  let revision: UInt64
}

/// The observer at the core: called on a thread of the core's, it only passes on.
private final class Relay: ChangeObserver {
  private let continuation: AsyncStream<Change>.Continuation

  init(continuation: AsyncStream<Change>.Continuation) {
    self.continuation = continuation
  }

  func onChange(areas: [ChangeArea], ids: [DocName], revision: UInt64) {
    continuation.yield(Change(areas: Set(areas), revision: revision))
  }
}
