import BelayCore
import Observation

/// The check-in: one page, only the mood is asked for, a draft kept with every keystroke, and what each partner
/// will see shown before anything leaves.
@MainActor
@Observable
public final class CheckInModel: PageModel {
  /// What is being written.
  public enum Target: Hashable, Sendable {
    /// A new one about a day; `nil` for the present one.
    case new(on: CivilDay?)
    /// A change of one that is there.
    case edit(DocName)
  }

  public let services: Services
  /// What is written.
  public let target: Target
  public var page: Loadable<CheckInFormView> = .loading
  public var trouble: Problem?
  /// What was typed so far.
  public var writing = NewCheckIn.blank {
    didSet { if writing != oldValue { typed() } }
  }
  /// What each partner would see of it, exactly. Empty while there is nothing to see.
  public private(set) var previews: [PreviewView] = []
  /// The partner whose preview is open.
  public var previewed: SpaceId?
  /// What was written in the end; the page says where it is.
  public private(set) var saved: CheckInView?
  /// It is being written.
  public private(set) var saving = false

  /// The form is filled and may be typed in.
  @ObservationIgnored private var begun = false
  @ObservationIgnored private lazy var keeper = Latest<NewCheckIn> { [weak self] writing in
    await self?.keep(writing)
  }

  /// Loads nothing yet.
  public init(_ services: Services, _ target: Target) {
    self.services = services
    self.target = target
  }

  public let areas: Set<ChangeArea> = [.goals, .partners, .settings]

  public func fetch() async throws -> CheckInFormView {
    var on: CivilDay?
    if case .new(let day) = target { on = page.value?.on ?? day }
    return try await services.core.checkInForm(on: on, about: name, language: services.language)
  }

  /// The check-in that is changed, where it is a change.
  public var name: DocName? {
    if case .edit(let name) = target { name } else { nil }
  }

  /// Fills the form once: with what was kept of it, with what is changed, or with nothing. It stays about the day
  /// it was opened for, wherever the clock and the zone go meanwhile.
  public func arrived(_ page: CheckInFormView) async {
    guard !begun else { return await preview(writing) }
    var begin = NewCheckIn.blank
    begin.template = page.template
    if let draft = page.draft {
      begin = draft.new
    } else if let about = page.about {
      begin = NewCheckIn(changing: about)
    }
    begin.on = page.on
    writing = begin
    begun = true
    await preview(begin)
  }

  // MARK: Writing

  /// Chooses a mood; the chosen one again takes it away.
  public func choose(mood: Mood) {
    writing.mood = writing.mood == mood ? nil : mood
  }

  /// Chooses how much energy there is; the chosen one again takes it away.
  public func choose(energy: Energy) {
    writing.energy = writing.energy == energy ? nil : energy
  }

  /// Chooses other questions. What was said to the earlier ones stays, and stays on the page.
  public func choose(template: CheckInTemplate) {
    writing.template = template
  }

  /// What the page asks for words: the chosen questions, then what was answered of others.
  public var asked: [Question] {
    guard let templates = page.value?.templates else { return [] }
    let chosen = templates.first { $0.template == writing.template }?.questions ?? []
    let earlier = templates.flatMap(\.questions).filter { other in
      writing.filledFields.contains(other.field) && !chosen.contains { $0.field == other.field }
    }
    return (chosen + earlier).reduce(into: []) { asked, question in
      if !asked.contains(where: { $0.field == question.field }) { asked.append(question) }
    }
  }

  /// Chooses or drops a feeling word.
  public func toggle(_ emotion: Emotion) {
    if writing.emotions.contains(emotion) {
      writing.emotions.removeAll { $0 == emotion }
    } else {
      writing.emotions.append(emotion)
    }
  }

  /// Chooses what kind of answer is welcome; the chosen one again takes it away.
  public func choose(need: Need) {
    writing.need = writing.need == need ? nil : need
  }

