import BelayCore
import Observation

/// Entries that were deleted: they go for good after thirty days, or now.
@MainActor
@Observable
public final class DeletedEntriesModel: PageModel {
  public let services: Services
  public var page: Loadable<[DeletedEntryView]> = .loading
  public var trouble: Problem?
  /// The entry the person is asked about before it is erased.
  public var asking: DocName?
  /// Passages that partners keep although their entry is gone.
  public private(set) var kept: [PassageView] = []
  /// The entry that was to be erased waits three days, for many were erased on that day.
  public var isHidden: Bool { page.value?.contains { $0.entry.name == erased && $0.eraseAsked } ?? false }
  /// The entry that was erased last.
  private var erased: DocName?

  /// Loads nothing yet.
  public init(_ services: Services) {
    self.services = services
  }

  public let areas: Set<ChangeArea> = [.journal]

  public func fetch() async throws -> [DeletedEntryView] {
    try await services.core.deletedEntries()
  }

  /// Brings an entry back.
  public func restore(_ name: DocName) async {
    if await attempt({ try await self.services.core.restoreEntry(name: name) }) != nil {
      await load()
    }
  }

  /// Erases an entry for good, after the person was asked. Copies that partners have stay with them until they
  /// are taken back: those are listed in ``kept``.
  public func erase() async {
    guard let name = asking else { return }
    asking = nil
    if let left = await attempt({ try await self.services.core.eraseEntry(name: name) }) {
      kept = left
      services.router.forget { $0.isAbout(entry: name) }
      erased = name
      await load()
    }
  }
}
