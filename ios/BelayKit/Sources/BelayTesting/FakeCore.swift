import BelayCore
import Foundation

/// A core that answers as told, call by call, and writes down what it was asked. A call that nobody told it about
/// answers with a fault of the program.
public final class FakeCore: BelayCore, @unchecked Sendable {
  /// An answer that a test may hold back.
  public typealias Answer = @Sendable () async throws -> any Sendable

  private let lock = NSLock()
  private var answers: [String: Answer] = [:]
  private var asked: [String] = []
  private var given: [any Sendable] = []

  /// Answers nothing yet.
  public init() {
    super.init(noHandle: NoHandle())
  }

  public required init(unsafeFromHandle handle: UInt64) {
    super.init(noHandle: NoHandle())
  }

  /// Tells it what to answer to a call, by the method's name without its arguments.
  public func on(_ call: String, _ answer: @escaping Answer) {
    lock.withLock { answers[call] = answer }
  }

  /// Tells it to refuse a call.
  public func refuse(_ call: String, _ error: BelayError) {
    on(call) { throw error }
  }

  /// The calls so far, in order.
  public var calls: [String] { lock.withLock { asked } }

  /// How often a call was made.
  public func count(of call: String) -> Int { calls.filter { $0 == call }.count }

  /// What was handed in with the calls so far, those of one type.
  public func handedIn<Argument: Sendable>(_ type: Argument.Type) -> [Argument] {
    lock.withLock { given.compactMap { $0 as? Argument } }
  }

