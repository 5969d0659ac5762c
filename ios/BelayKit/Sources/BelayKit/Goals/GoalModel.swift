import BelayCore
import Observation

/// One goal: why it matters, how the last days went, who sees what of it.
@MainActor
@Observable
public final class GoalModel: PageModel {
  public let services: Services
  /// The goal.
  public let name: DocName
  public var page: Loadable<GoalPageView> = .loading
  public var trouble: Problem?
  /// What is being noted of a day; `nil` when nothing is.
  public var writing: DayNote? { didSet { if writing != oldValue { typed(after: oldValue) } } }
  /// What each partner would see of what is being noted.
  public private(set) var previews: [PreviewView] = []
  /// What was just noted or taken back, in words.
  public private(set) var said: String?

  @ObservationIgnored private var keeper: DayKeeper?
  @ObservationIgnored private lazy var previewer = Latest<DayNote> { [weak self] note in
    await self?.preview(note)
  }

  /// Loads nothing yet.
  public init(_ services: Services, _ name: DocName) {
    self.services = services
    self.name = name
  }

  public let areas: Set<ChangeArea> = [.goals, .partners, .delivery]

  public func fetch() async throws -> GoalPageView {
    try await services.core.goalPage(name: name, from: nil, to: nil)
  }

  /// The goal.
  public var goal: GoalView? { page.value?.goal }

  // MARK: Days

  /// The day that something is being noted of; `nil` when none is.
  public var noting: CivilDay? { writing?.on }

  /// Begins to note what came of it on a day, with what is noted of it, or with what was typed and not saved.
  public func note(_ day: CivilDay) async {
    said = nil
    previews = []
    let begin = DayNote(on: day, noted: noted(day))
    let keeper = DayKeeper(services.core, of: name, begin) { [weak self] error in
      self?.trouble = self?.services.problem(error)
    }
    self.keeper = keeper
    writing = begin
    previewer.want(begin)
    let kept = await attempt { try await keeper.takeUp() }
    guard let typed = writing, typed.on == day else { return }
    if typed != begin { keeper.want(typed) } else if let kept = kept ?? nil { writing = kept }
  }

  /// Turns back from noting. What was typed of the day is there again when it is opened.
  public func closeNote() {
    writing = nil
  }

  /// Saves what is being noted. What was typed stays where that cannot be done.
  public func save() async {
    guard let note = writing else { return }
    let new = await attempt { try note.outcome(of: self.name) }
    guard let new = new ?? nil else { return }
    await keeper?.stop()
    await log(new)
    if noting == nil { await dropKept() } else { keeper?.want(note) }
  }

  /// What is noted of a day already.
  public func noted(_ day: CivilDay) -> Outcome? {
    page.value?.outcomes.last { $0.on == day }
  }

  /// Ready when all that was typed is kept and what partners would see of it is known.
  public func settle() async {
    await keeper?.settle()
    await previewer.settle()
  }

  private func typed(after before: DayNote?) {
    guard let writing, before?.on == writing.on else { return }
    keeper?.want(writing)
    previewer.want(writing)
  }

  private func dropKept() async {
    guard let keeper else { return }
    self.keeper = nil
    await keeper.stop()
    await attempt { try await keeper.drop() }
  }

  /// Asks what each partner would see of it. What cannot be saved has nothing to see; saving says why.
  private func preview(_ note: DayNote) async {
    guard let new = (try? note.outcome(of: name)) ?? nil else { return previews = [] }
    let seen = try? await services.core.previewOutcome(new: new)
    if writing == note { previews = seen ?? [] }
  }

  /// Logs what came of it on a day, also an earlier one.
  public func log(
    on day: CivilDay, _ status: OutcomeStatus, reason: String = "", note: String = ""
  ) async {
    await log(
      NewOutcome(goal: name, on: day, status: status, note: note.given, reason: reason.given))
  }

  private func log(_ new: NewOutcome) async {
    guard let logged = await attempt({ try await self.services.core.logOutcome(new: new) }) else { return }
    writing = nil
    said = services.words.goalsLogSaved(
      day: services.spoken.day(logged.outcome.on), mark: services.words.word(logged.outcome.status))
    await load()
  }

  /// Makes a day open again, as if nothing had been noted of it.
  public func open(_ day: CivilDay) async {
    let undone = await attempt {
      try await self.services.core.undoOutcome(goal: self.name, on: day)
    }
    guard undone != nil else { return }
    writing = nil
    await dropKept()
    said = services.words.goalsLogTakenBack(day: services.spoken.day(day))
    await load()
  }

  // MARK: Who sees it

  /// Partners it can be shown to.
  public var partners: [PartnerView] { page.value?.partners ?? [] }

  /// What a partner sees of it.
  public func fields(for space: SpaceId) -> [GoalField] {
    let shared = goal?.sharedWith.first { $0.space == space }?.fields
    return if case .goal(let fields) = shared { fields } else { [] }
  }

  /// Chooses what a partner sees of it from now on; nothing takes back what they have.
  public func share(with space: SpaceId, _ fields: [GoalField]) async {
    let shared = await attempt {
      try await self.services.core.shareGoal(name: self.name, space: space, fields: fields)
    }
    if shared != nil { await load() }
  }

  /// Turns one field on or off for a partner. What goes with it, the core says.
  public func toggle(_ field: GoalField, for space: SpaceId) async {
    let now = fields(for: space)
    let chosen = await attempt { try goalFieldsToggled(fields: now, field: field) }
    if let chosen { await share(with: space, chosen) }
  }
}
