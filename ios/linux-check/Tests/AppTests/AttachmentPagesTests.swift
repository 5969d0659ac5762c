import BelayCore
import BelayKit
import BelayTesting
import BelayWords
import Foundation
import SwiftUI
import Testing

@testable import BelayApp

/// What is attached to an entry, as its page says it.
@MainActor
@Suite struct AttachmentPagesTests {
  @Test("a file says how large it is before it goes in with the entry, and is erased after a second yes")
  func aFile() async throws {
    let person = try await TestPerson("Sam")
    let words = person.services.words
    let letter = person.folder.file("letter.txt")
    try Data("Dear Mira,".utf8).write(to: URL(fileURLWithPath: letter))
    person.shell.file = letter
    let editor = EntryEditorModel(person.services, .new(on: nil, draft: nil))
    await editor.load()
    let screen = EntryScreen(model: editor)
    _Page(of: screen).type("The lake.", into: words.journalEntryBody)
    _Page(of: screen).press(words.attachmentsFile)
    let model = editor.attachments
    await eventually("the file is picked") { !model.waiting.isEmpty }
    var page = _Page(of: screen)
    #expect(page.said.contains("10 "), "its size is said:\n\(page.said)")
    page.expectNamed("entry with something that waits")
    page.press(words.journalSave)
    await eventually("it is attached") { model.page.value?.isEmpty == false }
    page = _Page(of: screen)
    #expect(page.control(words.attachmentsOpen(name: "letter.txt")) != nil)
    page.press(words.attachmentsRemove(name: "letter.txt"))
    page = _Page(of: screen)
    #expect(page.said.contains(words.attachmentsRemoveBody))
    page.press(words.attachmentsRemoveYes)
    await eventually("it is erased") { model.page.value?.isEmpty == true }
  }

  @Test("a voice memo is stopped and kept, or thrown away; without the microphone a sentence says what to do")
  func aVoice() async throws {
    let person = try await TestPerson("Sam")
    let words = person.services.words
    let model = AttachmentsModel(person.services, nil)
    await model.load()
    let section = AttachmentsSection(model: model)
    person.shell.microphone = .notAllowed
    _Page(of: section).press(words.attachmentsVoice)
    await eventually("the microphone is asked for") { model.said == .noMicrophone }
    #expect(_Page(of: section).said.contains(words.attachmentsNoMicrophone))
    person.shell.microphone = .recording
    _Page(of: section).press(words.attachmentsVoice)
    await eventually("it records") { model.doing == .recording }
    let page = _Page(of: section)
    #expect(page.control(words.attachmentsPhoto) == nil && page.control(words.attachmentsDiscard) != nil)
    page.press(words.attachmentsVoiceStop)
    #expect(model.waiting.map(\.kind) == [.voiceMemo])
    _Page(of: section).press(words.attachmentsTakeOut(name: words.attachmentsKindVoice))
    #expect(model.waiting.isEmpty)
  }

  @Test("what is not on this device yet says so, and can be looked for")
  func notHereYet() async throws {
    let person = try await TestPerson("Sam")
    let words = person.services.words
    let model = AttachmentsModel(person.services, nil)
    let id = String(repeating: "a", count: 32)
    let coming = AttachmentView(
      id: id, entry: id, kind: .photo, name: "", mediaType: "image/jpeg", bytes: 2_000_000,
      addedAtMs: 0, state: .coming(held: 1, of: 4), thumbnail: nil)
    var missing = coming
    missing.state = .notHereYet
    model.page = .ready([coming, missing])
    let page = _Page(of: AttachmentsSection(model: model))
    #expect(page.said.contains(words.attachmentsComing(percent: "25")))
    #expect(page.said.contains(words.attachmentsNotHere))
    #expect(page.control(words.attachmentsOpen(name: words.attachmentsKindPhoto)) == nil)
    #expect(page.control(words.attachmentsGet) != nil)
  }
}
