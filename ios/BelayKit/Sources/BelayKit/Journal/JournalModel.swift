import BelayCore
import Observation

/// The journal, month by month. Only months that are on the screen are held, so that ten years cost no more than
/// one.
@MainActor
@Observable
public final class JournalModel: PageModel {
  /// A month of the list.
  public struct Month: Sendable {
    /// Its first day.
    public let first: CivilDay
    /// How many entries are in it.
    public let count: UInt64
    /// The entries, newest first; `nil` while the month is not held.
    public var lines: [EntryLineView]?
  }

  /// So many months are held at most.
  public static let monthsHeld = 6
  private static let pageSize: UInt32 = 100

  public let services: Services
  public var page: Loadable<JournalPageView> = .loading
  public var trouble: Problem?
  /// The months that have entries, newest first.
  public private(set) var months: [Month] = []
  /// What was typed and never became an entry, latest first.
  public private(set) var drafts: [UnwrittenEntry] = []
  /// What can be taken back for a moment.
  public var undo: UndoOffer? { services.undoing.offer }

  /// First days of the months that are held, the one shown last at the end.
  @ObservationIgnored private var held: [CivilDay] = []

  /// Loads nothing yet.
  public init(_ services: Services) {
    self.services = services
  }

  public let areas: Set<ChangeArea> = [.journal, .drafts]

  public func fetch() async throws -> JournalPageView {
    try await services.core.journalPage(query: EntryQuery(limit: Self.pageSize))
  }

  /// Takes the months as they are now, and asks again for those on the screen.
  public func arrived(_ page: JournalPageView) async {
    let picks = services.picks
    drafts = page.drafts.compactMap { UnwrittenEntry($0, picks) }
    let before = months
    months = page.months.map { month in
      let lines = before.first { $0.first == month.first }?.lines
      return Month(first: month.first, count: month.entries, lines: lines)
    }
    held.removeAll { first in !months.contains { $0.first == first } }
    // What came with the page is as many lines as fit; whole months of it need no further question.
    for month in page.months where held.isEmpty || held.contains(month.first) {
      let lines = page.page.entries.filter { $0.on.prefix(7) == month.first.prefix(7) }
      if lines.count == month.entries {
        hold(month.first, lines)
      } else {
        await show(month.first, again: true)
      }
    }
  }

  /// A month came onto the screen.
  public func show(_ first: CivilDay) async {
    await show(first, again: false)
  }

  /// Shows the calendar of the present month.
  public func showCalendar() {
    if let today = page.value?.today { services.router.go(.month(of: today)) }
  }

  /// Deletes an entry. It stays among the deleted ones for thirty days, and can be taken back at once.
  public func delete(_ name: DocName) async {
    let deleted = await attempt { try await self.services.core.deleteEntry(name: name) }
    guard deleted != nil else { return }
    services.router.forget { $0.isAbout(entry: name) }
    await load()
    services.undoing.offer(UndoOffer(of: .entryDeleted(name)))
  }

  /// Takes back what was just done.
  public func takeBack() async {
    await attempt { try await self.services.undoing.takeBack() }
    await load()
  }

  /// Lets something go that was typed and never became an entry.
  public func drop(_ draft: UnwrittenEntry) async {
    if await perform({ try await self.services.core.dropDraft(id: draft.id) }) {
      for pick in draft.picks { services.picks.remove(pick) }
      await load()
    }
  }

  private func show(_ first: CivilDay, again: Bool) async {
    guard let month = months.first(where: { $0.first == first }) else { return }
    hold(first, month.lines)
    if month.lines == nil || again { await read(first) }
  }

  /// Holds a month, and lets the one go that was shown longest ago.
  private func hold(_ first: CivilDay, _ lines: [EntryLineView]?) {
    held.removeAll { $0 == first }
    held.append(first)
    set(lines, of: first)
    while held.count > Self.monthsHeld { set(nil, of: held.removeFirst()) }
  }

  private func set(_ lines: [EntryLineView]?, of first: CivilDay) {
    if let at = months.firstIndex(where: { $0.first == first }) { months[at].lines = lines }
  }

  /// Reads a month, page by page.
  private func read(_ first: CivilDay) async {
    let lines = await attempt {
      var lines: [EntryLineView] = []
      var after: EntryCursor?
      repeat {
        let query = EntryQuery(month: first, after: after, limit: Self.pageSize)
        let page = try await self.services.core.entries(query: query)
        lines += page.entries
        after = page.next
      } while after != nil
      return lines
    }
    if let lines, held.contains(first) { set(lines, of: first) }
  }
}
