import BelayCore
import Observation

/// What is where, what waits, and who can read it: plain words first, details folded.
@MainActor
@Observable
public final class SelfCheckModel: PageModel {
  public let services: Services
  public var page: Loadable<StatusView> = .loading
  public var trouble: Problem?
  /// Spaces whose details are unfolded.
  public private(set) var unfolded: Set<SpaceId> = []
  /// A sync goes on.
  public private(set) var syncing = false
  /// How the last one ended.
  public private(set) var report: SyncReport?

  /// Loads nothing yet.
  public init(_ services: Services) {
    self.services = services
  }

  public let areas = ChangeArea.everything

  public func fetch() async throws -> StatusView {
    try await services.core.status()
  }

  /// Folds or unfolds a space's details.
  public func fold(_ space: SpaceId) {
    if unfolded.remove(space) == nil { unfolded.insert(space) }
  }

  /// Tries now whether everybody can be reached. While the app keeps in touch, that looks at once.
  public func syncNow() async {
    guard !syncing else { return }
    syncing = true
    defer { syncing = false }
    report = await attempt { try await self.services.exchange() } ?? nil
    await load()
  }
}
