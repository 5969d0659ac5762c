import BelayCore
import Observation

/// Whether devices may find each other on one network, and who was met there.
@MainActor
@Observable
public final class NearbyModel: PageModel {
  public let services: Services
  public var page: Loadable<NearbyView> = .loading
  public var trouble: Problem?
  /// Keeping near, where the app does that.
  public let keeper: NearKeeper?

  /// Loads nothing yet.
  public init(_ services: Services, _ keeper: NearKeeper?) {
    self.services = services
    self.keeper = keeper
  }

  public let areas: Set<ChangeArea> = [.settings, .partners, .devices]

  public func fetch() async throws -> NearbyView {
    try await services.core.nearby()
  }

  /// Lets devices find each other, or no more.
  public func set(_ on: Bool) async {
    if let set = await attempt({ try await self.services.core.setNearby(on: on) }) {
      page = .ready(set)
    }
  }

  /// Who was met and when, latest first, in words.
  public var met: [String] {
    let words = services.words
    return (page.value?.met ?? []).map { met in
      let time = services.spoken.ago(met.metAtMs)
      return met.partner.map { words.nearbyMetPartner(name: $0, time: time) }
        ?? words.nearbyMetOwn(time: time)
    }
  }
}
