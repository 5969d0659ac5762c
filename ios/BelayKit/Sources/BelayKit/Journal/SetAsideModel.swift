import BelayCore
import Observation

/// What another own device erased beyond a day's measure: hidden here, destroyed later, and brought back until then.
@MainActor
@Observable
public final class SetAsideModel: PageModel {
  public let services: Services
  public var page: Loadable<[SetAsideView]> = .loading
  public var trouble: Problem?
  /// How many things came back.
  public private(set) var cameBack: UInt64?

  /// Loads nothing yet.
  public init(_ services: Services) {
    self.services = services
  }

  public let areas: Set<ChangeArea> = [.journal, .checkIns, .goals, .devices]

  public func fetch() async throws -> [SetAsideView] {
    try await services.core.setAside()
  }

  /// Brings all of it back, as something new.
  public func bringBackAll() async {
    let names = page.value?.map(\.name) ?? []
    cameBack = await attempt { try await self.services.core.bringBack(names: names) }
    if cameBack != nil { await load() }
  }
}
