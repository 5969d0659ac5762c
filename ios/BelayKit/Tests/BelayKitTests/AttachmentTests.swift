import BelayCore
import BelayTesting
import Foundation
import Testing

@testable import BelayKit

@MainActor
@Suite("What is attached to an entry")
struct AttachmentTests {
  /// The smallest picture there is: one grey dot.
  private static let dot = Data(
    base64Encoded:
      "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==")

  private func entry(_ person: TestPerson) async throws -> DocName {
    try await person.core.writeEntry(new: NewEntry(text: "The lake.", tags: [], goals: [])).name
  }

  private func file(_ person: TestPerson, _ name: String, _ content: Data) throws -> String {
    let path = person.folder.file(name)
    try content.write(to: URL(fileURLWithPath: path))
    return path
  }

  @Test("A file goes in when the entry is saved, is opened as it was, and erased")
  func aFile() async throws {
    let person = try await TestPerson("Sam")
    let editor = EntryEditorModel(person.services, .new(on: nil, draft: nil))
    await editor.load()
    let model = editor.attachments
    await model.load()
    #expect(model.page.value?.isEmpty == true && !editor.canSave)
    await model.addFile()
    #expect(model.waiting.isEmpty && model.trouble == nil)
    let words = Data("Dear Mira,".utf8)
    person.shell.file = try file(person, "letter.txt", words)
    await model.addFile()
    #expect(model.waiting.first?.bytes == UInt64(words.count) && editor.canSave)
    #expect(model.waiting.map(\.name) == ["letter.txt"] && model.page.value?.isEmpty == true)
    for one in model.waiting { model.takeOut(one) }
    #expect(model.waiting.isEmpty && person.shell.passing.isEmpty)
    await model.addFile()
    editor.writing.text = "The lake."
    #expect(await editor.save())
    let added = try #require(model.page.value?.first, "\(model.refused)")
    #expect(added.kind == .file && added.bytes == UInt64(words.count) && added.state == .here)
    #expect(model.waiting.isEmpty && !model.isIncomplete && !editor.canSave)

    await model.open(added)
    #expect(person.shell.shown.last?.held == words)
    model.removing = added
    await model.remove()
    #expect(model.page.value?.isEmpty == true && model.trouble == nil)
    #expect(person.shell.passing.isEmpty)
  }

  @Test("A photo comes with its small picture, and no copy of it stays outside the store")
  func aPhoto() async throws {
    let person = try await TestPerson("Sam")
    let editor = EntryEditorModel(person.services, .change(try await entry(person)))
    await editor.load()
    let model = editor.attachments
    let dot = try #require(Self.dot)
    person.shell.photo = try file(person, "dot.png", dot)
    person.shell.smallPhoto = person.shell.photo
    await model.addPhoto()
    #expect(await editor.save())
    let photo = try #require(model.page.value?.first, "\(model.refused)")
    #expect(photo.mediaType == "image/png" && photo.name.isEmpty)
    #expect(model.thumbnails[photo.id]?.isEmpty == false)
    await model.open(photo)
    #expect(person.shell.shown.last?.name == "attachment.png")
    #expect(person.shell.passing.isEmpty)
  }

  @Test("What is spoken goes in, also when the page is left; a memo that is let go leaves nothing")
  func aMemo() async throws {
    let person = try await TestPerson("Sam")
    let model = AttachmentsModel(person.services, try await entry(person))
    await model.load()
    person.shell.microphone = .notAllowed
    await model.record()
    #expect(model.said == .noMicrophone && model.isFree)
    person.shell.microphone = .notPossible
    await model.record()
    #expect(model.said == .noRecording && model.isFree)
    person.shell.microphone = .recording
    await model.record()
    #expect(model.doing == .recording && model.said == nil)
    model.dropRecording()
    #expect(model.isFree && model.waiting.isEmpty)
    await model.record()
    model.keepRecording()
    #expect(model.waiting.map(\.kind) == [.voiceMemo])
    await model.record()
    await model.left()
    #expect(model.page.value?.map(\.kind) == [.voiceMemo, .voiceMemo])
    #expect(model.waiting.isEmpty && person.shell.passing.isEmpty && model.isFree)
  }

  @Test("A photo that is none leaves the words saved, says why, and waits until it is taken out")
  func noPhoto() async throws {
    let person = try await TestPerson("Sam")
    let editor = EntryEditorModel(person.services, .new(on: nil, draft: nil))
    await editor.load()
    let model = editor.attachments
    person.shell.photo = try file(person, "photo.jpg", Data("no picture".utf8))
    await model.addPhoto()
    editor.writing.text = "The lake."
    #expect(await editor.save())
    let refused = try #require(model.refused.first)
    #expect(refused.problem.detail == "file.not_a_picture" && model.waiting == [refused.waiting])
    #expect(model.page.value?.isEmpty == true && editor.name != nil && editor.canSave)
    model.takeOut(refused.waiting)
    #expect(model.refused.isEmpty && !editor.canSave)
  }

  @Test("One that is not here yet says so, and can be asked for; a relay without room is told in words")
  func notHereYet() async throws {
    let person = try await TestPerson("Sam")
    let fake = FakeCore()
    let photo = AttachmentView(
      id: String(repeating: "a", count: 32), entry: String(repeating: "b", count: 32), kind: .photo,
      name: "", mediaType: "image/jpeg", bytes: 2_000_000, addedAtMs: 0, state: .notHereYet,
      thumbnail: nil)
    fake.on("attachments") { [photo] }
    let round = SyncReport(
      envelopesSent: 0, envelopesReceived: 0, itemsReceived: 0, envelopesRefused: 0,
      editedAfterDeletion: 0, invitations: [], troubles: [])
    fake.on("sync") { round }
    let model = AttachmentsModel(
      Services(core: fake, language: "en", shell: person.shell), photo.entry)
    await model.load()
    #expect(model.isIncomplete)
    await model.open(photo)
    #expect(person.shell.shown.isEmpty)
    await model.get()
    #expect(model.said == .looked && fake.count(of: "sync") == 1)

    for (code, said) in [
      ("relay-refused.quota_exceeded", AttachmentsModel.Said.quota),
      ("offline", .trouble(Problem(BelayError.Offline, person.services.words))),
    ] {
      let full = SyncReport(
        envelopesSent: 0, envelopesReceived: 0, itemsReceived: 0, envelopesRefused: 0,
        editedAfterDeletion: 0, invitations: [],
        troubles: [SyncTroubleView(space: photo.entry, partner: nil, code: code)])
      fake.on("sync") { full }
      await model.get()
      #expect(model.said == said)
    }
  }
}
