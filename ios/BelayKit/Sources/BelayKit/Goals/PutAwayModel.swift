import BelayCore
import Observation

/// Goals that were put away or let go, with what was learned, and the way to take one up again.
@MainActor
@Observable
public final class PutAwayModel: PageModel {
  public let services: Services
  public var page: Loadable<[GoalView]> = .loading
  public var trouble: Problem?

  /// Loads nothing yet.
  public init(_ services: Services) {
    self.services = services
  }

  public let areas: Set<ChangeArea> = [.goals]

  public func fetch() async throws -> [GoalView] {
    try await services.core.goalsPutAway()
  }

  /// Takes one up again.
  public func takeUp(_ goal: GoalView) async {
    if await attempt({ try await self.services.core.takeUpGoal(name: goal.name) }) != nil { await load() }
  }
}
