import BelayCore

/// Keeps what is typed into one page in the core, sealed, with every keystroke, until it is written or let go of.
@MainActor
final class DraftKeeper {
  private let core: any BelayCoreProtocol
  private let about: @MainActor () -> DocName?
  private let failed: @MainActor (any Error) -> Void
  /// What the core keeps of this page, oldest first: one, or two where the app ended in between.
  private var kept: [Int64] = []
  private lazy var newest = Latest<KeptDraft?> { [weak self] draft in await self?.keep(draft) }

  /// Keeps drafts about what `about` names; what the disk refuses goes to `failed`.
  init(
    _ core: any BelayCoreProtocol, about: @escaping @MainActor () -> DocName? = { nil },
    failed: @escaping @MainActor (any Error) -> Void
  ) {
    self.core = core
    self.about = about
    self.failed = failed
  }

  /// What was kept of a page before, the newest of it.
  func takeUp(where belongs: (DraftView, KeptDraft) -> Bool) async throws -> KeptDraft? {
    takeUp(among: try await core.drafts(), where: belongs)
  }

  /// The same among drafts that are at hand, latest first; the older ones go with the next that is kept, unless only
  /// the newest is meant.
  func takeUp(
    among drafts: [DraftView], newestOnly: Bool = false, where belongs: (DraftView, KeptDraft) -> Bool
  ) -> KeptDraft? {
    let found = drafts.map { ($0, KeptDraft($0.text)) }.filter(belongs)
    kept = found.prefix(newestOnly ? 1 : found.count).reversed().map(\.0.id)
    return found.first?.1
  }

  /// Keeps this in place of what was kept; `nil` lets go of it.
  func want(_ draft: KeptDraft?) {
    newest.want(draft)
  }

  /// Nothing more is kept of what was wished for and has not begun. Ready when nothing is being written.
  func stop() async {
    newest.forget()
    await newest.settle()
  }

  /// Ready when all that was wished for is kept.
  func settle() async {
    await newest.settle()
  }

  /// Leaves what was kept where it is; what is typed from now on is another draft.
  func leave() async {
    await stop()
    kept = []
  }

  /// Lets go of all that was kept.
  func drop() async throws {
    let ids = kept
    kept = []
    for id in ids { try await drop(id) }
  }

  /// Keeps the newest, then lets the older one go: at no moment is there none.
  private func keep(_ draft: KeptDraft?) async {
    do {
      guard let draft else { return try await drop() }
      let newest = try await core.keepDraft(about: about(), text: draft.text)
      let older = kept
      kept = [newest]
      for id in older { try await drop(id) }
    } catch {
      failed(error)
    }
  }

  /// A draft that is gone already needs no dropping.
  private func drop(_ id: Int64) async throws {
    do {
      try await core.dropDraft(id: id)
    } catch BelayError.NotFound {
      return
    }
  }
}
