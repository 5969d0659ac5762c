import BelayCore

/// The rounds of keeping in touch, for a page that asks for one and wants to say how it ended.
@MainActor
public final class Rounds {
  /// Whether rounds go on: the app is in front and keeps in touch.
  public internal(set) var goOn = false {
    didSet { if !goOn { ended(nil) } }
  }

  private static let waitsFor: Duration = .seconds(20)

  private let shell: any Shell
  private var waiting: [Int: CheckedContinuation<SyncReport?, Never>] = [:]
  private var number = 0

  /// The shell says when a round is waited for no longer.
  init(_ shell: any Shell) {
    self.shell = shell
  }

  /// How the next round ends; `nil` where none ended in a while.
  func next() async -> SyncReport? {
    guard goOn else { return nil }
    number += 1
    let mine = number
    Task {
      if await shell.wait(Self.waitsFor) { waiting.removeValue(forKey: mine)?.resume(returning: nil) }
    }
    return await withCheckedContinuation { waiting[mine] = $0 }
  }

  /// A round has ended.
  func ended(_ report: SyncReport?) {
    let all = waiting.values
    waiting = [:]
    for one in all { one.resume(returning: report) }
  }
}
