import BelayCore
import Observation

/// The goals that are not archived, each with its last fourteen days.
@MainActor
@Observable
public final class GoalsModel: PageModel {
  public let services: Services
  public var page: Loadable<GoalsPageView> = .loading
  public var trouble: Problem?

  /// Loads nothing yet.
  public init(_ services: Services) {
    self.services = services
  }

  public let areas: Set<ChangeArea> = [.goals, .partners, .delivery]

  public func fetch() async throws -> GoalsPageView {
    try await services.core.goalsPage()
  }

  /// Opens a goal.
  public func open(_ goal: GoalView) {
    services.router.go(.goal(name: goal.name))
  }

  /// Begins a new one.
  public func begin() {
    services.router.present(.goalEditor(name: nil))
  }
}
