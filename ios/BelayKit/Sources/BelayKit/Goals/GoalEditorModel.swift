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
  public var title = ""
  /// Why it matters.
  public var why = ""
  /// Chosen weekdays; all seven are "daily".
  public var days: Set<Weekday> = Set(Weekday.week)
  /// What each partner will see of it.
  public private(set) var audience: [SpaceId: [GoalField]] = [:]
  /// It is being written.
  public private(set) var saving = false
  /// What was begun.
  public private(set) var saved: GoalView?

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

  /// Turns one field on or off for a partner.
  public func toggle(_ field: GoalField, for space: SpaceId) {
    var fields = audience[space] ?? []
    if fields.contains(field) { fields.removeAll { $0 == field } } else { fields.append(field) }
    audience[space] = fields.isEmpty ? nil : fields
  }

  /// Begins the goal. What was typed stays when that cannot be done.
  public func save() async {
    guard !saving else { return }
    saving = true
    defer { saving = false }
    let schedule: Schedule =
      days.count == Weekday.week.count
      ? .daily : .weekdays(Weekday.week.filter(days.contains))
    let new = NewGoal(title: title, schedule: schedule, why: why.given, audience: audience)
    if let goal = await attempt({ try await self.services.core.addGoal(new: new) }) {
      saved = goal
      services.router.back()
    }
  }
}
