import BelayCore
import Observation

/// How this device stands among the person's own: whether another of them removed it.
@MainActor
@Observable
public final class StandingModel: PageModel {
  public let services: Services
  public var page: Loadable<DeviceStandingView> = .loading
  public var trouble: Problem?

  /// Loads nothing yet.
  public init(_ services: Services) {
    self.services = services
  }

  public let areas: Set<ChangeArea> = [.devices, .status]

  public func fetch() async throws -> DeviceStandingView {
    try await services.core.deviceStanding()
  }

  /// Another own device removed this one.
  public var isRemoved: Bool {
    if case .removed = page.value { true } else { false }
  }
}
