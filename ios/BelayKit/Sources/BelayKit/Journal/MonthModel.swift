import BelayCore
import Observation

/// One month of the journal: a calendar of what was written and felt, and the entries of a day that is chosen.
@MainActor
@Observable
public final class MonthModel: PageModel {
  /// What the page shows.
  public struct Content: Equatable, Sendable {
    /// The days on which there is something.
    public let month: MonthView
    /// The person's present day.
    public let today: CivilDay
    /// The month's entries, newest first.
    public let lines: [EntryLineView]
  }

  private static let pageSize: UInt32 = 100

  public let services: Services
  public var page: Loadable<Content> = .loading
  public var trouble: Problem?
  /// A day of the month.
  public private(set) var day: CivilDay
  /// The day whose entries are shown; `nil` shows the month's.
  public private(set) var chosen: CivilDay?

  /// Loads nothing yet.
  public init(_ services: Services, of day: CivilDay) {
    self.services = services
    self.day = day
  }

  public let areas: Set<ChangeArea> = [.journal, .checkIns]

  public func fetch() async throws -> Content {
    let core = services.core
    let shown = day
    let month = try await core.month(day: shown)
    let first = try await core.journalPage(query: EntryQuery(month: shown, limit: Self.pageSize))
    var lines = first.page.entries
    var after = first.page.next
    while let cursor = after {
      let query = EntryQuery(month: shown, after: cursor, limit: Self.pageSize)
      let next = try await core.entries(query: query)
      lines += next.entries
      after = next.next
    }
    return Content(month: month, today: first.today, lines: lines)
  }

  /// The entries that are shown.
  public var lines: [EntryLineView] {
    (page.value?.lines ?? []).filter { chosen == nil || $0.on == chosen }
  }

  /// There is a later month that something can stand in.
  public var hasNext: Bool { page.value.map { $0.month.last < $0.today } ?? false }

  /// Shows a day's entries; the same day again shows the month's.
  public func choose(_ day: CivilDay) {
    chosen = chosen == day ? nil : day
  }

  /// Shows the month before, or after.
  public func turn(by months: Int) async {
    guard months < 0 || hasNext, let first = page.value?.month.first,
      let other = CalendarMonth(of: first)?.moved(by: months)
    else { return }
    chosen = nil
    day = other.first
    await load()
  }

  /// Opens an entry.
  public func open(_ line: EntryLineView) {
    services.router.go(.entry(name: line.name))
  }

  /// Begins an entry about the chosen day.
  public func write() {
    services.router.go(.newEntry(draft: nil, on: chosen))
  }
}
