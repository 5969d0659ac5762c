import BelayCore
import Foundation
import Observation

/// What is attached to an entry: photos, voice memos and files, each here, coming, or not on this device yet; and what
/// goes in when the entry is saved.
@MainActor
@Observable
public final class AttachmentsModel: PageModel {
  /// What goes on.
  public enum Doing: Equatable, Sendable {
    /// Nothing.
    case nothing
    /// A voice memo is recorded.
    case recording
    /// What waited is sealed and attached.
    case adding
    /// Something is opened.
    case opening
    /// The relay is asked for what is missing.
    case getting
  }

  /// What is to be said about the relay or the microphone.
  public enum Said: Equatable, Sendable {
    /// The person does not let the app listen.
    case noMicrophone
    /// Nobody can listen now.
    case noRecording
    /// The relay was asked, and not everything was there.
    case looked
    /// The relay has no more room.
    case quota
    /// The relay said something else.
    case trouble(Problem)
  }

  /// Something that could not be attached, and why. It goes on waiting.
  public struct Refused: Equatable, Sendable {
    /// Which.
    public let waiting: WaitingAttachment
    /// Why.
    public let problem: Problem
  }

  public let services: Services
  public var page: Loadable<[AttachmentView]> = .loading
  public var trouble: Problem?
  /// What goes on.
  public private(set) var doing: Doing = .nothing
  /// What goes in when the entry is saved, in order.
  public private(set) var waiting: [WaitingAttachment] = [] {
    didSet { if waiting != oldValue { waitingChanged?() } }
  }
  /// What could not be attached when it was saved.
  public private(set) var refused: [Refused] = []
  /// What is to be said beside the content.
  public private(set) var said: Said?
  /// The one whose erasure is asked about.
  public var removing: AttachmentView?
  /// Small pictures, as far as they are here.
  public private(set) var thumbnails: [DocName: Data] = [:]

  /// Told when something else waits.
  @ObservationIgnored var waitingChanged: (@MainActor () -> Void)?
  @ObservationIgnored private var entry: DocName?

  /// Loads nothing yet. An entry that is not written yet has no name.
  public init(_ services: Services, _ entry: DocName?) {
    self.services = services
    self.entry = entry
  }

  public let areas: Set<ChangeArea> = [.journal]

  public func fetch() async throws -> [AttachmentView] {
    guard let entry else { return [] }
    return try await services.core.attachments(entry: entry)
  }

  /// Small pictures come after the page itself; one that cannot be drawn leaves the rest as it is.
  public func arrived(_ page: [AttachmentView]) async {
    let ids = Set(page.map(\.id))
    thumbnails = thumbnails.filter { ids.contains($0.key) }
    for one in page where one.thumbnail == .here && thumbnails[one.id] == nil {
      thumbnails[one.id] = await services.smallPicture {
        _ = try await self.services.core.exportThumbnail(id: one.id, path: $0)
      }
    }
  }

  /// Nothing goes on that another thing would disturb.
  public var isFree: Bool { doing == .nothing }

  /// Something is not whole on this device.
  public var isIncomplete: Bool { page.value?.isIncomplete == true }

  // MARK: What goes in

  /// Asks for a photo.
  public func addPhoto() async {
    guard isFree, let file = await services.shell.pickPhoto() else { return }
    let small = await services.shell.thumbnail(of: file)
    wait(for: .photo, file, small: small)
  }

  /// Asks for a file.
  public func addFile() async {
    guard isFree, let file = await services.shell.pickFile() else { return }
    wait(for: .file, file)
  }

  /// Takes one out again that waits.
  public func takeOut(_ one: WaitingAttachment) {
    refused.removeAll { $0.waiting == one }
    waiting.removeAll { $0 == one }
    services.picks.remove(one.id)
  }

