import BelayCore

// What the core offers and its border to Swift does not yet: gone as soon as it does.

/// A part of what is kept, which screens show.
public enum ChangeArea: CaseIterable, Sendable {
  case checkIns, goals, journal, partners, settings, devices, invitations, delivery
}

/// Is told what is stale.
public protocol ChangeObserver: AnyObject, Sendable {
  /// These areas changed.
  func onChange(areas: [ChangeArea], ids: [String], revision: UInt64)
}

/// The journal as it opens.
public struct JournalPageView: Equatable, Sendable {
  /// The person's present civil day.
  public var today: CivilDay
  /// The first entries asked for.
  public var page: EntryPageView
  /// The months that have entries, newest first.
  public var months: [EntryMonthView]
  /// What was typed and not written, latest first.
  public var drafts: [DraftView]
  /// How many entries lie among the deleted ones.
  public var deleted: UInt64
}

private final class Silence: Subscription, @unchecked Sendable {
  init() { super.init(noHandle: NoHandle()) }

  required init(unsafeFromHandle handle: UInt64) { super.init(noHandle: NoHandle()) }

  override func cancel() {}
}

extension BelayCoreProtocol {
  func subscribe(observer: any ChangeObserver) throws -> Subscription { Silence() }

  func journalPage(query: EntryQuery) async throws -> JournalPageView {
    JournalPageView(
      today: try await todayOn(), page: try await entries(query: query),
      months: try await entryMonths(), drafts: try await drafts(),
      deleted: UInt64(try await deletedEntries().count))
  }
}
