import BelayCore

/// What somebody looks for in the journal: words, and what was chosen beside them.
public struct SearchWish: Equatable, Sendable {
  /// Words, "phrases", and whatever else the core reads in a question.
  public var words = ""
  /// Any of these moods.
  public var moods: Set<Mood> = []
  /// All of these tags.
  public var tags: [String] = []
  /// Goals it is about, by their titles; all of them.
  public var goals: [String] = []
  /// The first day.
  public var from: CivilDay?
  /// The last day.
  public var until: CivilDay?

  /// Looks for these words anywhere.
  public init(words: String = "") {
    self.words = words
  }

  /// Nothing is asked.
  public var isEmpty: Bool { words.isBlank && choices == 0 }

  /// How many choices stand beside the words.
  public var choices: Int {
    moods.count + tags.count + goals.count + [from, until].compactMap(\.self).count
  }

  /// Chooses a mood, or not after all.
  public mutating func toggle(mood: Mood) {
    if moods.remove(mood) == nil { moods.insert(mood) }
  }

  /// Chooses a tag, or not after all.
  public mutating func toggle(tag: String) {
    Self.toggle(tag, in: &tags)
  }

  /// Chooses a goal, or not after all.
  public mutating func toggle(goal: String) {
    Self.toggle(goal, in: &goals)
  }

  /// As the core reads it. The choices come first: a quotation mark that is still open holds until the end.
  var question: String {
    var parts = moods.sorted().map { "mood:\($0)" }
    parts += tags.map { "tag:" + quoted($0) } + goals.map { "goal:" + quoted($0) }
    parts += [from.map { "from:" + $0 }, until.map { "until:" + $0 }].compactMap(\.self) + [words]
    return parts.joined(separator: " ")
  }

  private static func toggle(_ one: String, in all: inout [String]) {
    if all.contains(one) { all.removeAll { $0 == one } } else { all.append(one) }
  }
}

/// A name as one piece of a question. Quotation marks in it would end it; the core compares without them.
private func quoted(_ name: String) -> String {
  let marks: Set<Character> = ["\"", "“", "”", "„", "«", "»"]
  return "\"" + String(name.map { marks.contains($0) ? " " : $0 }) + "\""
}

extension SearchWish {
  static let draft = "search"

  /// As it is kept while it is asked.
  var kept: KeptDraft {
    var draft = KeptDraft(of: Self.draft)
    for mood in moods.sorted() { draft.add("mood", String(mood)) }
    for tag in tags { draft.add("tag", tag) }
    for goal in goals { draft.add("goal", goal) }
    draft.add("from", from)
    draft.add("until", until)
    draft.body = words
    return draft
  }

  /// What was kept.
  init(_ draft: KeptDraft) {
    words = draft.body
    moods = Set(draft["mood"].compactMap { Mood($0) })
    (tags, goals) = (draft["tag"], draft["goal"])
    (from, until) = (draft["from"].first, draft["until"].first)
  }
}
