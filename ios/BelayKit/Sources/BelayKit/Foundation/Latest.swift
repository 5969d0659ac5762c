/// Does the newest of a row of wishes and drops the ones between: a draft that is kept with every keystroke is
/// written as often as the disk keeps up, in order, and the last one always.
@MainActor
public final class Latest<Wish: Sendable> {
  private let work: @MainActor (Wish) async -> Void
  private var next: Wish?
  private var running: Task<Void, Never>?

  /// Hands each wish that is done to `work`, one at a time.
  public init(_ work: @escaping @MainActor (Wish) async -> Void) {
    self.work = work
  }

  /// Wishes for this; what was wished before and has not begun is dropped.
  public func want(_ wish: Wish) {
    next = wish
    if running == nil { running = Task { await self.run() } }
  }

  /// Drops what has not begun.
  public func forget() {
    next = nil
  }

  /// Ready when everything wished for is done.
  public func settle() async {
    while let task = running { await task.value }
  }

  private func run() async {
    while let wish = next {
      next = nil
      await work(wish)
    }
    running = nil
  }
}
