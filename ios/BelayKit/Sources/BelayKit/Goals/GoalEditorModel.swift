import BelayCore
import Observation

/// What, how often in words, and why; the rest of a goal is folded away. A new goal, or one that is changed. Nothing of
/// a new goal is shared unless the person chooses it here.
@MainActor
@Observable
public final class GoalEditorModel: ScreenModel {
  public let services: Services
  /// The goal that is changed; `nil` for a new one.
  public let name: DocName?
  public var trouble: Problem?
  /// All that was typed and chosen.
  public var writing = GoalWriting() { didSet { if writing != oldValue { typed() } } }
  /// Which day it is, by the core; `nil` until it was asked.
  public private(set) var today: CivilDay?
  /// Partners it can be shown to.
  public private(set) var partners: [PartnerView] = []
  /// What each partner will see of it.
  public private(set) var audience: [SpaceId: [GoalField]] = [:]
  /// It is being written.
  public private(set) var saving = false
  /// What was begun or changed.
  public private(set) var saved: GoalView?
  /// The goal could not be read, so nothing can be changed.
  public private(set) var isMissing = false

  /// What was kept is back, and what is typed is kept from now on.
  @ObservationIgnored private var begun = false
  @ObservationIgnored private var before = GoalWriting()
  @ObservationIgnored private lazy var keeper = DraftKeeper(services.core) { [weak self] error in
    self?.trouble = self?.services.problem(error)
  }

  /// Begins with nothing written, or with what a goal says.
  public init(_ services: Services, _ name: DocName? = nil) {
    self.services = services
    self.name = name
  }

  /// Something worth keeping was typed.
  public var isBegun: Bool { name == nil ? writing.isBegun : writing != before }

  /// Chooses or drops a weekday.
  public func toggle(_ day: Weekday) {
    writing.often = .weekdays
    if writing.days.remove(day) == nil { writing.days.insert(day) }
  }

  /// Every day, or Monday to Friday, at one touch.
  public func choose(_ days: [Weekday]) {
    writing.often = .weekdays
    writing.days = Set(days)
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

  /// Brings back what was typed and not written. Who was to see it is chosen anew: nothing is shared by a restart.
  public func load() async {
    guard !begun else { return }
    let form = await attempt { try await self.services.core.goalForm() }
    (today, partners) = (form?.today, form?.partners ?? [])
    if let name {
      guard let goal = await attempt({ try await self.services.core.goal(name: name) }) else {
        isMissing = true
        return
      }
      before = GoalWriting(goal.goal)
    }
    let kept = keeper.takeUp(among: form?.drafts ?? []) {
      $1.kind == GoalWriting.draft && $1["goal"].first == name
    }
    if !writing.isBegun { writing = kept.map(GoalWriting.init) ?? before }
    begun = true
  }

  /// Lets go of what was typed.
  public func discard() async {
    await keeper.stop()
    begun = false
    writing = before
    await attempt { try await self.keeper.drop() }
    services.router.back()
  }

  /// Ready when all that was typed is kept.
  public func settle() async {
    await keeper.settle()
  }

  /// Begins the goal, or says it anew. What was typed stays when that cannot be done.
  public func save() async {
    guard !saving, !isMissing else { return }
    saving = true
    defer { saving = false }
    await keeper.stop()
    let goal = await attempt {
      let new = try self.writing.new(self.audience, today: self.today)
      guard let name = self.name else { return try await self.services.core.addGoal(new: new) }
      return try await self.services.core.editGoal(name: name, new: new)
    }
    guard let goal else { return keep() }
    await attempt { try await self.keeper.drop() }
    saved = goal
    services.router.back()
  }

  private func typed() {
    if begun, !saving { keep() }
  }

  private func keep() {
    keeper.want(isBegun ? writing.kept(about: name) : nil)
  }
}

extension GoalEditorModel {
  /// What, in the person's words.
  public var title: String {
    get { writing.title }
    set { writing.title = newValue }
  }

  /// Why it matters.
  public var why: String {
    get { writing.why }
    set { writing.why = newValue }
  }

  /// Chosen weekdays.
  public var days: Set<Weekday> { writing.days }
}
