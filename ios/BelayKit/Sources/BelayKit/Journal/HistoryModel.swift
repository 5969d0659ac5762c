import BelayCore
import Observation

/// What an entry said before: its states, what each changed, and the way back to any of them.
@MainActor
@Observable
public final class HistoryModel: PageModel {
  private static let pageSize: UInt32 = 100

  public let services: Services
  /// The entry.
  public let entry: DocName
  public var page: Loadable<EntryHistoryView> = .loading
  public var trouble: Problem?
  /// The state that is shown, whole.
  public private(set) var shown: EntryStateView?
  /// The person is asked whether the entry is to say this again.
  public var isAsking = false
  /// It says again what it said in the state that is shown.
  public private(set) var isRestored = false

  /// The state that is to be shown; `nil` for the present one.
  @ObservationIgnored private var wanted: String?
  @ObservationIgnored private var limit = pageSize
  @ObservationIgnored private lazy var reading = Latest<String> { [weak self] in await self?.read($0) }

  /// Loads nothing yet.
  public init(_ services: Services, _ entry: DocName) {
    self.services = services
    self.entry = entry
  }

  public let areas: Set<ChangeArea> = [.journal]

  public func fetch() async throws -> EntryHistoryView {
    try await services.core.entryHistory(name: entry, limit: limit)
  }

  /// The state that was shown stays, also where a newer one came.
  public func arrived(_ page: EntryHistoryView) async {
    let there = page.states.contains { $0.state == wanted }
    if let state = there ? wanted : page.states.first?.state { reading.want(state) }
    await reading.settle()
  }

  /// All states that are held, earliest first, as a slider has them.
  public var states: [EntryStateLineView] { (page.value?.states ?? []).reversed() }

  /// Which of them is shown.
  public var position: Int {
    states.firstIndex { $0.state == wanted } ?? max(0, states.count - 1)
  }

  /// The present state is shown.
  public var isPresent: Bool { position == states.count - 1 }

  /// The first state of all is shown.
  public var isFirst: Bool { position == 0 && page.value?.earlier == 0 }

  /// Shows the state at a place of ``states``.
  public func show(_ position: Int) {
    guard states.indices.contains(position), states[position].state != wanted else { return }
    isRestored = false
    wanted = states[position].state
    reading.want(states[position].state)
  }

  /// Reads earlier states, too.
  public func more() async {
    limit += Self.pageSize
    await load()
  }

  /// Lets the entry say again what it said in the state that is shown. The present state stays among the others.
  public func restore() async {
    isAsking = false
    guard let state = shown, state.mayRestore else { return }
    let before = states.last?.state
    let done = await attempt {
      try await self.services.core.restoreEntryState(name: self.entry, state: state.line.state)
    }
    guard done != nil else { return }
    isRestored = true
    if let before { services.undoing.offer(UndoOffer(of: .entryState(entry, before: before))) }
    wanted = nil
    await load()
  }

  /// Ready when the state that is wanted is shown.
  public func settle() async {
    await reading.settle()
  }

  private func read(_ state: String) async {
    let read = await attempt {
      try await self.services.core.entryState(name: self.entry, state: state)
    }
    if let read { (shown, wanted) = (read, state) }
  }
}
