import BelayCore
import Observation

/// Finds entries of the journal again: by words, and by how it felt, tags, goals and days. What is asked is kept, sealed,
/// until it is cleared.
@MainActor
@Observable
public final class SearchModel: PageModel {
  /// What was found so far.
  public struct Finds: Equatable, Sendable {
    /// Newest first.
    public var entries: [FoundEntryView]
    /// Where older ones begin; `nil` where all are shown.
    public var next: EntryCursor?
  }

  private static let pageSize: UInt32 = 30

  public let services: Services
  /// What there is to choose from: tags, goals, and which day it is.
  public var page: Loadable<EntryEditorView> = .loading
  public var trouble: Problem?
  /// What is asked.
  public var asked = SearchWish() { didSet { if begun, asked != oldValue { ask() } } }
  /// What was found; `nil` while nothing is asked.
  public private(set) var finds: Finds?
  /// Why that cannot be asked; the words stay.
  public private(set) var unclear: Problem?
  /// Older ones are being fetched.
  public private(set) var isFetching = false

  @ObservationIgnored private var begun = false
  @ObservationIgnored private lazy var keeper = DraftKeeper(services.core) { [weak self] error in
    self?.trouble = self?.services.problem(error)
  }
  @ObservationIgnored private lazy var asking = Latest<SearchWish> { [weak self] in
    await self?.find($0)
  }

  /// Loads nothing yet.
  public init(_ services: Services) {
    self.services = services
  }

  public let areas: Set<ChangeArea> = [.journal, .goals]

  public func fetch() async throws -> EntryEditorView {
    try await services.core.entryEditor(name: nil, on: nil)
  }

  /// Takes up what was asked before the app ended, and looks again where something changed.
  public func arrived(_ page: EntryEditorView) async {
    if !begun {
      let drafts = page.drafts.map(\.draft)
      let kept = keeper.takeUp(among: drafts) { $1.kind == SearchWish.draft }
      if let kept, asked.isEmpty { asked = SearchWish(kept) }
      begun = true
    }
    asking.want(asked)
    await asking.settle()
  }

  /// Begins anew.
  public func clear() {
    asked = SearchWish()
  }

  /// Searches everything for the same words.
  public func widen() {
    asked = SearchWish(words: asked.words)
  }

  /// Shows older ones.
  public func more() async {
    guard !isFetching, let after = finds?.next else { return }
    isFetching = true
    defer { isFetching = false }
    let question = asked
    let older = await attempt {
      try await self.services.core.search(
        question: question.question, after: after, limit: Self.pageSize)
    }
    // Something else may be asked by now.
    guard let older, asked == question, finds?.next == after else { return }
    finds?.entries += older.found
    finds?.next = older.next
  }

  /// Opens an entry.
  public func open(_ found: FoundEntryView) {
    services.router.go(.entry(name: found.entry.name))
  }

  /// Ready when the newest question is answered and kept.
  public func settle() async {
    await asking.settle()
    await keeper.settle()
  }

  private func ask() {
    asking.want(asked)
    keeper.want(asked.isEmpty ? nil : asked.kept)
  }

  private func find(_ wish: SearchWish) async {
    guard !wish.isEmpty else {
      (finds, unclear) = (nil, nil)
      return
    }
    do {
      // As many as are shown already, so that looking again moves nothing away.
      let shown = UInt32(clamping: finds?.entries.count ?? 0)
      let found = try await services.core.search(
        question: wish.question, after: nil, limit: max(shown, Self.pageSize))
      guard asked == wish else { return }
      (finds, unclear) = (Finds(entries: found.found, next: found.next), nil)
    } catch BelayError.InvalidInput(field: "query", rule: "empty") {
      // Signs alone: nothing is asked yet.
      (finds, unclear) = (nil, nil)
    } catch {
      if asked == wish { (finds, unclear) = (nil, services.problem(error)) }
    }
  }
}