  /// Says what came of a goal; the same again takes it away.
  public func log(_ goal: DocName, _ status: OutcomeStatus, reason: String = "", note: String = "") {
    let before = writing.outcomes.first { $0.goal == goal }
    writing.outcomes.removeAll { $0.goal == goal }
    guard before?.status != status else { return }
    // What is noted of the day already stays with it, as long as nothing else is said.
    let noted = page.value?.goals.first { $0.name == goal }?.today
    let why = reason.given ?? (status == .skipped ? noted?.reason : nil)
    writing.outcomes.append(
      NewOutcome(
        goal: goal, on: nil, status: status, note: note.given ?? noted?.note, reason: why))
  }

  /// What is said here of a goal, or was said before.
  public func status(of goal: GoalView) -> OutcomeStatus? {
    writing.outcomes.first { $0.goal == goal.name }?.status ?? goal.today?.status
  }

  // MARK: Sharing

  /// The fields a partner would see: as chosen for this one, else as the core says they would.
  public func fields(for space: SpaceId) -> [CheckInField] {
    audience[space] ?? []
  }

  private var audience: CheckInAudience { writing.audience ?? page.value?.audience ?? [:] }

  /// Turns a field on or off for a partner, for this check-in alone. For all others it stays as it would be.
  public func toggle(_ field: CheckInField, for space: SpaceId) {
    var audience = audience
    var fields = audience[space] ?? []
    if fields.contains(field) { fields.removeAll { $0 == field } } else { fields.append(field) }
    audience[space] = fields
    writing.audience = audience
  }

  /// Exactly what a partner will see.
  public func preview(for space: SpaceId) -> PreviewView? {
    previews.first { $0.space == space }
  }

  // MARK: Saving

  /// Something was said. What is needed beyond that, the core says.
  public var canSave: Bool { begun && !saving && saved == nil }

  /// Writes it, with the outcomes, all or nothing. What was typed stays where that cannot be done, and so does
  /// the kept draft.
  public func save() async {
    guard canSave else { return }
    saving = true
    defer { saving = false }
    // Nothing may be kept behind the back of what is being written.
    keeper.forget()
    await keeper.settle()
    let new = writing
    let written = await attempt {
      if let name = self.name {
        try await self.services.core.editCheckIn(name: name, edit: new)
      } else {
        try await self.services.core.writeCheckIn(new: new)
      }
    }
    if let written { saved = written } else { keeper.want(writing) }
  }

  /// What was just written can be taken back. A change can not: taking back would take the whole check-in from
  /// everybody who sees it.
  public var canUndo: Bool { saved != nil && name == nil }

  /// Takes back what was just written; what was typed is there again.
  public func undo() async {
    guard canUndo, let name = saved?.name else { return }
    if await attempt({ try await self.services.core.undoCheckIn(name: name) }) != nil {
      saved = nil
      keeper.want(writing)
    }
  }

  /// Lets go of what was typed.
  public func discard() async {
    keeper.forget()
    await keeper.settle()
    let on = writing.on
    await attempt { try await self.services.core.dropCheckInDraft(on: on, about: self.name) }
    services.router.back()
  }

  /// Ready when all that was typed is kept. A shell waits for it before it is put to sleep.
  public func settle() async {
    await keeper.settle()
  }

  private func typed() {
    if begun, !saving, saved == nil { keeper.want(writing) }
  }

  private func keep(_ writing: NewCheckIn) async {
    do {
      try await services.core.keepCheckInDraft(new: writing, about: name)
    } catch {
      trouble = services.problem(error)
    }
    await preview(writing)
  }

  /// Asks what each partner would see. Nothing to see yet is no trouble.
  private func preview(_ writing: NewCheckIn) async {
    do {
      if let name {
        previews = try await services.core.previewEdit(name: name, edit: writing)
      } else {
        previews = try await services.core.previewCheckIn(new: writing)
      }
    } catch {
      previews = []
    }
  }
}