  /// Takes up what was picked before the app ended.
  func takeUp(_ picks: [KeptPick]) {
    let new = picks.filter { pick in !waiting.contains { $0.id == pick.name } }
    waiting += new.compactMap { WaitingAttachment($0, in: services.picks) }
  }

  /// Leaves what waits to the draft that names it.
  func leaveWaiting() {
    refused = []
    waiting = []
  }

  /// Lets go of all that waits.
  func dropWaiting() {
    for one in waiting { takeOut(one) }
  }

  /// Attaches what waits to the entry, which is written by now. What cannot be attached goes on waiting.
  public func attachWaiting(to entry: DocName) async {
    self.entry = entry
    guard doing == .nothing, !waiting.isEmpty else { return }
    doing = .adding
    refused = []
    for one in waiting {
      do {
        _ = try await services.core.attach(path: one.file, new: one.new(of: entry))
        takeOut(one)
      } catch {
        refused.append(Refused(waiting: one, problem: services.problem(error)))
      }
    }
    doing = .nothing
    await load()
    // The next round brings it to the relay, or says why not.
    Task { [weak self, rounds = services.rounds] in self?.hear(await rounds.next()) }
  }

  // MARK: A voice

  /// Begins to record a voice memo, where the person lets it.
  public func record() async {
    guard isFree else { return }
    said = nil
    doing = .recording
    switch await services.shell.startRecording() {
    case .recording: return
    case .notAllowed: said = .noMicrophone
    case .notPossible: said = .noRecording
    }
    doing = .nothing
  }

  /// Ends the recording; it goes in with the others.
  public func keepRecording() {
    if let memo = endRecording() { wait(for: .voiceMemo, memo) }
  }

  /// Ends the recording, and lets go of it.
  public func dropRecording() {
    if let memo = endRecording() { services.shell.remove(file: memo) }
  }

  /// The page is not shown any more: nobody listens, and what was spoken into an entry that is there goes in, since it
  /// is nowhere else.
  public func left() async {
    keepRecording()
    if let entry, waiting.contains(where: { $0.kind == .voiceMemo }) {
      await attachWaiting(to: entry)
    }
  }

  // MARK: Those that are there

  /// Shows one that is here.
  public func open(_ attachment: AttachmentView) async {
    guard isFree, attachment.state == .here else { return }
    doing = .opening
    await attempt {
      try await self.services.show(attachment) {
        _ = try await self.services.core.exportAttachment(id: attachment.id, path: $0)
      }
    }
    doing = .nothing
  }

  /// Asks the relay for what is missing, now.
  public func get() async {
    guard isFree else { return }
    doing = .getting
    said = nil
    let report = await attempt { try await self.services.exchange() } ?? nil
    hear(report)
    let went = trouble == nil
    await load()
    doing = .nothing
    if said == nil, went, isIncomplete { said = .looked }
  }

  /// Erases the one that was asked about, on all devices.
  public func remove() async {
    guard let id = removing?.id else { return }
    removing = nil
    if await perform({ try await self.services.core.removeAttachment(id: id) }) { await load() }
  }

  // MARK: Within

  /// It waits from now on, and goes on waiting over the end of the process.
  private func wait(for kind: AttachmentKind, _ file: String, small: String? = nil) {
    said = nil
    guard let name = services.picks.keep(file, small: small) else {
      trouble = services.problem(BelayError.StorageFull)
      return
    }
    takeUp([KeptPick(kind: kind, name: name)])
  }

  private func endRecording() -> String? {
    guard doing == .recording else { return nil }
    doing = .nothing
    return services.shell.stopRecording()
  }

  /// What a round met in the person's own things.
  private func hear(_ report: SyncReport?) {
    guard let code = report?.troubles.first(where: { $0.partner == nil })?.code else { return }
    said = code == quotaCode ? .quota : .trouble(Problem(trouble: code, services.words))
  }
}

/// A relay's mailbox that is full, as the core says it of a round.
private let quotaCode = "relay-refused.quota_exceeded"
