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
    /// A word to find it by that is being typed.
    public var tag = ""
    /// The question it is written by.
    public var prompt: String?
    /// What it was begun from, as the core names it.
    public var template: String?
  }

  public let services: Services
  public var trouble: Problem?
  /// The entry as it stands in the store; `.ready(nil)` for a new one.
  public private(set) var entry: Loadable<EntryView?> = .loading
  /// What was typed so far.
  public var writing = Writing() {
    didSet { if begun, !saving, writing != oldValue { keepWriting() } }
  }
  /// What the page shows beside it: which day is today, the goals it can be about, words to find it by.
  public private(set) var form: EntryEditorView?
  /// What was typed before and not written is back.
  public private(set) var isBack = false
  /// So many things that were picked before and not saved are back.
  public private(set) var picksBack = 0
  /// Words that were typed before another device changed the entry; laid over it they would take that away.
  public private(set) var behind: String?
  /// It is being written.
  public private(set) var saving = false
  /// What is being written.
  public private(set) var target: Target

  /// Photos, voice memos and files of it.
  public let attachments: AttachmentsModel
  /// Questions and templates to write by.
  public let offers: OffersModel

  @ObservationIgnored private var begun = false
  @ObservationIgnored private(set) var before = Writing()
  /// The route the page stands under while it is another than the entry's.
  @ObservationIgnored private var shownAs: Route?
  @ObservationIgnored private lazy var keeper = DraftKeeper(
    services.core, about: { [weak self] in self?.name },
    failed: { [weak self] error in self?.trouble = self?.services.problem(error) })

  /// Loads nothing yet.
  public init(_ services: Services, _ target: Target) {
    self.services = services
    self.target = target
    if case .new(let on, _) = target {
      offers = OffersModel(services, on: on)
    } else {
      offers = OffersModel(services)
    }
    if case .change(let name) = target {
      attachments = AttachmentsModel(services, name)
    } else {
      attachments = AttachmentsModel(services, nil)
    }
    attachments.waitingChanged = { [weak self] in
      guard let self, begun else { return }
      keepWriting()
    }
  }

  /// The entry, when it is one that is there.
  public var name: DocName? {
    if case .change(let name) = target { name } else { nil }
  }

  /// Something was typed that is not written yet.
  public var isChanged: Bool { writing != before }

  /// Something was typed or picked that is not written yet.
  public var canSave: Bool { isChanged || !attachments.waiting.isEmpty }

  /// Loads the entry, and what was kept of an unfinished change.
  public func load() async {
    guard !begun else { return }
    do {
      let form = try await services.core.entryEditor(name: name, on: day)
      var begin = form.entry.map { Writing($0.entry) } ?? Writing()
      if form.entry == nil { begin.on = day }
      before = begin
      let fresh = form.drafts.filter { !$0.behind }.map(\.draft)
      let taken = keeper.takeUp(among: fresh, newestOnly: name == nil, where: belongs)
      if let kept = taken {
        begin.take(kept)
        isBack = begin != before
      }
      let old = form.drafts.filter(\.behind).map { KeptDraft($0.draft.text) }.filter { $0.kind == nil }
      behind = old.first { !$0.isUnchanged }?.body.given
      attachments.takeUp(([taken].compactMap(\.self) + old).flatMap(\.picks))
      picksBack = attachments.waiting.count
      writing = begin
      self.form = form
      entry = .ready(form.entry)
      begun = true
    } catch {
      entry = .failed(services.problem(error))
    }
  }

  /// Shows what became of the entry elsewhere, as long as nothing was typed into it here.
  public func follow() async {
    for await _ in services.changes.stream(of: [.journal]) { await refresh() }
  }

  func refresh() async {
    guard begun, let name, !isChanged, !saving else { return }
    guard let form = try? await services.core.entryEditor(name: name, on: nil), let now = form.entry
    else { return }
    // It may have been typed into, or saved, meanwhile.
    guard !isChanged, !saving, self.name == now.name else { return }
    self.form = form
    entry = .ready(now)
    before = Writing(now.entry)
    if writing != before { writing = before }
  }

  /// Puts the words that waited below the present ones; saved, they are kept no more.
  public func append() async {
    guard let words = behind else { return }
    behind = nil
    await keeper.settle()
    await attempt { _ = try await self.keeper.takeUp(where: self.isAboutThis) }
    writing.text = [writing.text.trimmedEnd, words].filter { !$0.isBlank }
      .joined(separator: "\n\n")
  }

  /// Leaves the words that waited among the drafts of the journal.
  public func leaveBehind() {
    behind = nil
  }

  /// Adds the word that was typed to find it by; typed twice it is there once.
  public func addTag() {
    guard let tag = writing.tag.given?.trimmed else { return }
    var typed = writing
    typed.tag = ""
    if !typed.tags.contains(tag) { typed.tags.append(tag) }
    writing = typed
  }

  /// Takes a word away.
  public func remove(tag: String) {
    writing.tags.removeAll { $0 == tag }
  }

  /// Says that it is about a goal, or not after all.
  public func toggle(goal: DocName) {
    if writing.goals.contains(goal) {
      writing.goals.removeAll { $0 == goal }
    } else {
      writing.goals.append(goal)
    }
  }

  /// Words to find it by that were used lately and are not chosen yet.
  public var offeredTags: [String] {
    (form?.tags ?? []).filter { !writing.tags.contains($0) }
  }

  /// Deletes it. It stays among the deleted ones for thirty days, where it can be brought back from.
  public func delete() async {
    guard let name else { return }
    await keeper.stop()
    let deleted = await attempt { try await self.services.core.deleteEntry(name: name) }
    guard deleted != nil else { return }
    await attempt { try await self.keeper.drop() }
    attachments.waitingChanged = nil
    attachments.dropWaiting()
    services.router.forget { $0.isAbout(entry: name) }
    services.undoing.offer(UndoOffer(of: .entryDeleted(name)))
  }

  /// Writes it. What was typed stays where that cannot be done, and so does the kept draft.
  @discardableResult
  public func save() async -> Bool {
    guard begun, !saving else { return false }
    saving = true
    defer { saving = false }
    if let name, !isChanged {
      // Only something that was picked goes in.
      await attachments.attachWaiting(to: name)
      await keepWhatIsLeft()
      showAsWritten()
      return true
    }
    // Nothing may be kept behind the back of what is being written.
    await keeper.stop()
    // A word that was typed belongs to it, also where nobody pressed anything after it.
    addTag()
    let written = writing
    if shownAs == nil { shownAs = route }
    guard let view = await attempt({ try await self.write(written) }) else {
      keepWriting()
      return false
    }
    before = Writing(view.entry)
    // As it was written: tidied, and with what another device wrote into it meanwhile.
    if writing == written { writing = before }
    target = .change(view.name)
    entry = .ready(view)
    // What was typed while it was being written, and what waits to go in, is the entry's draft from now on.
    await keepWhatIsLeft()
    await attachments.attachWaiting(to: view.name)
    await keepWhatIsLeft()
    showAsWritten()
    return true
  }

  /// Lets go of what was typed and not written.
  public func discard() async {
    await keeper.stop()
    writing = before
    attachments.dropWaiting()
    picksBack = 0
    await keeper.stop()
    await attempt { try await self.keeper.drop() }
  }

  /// Leaves what is back among the drafts, and begins with nothing.
  public func beginAnew() async {
    guard isBack || picksBack > 0, name == nil else { return }
    await keeper.leave()
    isBack = false
    picksBack = 0
    begun = false
    attachments.leaveWaiting()
    writing = before
    begun = true
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
        mood: written.mood, goals: written.goals, prompt: written.prompt,
        template: written.template)
      return try await services.core.writeEntry(new: new)
    case .change(let name):
      return try await services.core.editEntry(name: name, edit: edit(to: written))
    }
  }

  /// The page is the entry's from now on, also after the end of the process; as soon as nothing waits on it that another
  /// page would not know of.
  private func showAsWritten() {
    guard attachments.waiting.isEmpty else { return }
    if let shownAs { services.router.exchange(shownAs, for: route) }
    shownAs = nil
  }

  private func keepWriting() {
    guard canSave else { return keeper.want(nil) }
    var draft = isChanged || name == nil ? writing.kept : .ofUnchanged
    draft.add(attachments.waiting.map(\.kept))
    keeper.want(draft)
  }

  private func keepWhatIsLeft() async {
    keepWriting()
    await keeper.settle()
  }

  private func belongs(_ draft: DraftView, _ kept: KeptDraft) -> Bool {
    guard kept.kind == nil else { return false }
    return switch target {
    case .new(_, let id?): draft.id == id
    // What was being written when the app ended is gone on with.
    case .new(let on, nil): on == nil || EntryEditorModel.Writing(kept).on == on
    case .change: true
    }
  }

  private func isAboutThis(_ draft: DraftView, _ kept: KeptDraft) -> Bool {
    kept.kind == nil && draft.about == name
  }

  /// The day a new one is about, where it is not the present one.
  private var day: CivilDay? {
    if case .new(let on, _) = target { on } else { nil }
  }

  private var route: Route {
    switch target {
    case .new(let on, let draft): .newEntry(draft: draft, on: on)
    case .change(let name): .entry(name: name)
    }
  }
}

extension EntryEditorModel.Writing {
  /// What can be typed or chosen, as an entry has it.
  init(_ entry: JournalEntry) {
    self.init(
      title: entry.title ?? "", text: entry.text, on: entry.on, tags: entry.tags, mood: entry.mood,
      goals: entry.goals, prompt: entry.prompt, template: entry.template)
  }
}
