import BelayCore
import Observation

/// The four words: both people read theirs aloud and say whether they are the same. Yes and no weigh the same.
@MainActor
@Observable
public final class CompareModel: PageModel {
  public let services: Services
  /// The space the two share.
  public let space: SpaceId
  public var page: Loadable<PartnerView> = .loading
  public var trouble: Problem?
  /// What was answered here.
  public private(set) var answered: ComparisonView?

  /// Loads nothing yet.
  public init(_ services: Services, _ space: SpaceId) {
    self.services = services
    self.space = space
  }

  public let areas: Set<ChangeArea> = [.partners]

  public func fetch() async throws -> PartnerView {
    try await services.core.partner(space: space).partner
  }

  /// They are the same, or they differ; then nothing more is shared until the two meet again.
  public func answer(same: Bool) async {
    let partner = await attempt {
      try await self.services.core.markCompared(space: self.space, same: same)
    }
    if let partner {
      page = .ready(partner)
      answered = partner.comparison
    }
  }
}
