import BelayCore

/// Something that was just done and can be taken back at once. The core takes it back; the offer stands for a
/// moment only because a bar that stays for ever is in the way.
public struct UndoOffer: Equatable, Sendable {
  /// What was done.
  public enum Deed: Equatable, Sendable {
    /// An outcome was logged; before it, this one stood there.
    case outcome(goal: DocName, on: CivilDay, before: Outcome?)
    /// A check-in was written.
    case checkIn(DocName)
    /// An entry was deleted.
    case entryDeleted(DocName)
    /// A goal was put away or let go.
    case goalPutAway(DocName)
    /// An entry says again what it said once; before that, it was in this state.
    case entryState(DocName, before: String)
  }

  /// How long the offer stands.
  public static let stands: Duration = .seconds(8)

  /// What was done.
  public let deed: Deed

  /// Offers to take this back.
  public init(of deed: Deed) {
    self.deed = deed
  }

  /// Takes it back.
  func takeBack(_ core: any BelayCoreProtocol) async throws {
    switch deed {
    case .outcome(let goal, let on, let before?):
      var new = NewOutcome(
        goal: goal, on: on, status: before.status, note: before.note, reason: before.reason)
      new.amount = before.amount
      _ = try await core.logOutcome(new: new)
    case .outcome(let goal, let on, nil):
      _ = try await core.undoOutcome(goal: goal, on: on)
    case .checkIn(let name):
      _ = try await core.undoCheckIn(name: name)
    case .entryDeleted(let name):
      _ = try await core.restoreEntry(name: name)
    case .goalPutAway(let name):
      _ = try await core.takeUpGoal(name: name)
    case .entryState(let name, let before):
      _ = try await core.restoreEntryState(name: name, state: before)
    }
  }
}
