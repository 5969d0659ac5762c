import BelayCore
import Observation

/// One month of the journal: a calendar of what was written and felt, and the entries of a day that is chosen.
@MainActor
@Observable
public final class MonthModel: PageModel {
  private static let pageSize: UInt32 = 100

  public let services: Services
  public var page: Loadable<MonthPageView> = .loading
  public var trouble: Problem?
  /// The month's entries beyond those of the first answer.
  private var further: [EntryLineView] = []
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

  public func fetch() async throws -> MonthPageView {
    try await services.core.monthPage(day: day, after: nil, limit: Self.pageSize)
  }

  /// The month stands with its one call; entries that did not fit into it come after it.
  public func arrived(_ page: MonthPageView) async {
    let month = page.month.first
    if further.first.map({ $0.on < month || $0.on > page.month.last }) ?? false { further = [] }
    var (lines, after): ([EntryLineView], EntryCursor?) = ([], page.page.next)
    do {
      while let cursor = after {
        let query = EntryQuery(month: month, after: cursor, limit: Self.pageSize)
        let next = try await services.core.entries(query: query)
        guard self.page.value?.month.first == month else { return }
        lines += next.entries
        after = next.next
      }
      further = lines
    } catch {
      trouble = services.problem(error)
    }
  }

  /// The entries that are shown.
  public var lines: [EntryLineView] {
    ((page.value?.page.entries ?? []) + further).filter { chosen == nil || $0.on == chosen }
  }

  /// There is a later month that something can stand in.
  public var hasNext: Bool { page.value?.hasLater ?? false }

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
