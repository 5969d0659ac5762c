import BelayCore
import BelayTesting
import Foundation
import Testing

@testable import BelayKit

@MainActor
@Suite("What goes along with a passage")
struct GivenTests {
  /// The smallest picture there is: one grey dot.
  private static let dot = Data(
    base64Encoded:
      "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==")

  @Test("A photo that is chosen goes along as previewed, is opened by the partner, and nothing else goes")
  func aPhotoGoesAlong() async throws {
    let relay = try RelayProcess()
    let sam = try await TestPerson("Sam", clock: ManualClock.atTheRelaysTime())
    let mira = try await TestPerson("Mira", clock: ManualClock.atTheRelaysTime())
    for person in [sam, mira] { try await person.agree(on: relay) }
    let (toMira, toSam) = try await sam.pair(with: mira)
    let editor = EntryEditorModel(sam.services, .new(on: nil, draft: nil))
    await editor.load()
    let dot = try #require(Self.dot)
    sam.shell.photo = sam.folder.file("dot.png")
    sam.shell.smallPhoto = sam.shell.photo
    sam.shell.file = sam.folder.file("letter.txt")
    try dot.write(to: URL(fileURLWithPath: sam.folder.file("dot.png")))
    try Data("for nobody else".utf8).write(to: URL(fileURLWithPath: sam.folder.file("letter.txt")))
    await editor.attachments.addPhoto()
    await editor.attachments.addFile()
    editor.writing.text = "The lake."
    #expect(await editor.save() && editor.attachments.refused.isEmpty)

    let share = SharePassageModel(sam.services, try #require(editor.name))
    await share.load()
    let there = try #require(share.page.value?.attachments)
    #expect(there.map(\.kind) == [.photo, .file] && share.along.isEmpty)
    #expect(share.thumbnails[there[0].id]?.isEmpty == false)
    share.text = "The lake."
    await share.show(to: toMira)
    #expect(share.preview?.attachments.isEmpty == true)
    await share.toggle(there[1])
    await share.toggle(there[0])
    #expect(share.along == there.map(\.id), "in the order in which they were attached")
    await share.toggle(there[1])
    #expect(share.preview?.attachments.map(\.kind) == [.photo])
    share.saidYesAgain = true
    await share.give()
    #expect(share.given?.attachments.map(\.kind) == [.photo], "\(String(describing: share.trouble))")

    let page = PartnerModel(mira.services, toSam)
    try await waitUntil(until: {
      for person in [sam, mira] {
        person.clock.advance(minutes: 1)
        _ = try await person.core.sync(observer: nil)
      }
      await page.load()
      return page.page.value?.passages.first?.attachments.first?.state == .here
    })
    let came = try #require(page.page.value?.passages.first?.attachments)
    #expect(came.map(\.kind) == [.photo])
    #expect(page.given.thumbnails[came[0].id]?.isEmpty == false)
    await page.given.open(came[0])
    #expect(page.given.trouble == nil && mira.shell.shown.last?.held?.isEmpty == false)
    #expect(mira.shell.passing.isEmpty)
  }

  @Test("One that has not come says so, is looked for now, and what the relay says of that space is told")
  func notHereYet() async throws {
    let person = try await TestPerson("Mira")
    let fake = FakeCore()
    let space = String(repeating: "a", count: 64)
    let photo = AttachmentView(
      id: String(repeating: "a", count: 32), entry: String(repeating: "b", count: 32), kind: .photo,
      name: "", mediaType: "image/jpeg", bytes: 2_000_000, addedAtMs: 0, state: .notHereYet,
      thumbnail: .notHereYet)
    func ends(_ troubles: [SyncTroubleView]) {
      let round = SyncReport(
        envelopesSent: 0, envelopesReceived: 0, itemsReceived: 0, envelopesRefused: 0,
        editedAfterDeletion: 0, invitations: [], troubles: troubles)
      fake.on("sync") { round }
    }
    var reloaded = 0
    let services = Services(core: fake, language: "en", shell: person.shell)
    let model = GivenModel(services, space) { reloaded += 1 }
    await model.draw([photo])
    await model.open(photo)
    #expect(fake.calls.isEmpty, "what is not here is neither drawn nor opened")
    ends([SyncTroubleView(space: "another", partner: "Jonas", code: "offline")])
    await model.get()
    #expect(model.hasLooked && model.trouble == nil && reloaded == 1)
    ends([SyncTroubleView(space: space, partner: "Sam", code: "offline")])
    await model.get()
    #expect(!model.hasLooked && model.trouble?.code == "offline" && model.isFree)
  }
}
