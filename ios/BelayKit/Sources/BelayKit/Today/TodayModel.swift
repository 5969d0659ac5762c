import BelayCore
import BelayWords
import Observation

/// The day: what was checked in, which goals are due, what partners shared last.
@MainActor
@Observable
public final class TodayModel: PageModel {
  public let services: Services
  public var page: Loadable<TodayView> = .loading
  public var trouble: Problem?
  /// What can be taken back for a moment; afterwards from its row.
  public private(set) var undo: UndoOffer?
  /// The partner an answer is being given to, so that a second tap does not give it twice.
  public private(set) var answering: DocName?

  /// Why a goal is skipped today, while that is being said; `nil` when nothing is.
  public var skipping: DayNote? {
    didSet { if let skipping, oldValue?.on == skipping.on { keeper?.want(skipping) } }
  }
  /// The goal it is said of.
  public internal(set) var skipped: DocName?

  @ObservationIgnored var keeper: DayKeeper?

  /// Loads nothing yet.
  public init(_ services: Services) {
    self.services = services
  }

  public let areas: Set<ChangeArea> = [
    .checkIns, .drafts, .goals, .partners, .settings, .delivery,
  ]

  public func fetch() async throws -> TodayView {
    try await services.core.today()
  }

  /// A sentence that knows the hour, never a score.
  public var greeting: String? {
    page.value.map { services.words.greeting($0.partOfDay, checkedIn: !$0.checkIns.isEmpty) }
  }

  /// The day's check-in, when there is one: the newest.
  public var checkIn: CheckInView? { page.value?.checkIns.last }

  /// Logs what came of a goal today, and says whether that could be done. It can be taken back for a moment with
  /// ``takeBack()``, and later from the row with ``open(_:)``.
  @discardableResult
  public func log(
    _ goal: GoalView, _ status: OutcomeStatus, on: CivilDay? = nil, reason: String = "", note: String = ""
  ) async -> Bool {
    // What is noted of the day already stays with it, as long as nothing else is said.
    let why = reason.given ?? (status == .skipped ? goal.today?.reason : nil)
    let new = NewOutcome(
      goal: goal.name, on: on ?? page.value?.on, status: status, note: note.given ?? goal.today?.note,
      reason: why)
    let logged = await attempt { try await self.services.core.logOutcome(new: new) }
    guard let logged else { return false }
    await load()
    offerUndo(UndoOffer(of: .outcome(goal: goal.name, on: logged.outcome.on, before: goal.today)))
    return true
  }

  /// Makes a goal open again, as if nothing had been noted of it today.
  public func open(_ goal: GoalView) async {
    guard let on = goal.today?.on else { return }
    undo = nil
    await attempt { try await self.services.core.undoOutcome(goal: goal.name, on: on) }
    await load()
  }

  /// Takes back what was just done.
  public func takeBack() async {
    guard let offer = undo else { return }
    undo = nil
    await attempt { try await offer.takeBack(self.services.core) }
    await load()
  }

  /// Goes to the page on which the day is checked in, or its check-in is changed.
  public func checkInNow() {
    if let checkIn {
      services.router.present(.checkInEdit(name: checkIn.name))
    } else {
      services.router.present(.checkIn(on: nil))
    }
  }

  /// Goes to the page on which a check-in of the day is changed.
  public func change(_ checkIn: CheckInView) {
    services.router.present(.checkInEdit(name: checkIn.name))
  }

  /// Answers what a partner shared last, with a kind that needs no words of one's own.
  public func respond(to partner: PartnerTodayView, _ kind: ResponseKind, text: String? = nil) async {
    guard answering == nil, let last = partner.last, let person = partner.partner.person else { return }
    answering = last.name
    defer { answering = nil }
    let new = NewResponse(
      space: partner.partner.space, person: person, about: last.name, kind: kind, text: text)
    if await attempt({ try await self.services.core.respond(new: new) }) != nil { await load() }
  }

  private func offerUndo(_ offer: UndoOffer) {
    undo = offer
    Task {
      if await services.shell.wait(UndoOffer.stands), undo == offer { undo = nil }
    }
  }
}
