import BelayCore

extension EntryEditorModel.Writing {
  private static let title = "title"
  private static let on = "on"
  private static let mood = "mood"
  private static let tag = "tag"
  private static let goal = "goal"
  private static let typing = "typing"
  private static let prompt = "prompt"
  private static let template = "template"

  /// All of it, as it is kept while it is not written.
  var kept: KeptDraft {
    var draft = KeptDraft()
    draft.add(Self.title, title)
    draft.add(Self.on, on)
    draft.add(Self.mood, mood.map { String($0) })
    for tag in tags { draft.add(Self.tag, tag) }
    for goal in goals { draft.add(Self.goal, goal) }
    draft.add(Self.typing, tag)
    draft.add(Self.prompt, prompt)
    draft.add(Self.template, template)
    draft.body = text
    return draft
  }

  /// Nothing but what was kept.
  init(_ draft: KeptDraft) {
    self.init()
    take(draft)
  }

  /// What was kept. A text without a head is one that was kept before there were heads: the rest stays as it is.
  mutating func take(_ draft: KeptDraft) {
    guard !draft.isUnchanged else { return }
    text = draft.body
    guard !draft.fields.isEmpty else { return }
    title = draft[Self.title].first ?? ""
    on = draft[Self.on].first ?? on
    mood = draft[Self.mood].first.flatMap { Mood($0) }
    tags = draft[Self.tag]
    goals = draft[Self.goal]
    tag = draft[Self.typing].first ?? ""
    prompt = draft[Self.prompt].first
    template = draft[Self.template].first
  }
}

/// What was typed into the journal and never became an entry, as the list shows it.
public struct UnwrittenEntry: Equatable, Sendable, Identifiable {
  /// The number of the draft.
  public let id: Int64
  /// The entry it changes; `nil` for a new one.
  public let about: DocName?
  /// When it was typed.
  public let atMs: Int64
  /// Its title and words.
  public let words: String
  /// What was picked for it and is still there.
  let picks: [String]

  /// How many things that is.
  public var pickCount: Int { picks.count }

  /// Nothing, where a draft was typed into another page than the journal's.
  init?(_ draft: DraftView, _ store: PickStore) {
    let kept = KeptDraft(draft.text)
    guard kept.kind == nil else { return nil }
    var writing = EntryEditorModel.Writing()
    writing.take(kept)
    id = draft.id
    about = draft.about
    atMs = draft.atMs
    picks = kept.picks.map(\.name).filter { store.file(of: $0) != nil }
    words = [writing.title.given, writing.text.given].compactMap { $0 }.joined(separator: "\n")
  }
}