  private func answer<Value: Sendable>(_ arguments: any Sendable..., function: String = #function)
    async throws -> Value
  {
    let call = String(function.prefix { $0 != "(" })
    let answer = lock.withLock {
      asked.append(call)
      given.append(contentsOf: arguments)
      return answers[call]
    }
    guard let value = try await answer?() as? Value else {
      throw BelayError.Internal(code: "not-told-\(call)")
    }
    return value
  }

  // MARK: Pages

  public override func today() async throws -> TodayView { try await answer() }

  public override func goalsPage() async throws -> GoalsPageView { try await answer() }

  public override func theySee(space: SpaceId) async throws -> TheySeeView { try await answer(space) }

  public override func journalPage(query: EntryQuery) async throws -> JournalPageView {
    try await answer(query)
  }

  public override func monthPage(
    day: CivilDay? = nil, after: EntryCursor? = nil, limit: UInt32? = nil
  ) async throws -> MonthPageView { try await answer() }

  public override func entryEditor(name: DocName? = nil, on: CivilDay? = nil) async throws
    -> EntryEditorView
  { try await answer() }

  public override func sharePage(entry: DocName) async throws -> SharePageView {
    try await answer(entry)
  }

  public override func devicesPage() async throws -> DevicesPageView { try await answer() }
  public override func goalForm() async throws -> GoalFormView { try await answer() }

  /// No, unless a test says otherwise.
  public override func isWaitingDevice() async throws -> Bool {
    lock.withLock { answers["isWaitingDevice"] != nil } ? try await answer() : false
  }

  public override func joinAsOwnDevice(text: String, observer: any WordsObserver) async throws {
    let words: [String] = try await answer(text)
    observer.showWords(words: words)
  }

  public override func people() async throws -> PeopleView { try await answer() }

  public override func status() async throws -> StatusView { try await answer() }

  public override func settingsPage() async throws -> SettingsPageView { try await answer() }

  public override func selfCopy() async throws -> String? { try await answer() }

  public override func recoveryWords() async throws -> [String] { try await answer() }

  public override func drafts() async throws -> [DraftView] { try await answer() }

  public override func deletedEntries() async throws -> [DeletedEntryView] { try await answer() }

  public override func setAside() async throws -> [SetAsideView] { try await answer() }

  public override func bringBack(names: [DocName]) async throws -> UInt64 { try await answer(names) }

  public override func entries(query: EntryQuery) async throws -> EntryPageView {
    try await answer(query)
  }

  public override func search(
    question: String, after: EntryCursor? = nil, limit: UInt32? = nil
  ) async throws -> SearchPageView { try await answer(question) }

  public override func entry(name: DocName) async throws -> EntryView { try await answer(name) }

  public override func goalPage(name: DocName, from: CivilDay?, to: CivilDay?) async throws
    -> GoalPageView
  { try await answer(name) }

  public override func partners() async throws -> [PartnerView] { try await answer() }

  public override func partner(space: SpaceId) async throws -> PartnerPageView {
    try await answer(space)
  }

  public override func checkInForm(on: CivilDay?, about: DocName?, language: String) async throws
    -> CheckInFormView
  { try await answer(language) }

  // MARK: Writing

  public override func previewCheckIn(new: NewCheckIn) async throws -> [PreviewView] {
    try await answer()
  }

  public override func writeCheckIn(new: NewCheckIn) async throws -> CheckInView {
    try await answer(new)
  }

  public override func keepCheckInDraft(new: NewCheckIn, about: DocName?) async throws {
    let _: Bool = try await answer(new)
  }

  public override func writeEntry(new: NewEntry) async throws -> EntryView { try await answer(new) }

  public override func keepDraft(about: DocName?, text: String) async throws -> Int64 {
    try await answer(text)
  }

  public override func dropDraft(id: Int64) async throws {
    let _: Bool = try await answer(id)
  }

  public override func addGoal(new: NewGoal) async throws -> GoalView { try await answer(new) }

  public override func logOutcome(new: NewOutcome) async throws -> OutcomeView {
    try await answer(new)
  }

  public override func respond(new: NewResponse) async throws -> ResponseView {
    try await answer(new)
  }

  public override func editSettings(edit: SettingsEdit) async throws -> SettingsView {
    try await answer()
  }

  public override func confirmRecoveryWords(words: String) async throws {
    let _: Bool = try await answer(words)
  }

  // MARK: Own devices

  public override func deviceStanding() async throws -> DeviceStandingView { try await answer() }

  public override func revokeOwnDevice(device: DeviceId) async throws -> [OwnDeviceView] {
    try await answer(device)
  }

  public override func revokeWithWords(devices: [DeviceId], words: String) async throws
    -> DevicesPageView
  { try await answer(devices) }

  public override func takeInFromRemovedDevice(device: DeviceId) async throws -> UInt64 {
    try await answer(device)
  }

  // MARK: Attachments

  public override func attachments(entry: DocName) async throws -> [AttachmentView] {
    try await answer(entry)
  }

  public override func attach(path: String, new: NewAttachment) async throws -> AttachmentView {
    try await answer(path, new)
  }

  public override func exportThumbnail(id: DocName, path: String) async throws -> AttachmentView {
    try await answer(id, path)
  }

  // MARK: Meeting

  public override func invite() async throws -> InvitationView { try await answer() }

  public override func inviteNear() async throws -> InvitationView { try await answer() }

  public override func inviteOwnDeviceNear() async throws -> InvitationView { try await answer() }

  public override func nearby() async throws -> NearbyView { try await answer() }

  public override func awaitPartner(invitationId: String) async throws -> PairedView {
    try await answer(invitationId)
  }

  public override func acceptInvitation(text: String) async throws -> PairedView {
    try await answer(text)
  }

  public override func inviteApart(by: InviteBy) async throws -> OpenInvitationView {
    try await answer(by)
  }

  public override func acceptApart(text: String, relay: String?) async throws -> OpenInvitationView {
    try await answer(text)
  }

  public override func awaitPairing(id: String) async throws -> PairedView { try await answer(id) }

  public override func exportGivenAttachment(space: SpaceId, id: DocName, path: String) async throws
    -> AttachmentView
  { try await answer(space, id, path) }

  public override func sync(observer: (any ProgressObserver)? = nil) async throws -> SyncReport {
    try await answer()
  }

  public override func writeBundle(
    path: String, new: NewBundle, observer: (any BundleObserver)? = nil
  ) async throws -> BundleWrittenView { try await answer(path, new) }

  public override func readBundle(
    path: String, observer: (any BundleObserver)? = nil
  ) async throws -> BundleReadView { try await answer(path) }

  public override func shutdown() async throws {
    let _: Bool = try await answer()
  }

  public override func deleteEverything() async throws {
    let _: Bool = try await answer()
  }
}
