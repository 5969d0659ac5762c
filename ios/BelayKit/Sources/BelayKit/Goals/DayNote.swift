import BelayCore

/// What is being noted of a goal on a day.
public struct DayNote: Equatable, Sendable {
  /// The day.
  public let on: CivilDay
  /// What came of it; `nil` until the person says so.
  public var status: OutcomeStatus?
  /// How much it was, as it was typed; what that says of the day, the core says.
  public var amount = ""
  /// Why it was skipped.
  public var reason = ""
  /// Anything else.
  public var note = ""

  /// Begins with what is noted of the day already.
  init(on day: CivilDay, noted: Outcome?) {
    on = day
    status = noted?.status
    reason = noted?.reason ?? ""
    note = noted?.note ?? ""
    amount = noted?.amount.map(Amounts.typed) ?? ""
  }

  /// As the core takes it; `nil` until it is said what came of it. Of a day that is skipped no amount is counted.
  func outcome(of goal: DocName) throws -> NewOutcome? {
    let counted = status == .skipped ? nil : try amount.given.map(Amounts.thousandths)
    guard let status = status ?? (counted == nil ? nil : .done) else { return nil }
    var new = NewOutcome(
      goal: goal, on: on, status: status, note: note.given, reason: status == .skipped ? reason.given : nil)
    new.amount = counted
    return new
  }
}

/// Keeps what is typed of a goal's day until it is saved.
@MainActor
final class DayKeeper {
  private static let kind = "day"
  private let goal: DocName
  private let begin: DayNote
  private let keeper: DraftKeeper
  private var takenUp = false

  /// Keeps what differs from `begin`.
  init(
    _ core: any BelayCoreProtocol, of goal: DocName, _ begin: DayNote,
    failed: @escaping @MainActor (any Error) -> Void
  ) {
    self.goal = goal
    self.begin = begin
    keeper = DraftKeeper(core, failed: failed)
  }

  /// What was typed of the day and not saved.
  func takeUp() async throws -> DayNote? {
    defer { takenUp = true }
    let kept = try await keeper.takeUp {
      $1.kind == Self.kind && $1["goal"].first == goal && $1["on"].first == begin.on
    }
    return kept.map { draft in
      var note = begin
      note.status = offeredOutcomes.first { String(describing: $0) == draft["as"].first }
      note.reason = draft["reason"].first ?? ""
      note.note = draft.body
      note.amount = draft["amount"].first ?? ""
      return note
    }
  }

  /// Keeps this; nothing where it is as it began.
  func want(_ note: DayNote) {
    guard takenUp else { return }
    guard note != begin else { return keeper.want(nil) }
    var draft = KeptDraft(of: Self.kind)
    draft.add("goal", goal)
    draft.add("on", note.on)
    draft.add("as", note.status.map { String(describing: $0) })
    draft.add("reason", note.reason)
    draft.add("amount", note.amount)
    draft.body = note.note
    keeper.want(draft)
  }

  /// Nothing more is kept.
  func stop() async { await keeper.stop() }

  /// Ready when all that was typed is kept.
  func settle() async { await keeper.settle() }

  /// Lets go of what was kept.
  func drop() async throws { try await keeper.drop() }
}
