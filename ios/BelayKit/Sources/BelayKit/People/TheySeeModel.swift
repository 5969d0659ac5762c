import BelayCore
import Observation

/// What one partner can see: the parts of a check-in, the goals, the passages. Nothing that was written before
/// changes here.
@MainActor
@Observable
public final class TheySeeModel: PageModel {
  public let services: Services
  /// The space the two share.
  public let space: SpaceId
  public var page: Loadable<TheySeeView> = .loading
  public var trouble: Problem?

  /// Loads nothing yet.
  public init(_ services: Services, _ space: SpaceId) {
    self.services = services
    self.space = space
  }

  public let areas: Set<ChangeArea> = [.partners, .goals, .checkIns, .journal, .delivery]

  public func fetch() async throws -> TheySeeView {
    try await services.core.theySee(space: space)
  }

  /// Shows or hides a part of what is written from now on.
  public func toggle(_ field: CheckInField) async {
    guard let fields = page.value?.usualFields else { return }
    let chosen = fields.contains(field) ? fields.filter { $0 != field } : fields + [field]
    let set = await attempt {
      try await self.services.core.setUsualFields(space: self.space, fields: chosen)
    }
    if set != nil { await load() }
  }

  /// Opens a goal, where it is chosen who sees it.
  public func open(_ goal: SeenGoalView) {
    services.router.go(.goal(name: goal.name))
  }
}
