import BelayCore
import Observation

/// The welcome pages: what Belay is and is not, a name if one likes, when the day begins, the lock. No account,
/// nothing about the person is asked, and nothing leaves the phone.
@MainActor
@Observable
public final class OnboardingModel {
  /// The pages, in order.
  public enum Step: Int, CaseIterable, Codable, Sendable {
    /// What Belay is.
    case what
    /// What it is not.
    case limits
    /// A name, if one likes.
    case name
    /// When the day begins.
    case dayStart
    /// How it is locked.
    case lock
  }

  /// The hours at which a day may begin.
  public static let dayStarts: ClosedRange<UInt8> = 0...6

  /// The page that is shown.
  public private(set) var step: Step = .what
  /// The name partners will see; may stay empty.
  public var name = ""
  /// The hour at which the person's day begins.
  public var dayStart: UInt8 = 0
  /// Belay asks for the phone's own lock before it shows anything.
  public var locksApp: Bool
  /// A passphrase beside the phone's key; empty for none.
  public var passphrase = ""
  /// The passphrase once more.
  public var passphraseAgain = ""
  /// The store is being made.
  public private(set) var busy = false
  /// What could not be done.
  public private(set) var trouble: Problem?
  /// The store that was made.
  public private(set) var core: (any BelayCoreProtocol)?

  /// The device has a lock of its own that Belay can ask for.
  public let canLock: Bool

  private let door: any StoreDoor
  private let problem: @MainActor (any Error) -> Problem

  /// Makes the store behind this door. `canLock` says whether the device has a lock that Belay can ask for.
  public init(
    door: any StoreDoor, canLock: Bool = true,
    problem: @escaping @MainActor (any Error) -> Problem
  ) {
    self.door = door
    self.canLock = canLock
    locksApp = canLock
    self.problem = problem
  }

  /// Whether this is the last page.
  public var isLast: Bool { step == Step.allCases.last }

  /// The two passphrases are the same, or there is none.
  public var passphrasesAgree: Bool { passphrase == passphraseAgain }

  /// One page on.
  public func next() {
    trouble = nil
    if let next = Step(rawValue: step.rawValue + 1) { step = next }
  }

  /// One page back.
  public func back() {
    trouble = nil
    if let before = Step(rawValue: step.rawValue - 1) { step = before }
  }

  /// Makes the store. What was typed stays when that cannot be done, and the page it was typed on comes back.
  public func finish() async {
    guard !busy, passphrasesAgree else { return }
    busy = true
    defer { busy = false }
    trouble = nil
    let new = NewPerson(
      displayName: name.isBlank ? nil : name, dayStart: dayStart,
      passphrase: passphrase.isEmpty ? nil : passphrase)
    do {
      core = try await door.create(new)
      passphrase = ""
      passphraseAgain = ""
    } catch {
      trouble = problem(error)
      if case BelayError.InvalidInput(field: "display_name", rule: _) = error { step = .name }
    }
  }
}
