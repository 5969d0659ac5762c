import BelayCore
import Observation

/// What, how often in words, and why; the rest of a goal is folded away. Nothing of a new goal is shared unless
/// the person chooses it here.
@MainActor
@Observable
public final class GoalEditorModel: ScreenModel {
  public let services: Services
  public var trouble: Problem?
  /// What, in the person's words.
  public var title = "" { didSet { if title != oldValue { typed() } } }
  /// Why it matters.
  public var why = "" { didSet { if why != oldValue { typed() } } }
  /// Chosen weekdays; all seven are "daily".
  public var days: Set<Weekday> = Set(Weekday.week) { didSet { if days != oldValue { typed() } } }
  /// Partners it can be shown to.
  public private(set) var partners: [PartnerView] = []
  /// What each partner will see of it.
  public private(set) var audience: [SpaceId: [GoalField]] = [:]
  /// It is being written.
  public private(set) var saving = false
  /// What was begun.
  public private(set) var saved: GoalView?

  /// What was kept is back, and what is typed is kept from now on.
  @ObservationIgnored private var begun = false
  @ObservationIgnored private lazy var keeper = DraftKeeper(services.core) { [weak self] error in
    self?.trouble = self?.services.problem(error)
  }

  /// Begins with nothing written.
  public init(_ services: Services) {
    self.services = services
  }

  /// Something worth keeping was typed.
  public var isBegun: Bool { !title.isBlank || !why.isBlank }

  /// Chooses or drops a weekday.
  public func toggle(_ day: Weekday) {
    if days.remove(day) == nil { days.insert(day) }
  }

  /// Every day, or Monday to Friday, at one touch.
  public func choose(_ days: [Weekday]) {
    self.days = Set(days)
  }

  /// Turns one field on or off for a partner. What goes with it, the core says.
  public func toggle(_ field: GoalField, for space: SpaceId) {
    do {
      let fields = try goalFieldsToggled(fields: audience[space] ?? [], field: field)
      audience[space] = fields.isEmpty ? nil : fields
    } catch {
      trouble = services.problem(error)
    }
  }

  /// Brings back what was typed and not begun. Who was to see it is chosen anew: nothing is shared by a restart.
  public func load() async {
    guard !begun else { return }
    let form = await attempt { try await self.services.core.goalForm() }
    partners = form?.partners ?? []
    let kept = keeper.takeUp(among: form?.drafts ?? []) { $1.kind == Self.draft }
    if let kept, !isBegun {
      title = kept["title"].first ?? ""
      why = kept.body
      let chosen = kept["days"].first?.split(separator: " ").compactMap { Int($0) } ?? []
      days = Set(chosen.filter(Weekday.week.indices.contains).map { Weekday.week[$0] })
    }
    begun = true
  }

  /// Lets go of what was typed.
  public func discard() async {
    await keeper.stop()
    begun = false
    title = ""
    why = ""
    days = Set(Weekday.week)
    await attempt { try await self.keeper.drop() }
    services.router.back()
  }

  /// Ready when all that was typed is kept.
  public func settle() async {
    await keeper.settle()
  }

  /// Begins the goal. What was typed stays when that cannot be done.
  public func save() async {
    guard !saving else { return }
    saving = true
    defer { saving = false }
    await keeper.stop()
    let schedule: Schedule =
      days.count == Weekday.week.count
      ? .daily : .weekdays(Weekday.week.filter(days.contains))
    let new = NewGoal(title: title, schedule: schedule, why: why.given, audience: audience)
    guard let goal = await attempt({ try await self.services.core.addGoal(new: new) }) else {
      return keep()
    }
    await attempt { try await self.keeper.drop() }
    saved = goal
    services.router.back()
  }

  private static let draft = "goal"

  private func typed() {
    if begun, !saving { keep() }
  }

  private func keep() {
    guard isBegun else { return keeper.want(nil) }
    var draft = KeptDraft(of: Self.draft)
    draft.add("title", title)
    let chosen = Weekday.week.indices.filter { days.contains(Weekday.week[$0]) }
    draft.add("days", chosen.map(String.init).joined(separator: " "))
    draft.body = why
    keeper.want(draft)
  }
}
