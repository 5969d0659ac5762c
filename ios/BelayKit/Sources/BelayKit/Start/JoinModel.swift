import BelayCore
import Observation

/// Makes this phone one of the devices of somebody who uses Belay on another one.
@MainActor
@Observable
public final class JoinModel {
  /// The code of the other device, as scanned or typed; kept when it does not do.
  public var text = ""
  /// What must stand on both screens; empty before the devices have met.
  public private(set) var comparison: [String] = []
  /// What could not be done.
  public private(set) var trouble: Problem?
  /// The other device is being looked for, or asked.
  public private(set) var busy = false
  /// The store, once the other device has let this one in.
  public private(set) var joined: (any BelayCoreProtocol)?

  /// Nothing comes over a relay: the two devices need to find each other on one network.
  public private(set) var needsNearby = false

  private let door: any StoreDoor
  private let shell: any Shell
  private let problem: @MainActor (any Error) -> Problem
  /// An empty store that waits; a second try goes on with it.
  @ObservationIgnored private var waiting: (any BelayCoreProtocol)?

  @ObservationIgnored private var turnedBack = false

  /// Makes the store behind this door, or goes on with one that waits since before; the shell has the camera.
  public init(
    door: any StoreDoor, shell: any Shell, waiting: (any BelayCoreProtocol)? = nil,
    problem: @escaping @MainActor (any Error) -> Problem
  ) {
    self.door = door
    self.shell = shell
    self.waiting = waiting
    self.problem = problem
  }

  /// Something stands in the field, and nothing goes on.
  public var canJoin: Bool { !busy && !text.isBlank }

  /// Scans the code that the other device shows.
  public func scan() async {
    guard !busy, let scanned = await shell.scan() else { return }
    text = scanned
    await join()
  }

  /// Joins with what was scanned or typed. It ends when the person has said on the other device that the words are
  /// the same.
  public func join() async {
    guard canJoin else { return }
    busy = true
    defer { busy = false }
    trouble = nil
    comparison = []
    do {
      let core = try await emptyStore()
      try await core.joinAsOwnDevice(text: text.trimmed, observer: WordsToShow(self))
      waiting = nil
      needsNearby = await hasNoRelay(core)
      joined = core
    } catch {
      comparison = []
      // What breaks off because the person turned back is no trouble.
      if !turnedBack { trouble = problem(error) }
    }
  }

  /// No after all, also while the other device is waited for: the empty store goes, so that this phone can begin by
  /// itself.
  public func turnBack() async {
    guard let core = waiting else { return }
    waiting = nil
    turnedBack = true
    defer { turnedBack = false }
    do {
      try await core.shutdown()
      try await door.eraseNow()
    } catch {
      trouble = problem(error)
    }
  }

  /// A store that cannot say is open all the same.
  private func hasNoRelay(_ core: any BelayCoreProtocol) async -> Bool {
    do { return try await core.selfCopy() == nil } catch { return false }
  }

  fileprivate func show(_ words: [String]) {
    if busy { comparison = words }
  }

  /// The one that waits: made now, or left by an earlier try.
  private func emptyStore() async throws -> any BelayCoreProtocol {
    if let waiting { return waiting }
    let core = try await door.createOwnDevice()
    waiting = core
    return core
  }
}

/// Hears on a thread of the core's, and passes on to the main actor.
private final class WordsToShow: WordsObserver {
  private let shown: @Sendable ([String]) -> Void

  @MainActor
  init(_ model: JoinModel) {
    shown = { [weak model] words in
      Task { @MainActor in model?.show(words) }
    }
  }

  func showWords(words: [String]) {
    shown(words)
  }
}
