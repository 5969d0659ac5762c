import BelayCore
import Observation

/// An entry that is written or changed. What is typed is kept with every keystroke until it is written; what
/// another device wrote into the same entry meanwhile stays.
@MainActor
@Observable
public final class EntryEditorModel: ScreenModel {
  /// What is written.
  public enum Target: Hashable, Sendable {
    /// A new entry, about a day (`nil`: the present one), taking up what was kept before.
    case new(on: CivilDay?, draft: Int64?)
    /// A change of one that is there.
    case change(DocName)
  }

  /// All that can be typed or chosen.
  public struct Writing: Equatable, Sendable {
    /// The title; may stay empty.
    public var title = ""
    /// The body, in Markdown.
    public var text = ""
    /// The civil day it is about.
    public var on: CivilDay?
    /// Words to find it by.
    public var tags: [String] = []
    /// How it felt.
    public var mood: Mood?
    /// Goals it is about.
    public var goals: [DocName] = []
  }

  public let services: Services
  public var trouble: Problem?
  /// The entry as it stands in the store; `.ready(nil)` for a new one.
  public private(set) var entry: Loadable<EntryView?> = .loading
  /// What was typed so far.
  public var writing = Writing() {
    didSet { if begun, !saving, writing.text != oldValue.text { keeper.want(writing.text) } }
  }
  /// It is being written.
  public private(set) var saving = false
  /// What is being written.
  public private(set) var target: Target

  @ObservationIgnored private var begun = false
  @ObservationIgnored private(set) var before = Writing()
  /// What the core keeps of this page's text, newest last: one, or two where the app ended in between.
  @ObservationIgnored private var kept: [Int64] = []
  @ObservationIgnored private lazy var keeper = Latest<String> { [weak self] text in
    await self?.keep(text)
  }

  /// Loads nothing yet.
  public init(_ services: Services, _ target: Target) {
    self.services = services
    self.target = target
  }

  /// The entry, when it is one that is there.
  public var name: DocName? {
    if case .change(let name) = target { name } else { nil }
  }

  /// Something was typed that is not written yet.
  public var isChanged: Bool { writing != before }

  /// Loads the entry, and what was kept of an unfinished change.
  public func load() async {
    guard !begun else { return }
    do {
      var begin = Writing()
      var view: EntryView?
      var drafts = try await services.core.drafts()
      switch target {
      case .new(let on, let draft):
        begin.on = on
        drafts.removeAll { $0.id != draft }
      case .change(let name):
        let found = try await services.core.entry(name: name)
        begin = Writing(found.entry)
        view = found
        drafts.removeAll { $0.about != name }
      }
      before = begin
      if let newest = drafts.first { begin.text = newest.text }
      kept = drafts.reversed().map(\.id)
      writing = begin
      entry = .ready(view)
      begun = true
    } catch {
      entry = .failed(services.problem(error))
    }
  }

  /// Adds a word to find it by; typed twice it is there once.
  public func add(tag: String) {
    guard let tag = tag.given?.trimmed, !writing.tags.contains(tag) else { return }
    writing.tags.append(tag)
  }

  /// Takes a word away.
  public func remove(tag: String) {
    writing.tags.removeAll { $0 == tag }
  }

  /// Writes it. What was typed stays where that cannot be done, and so does the kept draft.
  @discardableResult
  public func save() async -> Bool {
    guard begun, !saving else { return false }
    saving = true
    defer { saving = false }
    // Nothing may be kept behind the back of what is being written.
    keeper.forget()
    await keeper.settle()
    let written = writing
    guard let view = await attempt({ try await self.write(written) }) else {
      keeper.want(writing.text)
      return false
    }
    await dropKept()
    before = Writing(view.entry)
    // As it was written: tidied, and with what another device wrote into it meanwhile.
    if writing == written { writing = before }
    target = .change(view.name)
    entry = .ready(view)
    return true
  }

  /// Lets go of what was typed and not written.
  public func discard() async {
    keeper.forget()
    await keeper.settle()
    await dropKept()
    writing = before
    keeper.forget()
  }

  /// Ready when all that was typed is kept. A shell waits for it before it is put to sleep.
  public func settle() async {
    await keeper.settle()
  }

  private func write(_ written: Writing) async throws -> EntryView {
    switch target {
    case .new:
      let new = NewEntry(
        text: written.text, title: written.title.given, on: written.on, tags: written.tags,
        mood: written.mood, goals: written.goals, prompt: nil)
      return try await services.core.writeEntry(new: new)
    case .change(let name):
      return try await services.core.editEntry(name: name, edit: edit(to: written))
    }
  }

  /// Keeps the newest text, then lets the older one go: at no moment is there none.
  private func keep(_ text: String) async {
    do {
      let newest = try await services.core.keepDraft(about: name, text: text)
      let older = kept
      kept = [newest]
      for id in older { try await drop(id) }
    } catch {
      trouble = services.problem(error)
    }
  }

  private func dropKept() async {
    let ids = kept
    kept = []
    await attempt { for id in ids { try await self.drop(id) } }
  }

  /// A draft that is gone already needs no dropping.
  private func drop(_ id: Int64) async throws {
    do {
      try await services.core.dropDraft(id: id)
    } catch BelayError.NotFound {
      return
    }
  }
}

extension EntryEditorModel.Writing {
  /// What can be typed or chosen, as an entry has it.
  init(_ entry: JournalEntry) {
    self.init(
      title: entry.title ?? "", text: entry.text, on: entry.on, tags: entry.tags, mood: entry.mood,
      goals: entry.goals)
  }
}
