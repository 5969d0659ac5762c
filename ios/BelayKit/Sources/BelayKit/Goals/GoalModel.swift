import BelayCore
import Observation

/// One goal: why it matters, how the last days went, who sees what of it.
@MainActor
@Observable
public final class GoalModel: PageModel {
  public let services: Services
  /// The goal.
  public let name: DocName
  public var page: Loadable<GoalView> = .loading
  public var trouble: Problem?
  /// What can be taken back for a moment.
  public private(set) var undo: UndoOffer?

  /// Loads nothing yet.
  public init(_ services: Services, _ name: DocName) {
    self.services = services
    self.name = name
  }

  public let areas: Set<ChangeArea> = [.goals, .partners, .delivery]

  public func fetch() async throws -> GoalView {
    try await services.core.goal(name: name)
  }

  /// Logs what came of it on a day, also an earlier one.
  public func log(
    on day: CivilDay, _ status: OutcomeStatus, reason: String = "", note: String = ""
  ) async {
    let new = NewOutcome(
      goal: name, on: day, status: status, note: note.given, reason: reason.given)
    if await attempt({ try await self.services.core.logOutcome(new: new) }) != nil { await load() }
  }

  /// Chooses what a partner sees of it from now on; nothing takes back what they have.
  public func share(with space: SpaceId, _ fields: [GoalField]) async {
    let shared = await attempt {
      try await self.services.core.shareGoal(name: self.name, space: space, fields: fields)
    }
    if let shared { page = .ready(shared) }
  }

  /// Turns one field on or off for a partner.
  public func toggle(_ field: GoalField, for space: SpaceId, seen fields: [GoalField]) async {
    await share(with: space, fields.contains(field) ? fields.filter { $0 != field } : fields + [field])
  }
}
