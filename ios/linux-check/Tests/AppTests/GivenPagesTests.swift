import BelayCore
import BelayKit
import BelayTesting
import BelayWords
import Foundation
import SwiftUI
import Testing

@testable import BelayApp

/// What goes along with a passage, and what was picked and waits, as the pages say it.
@MainActor
@Suite struct GivenPagesTests {
  private func photo(_ state: AttachmentStateView) -> AttachmentView {
    let id = String(repeating: state == .here ? "a" : "b", count: 32)
    return AttachmentView(
      id: id, entry: id, kind: .photo, name: "", mediaType: "image/jpeg", bytes: 2_000_000,
      addedAtMs: 0, state: state, thumbnail: nil)
  }

  @Test("what a partner gave along says whether it is here, and is opened or looked for")
  func whatAPartnerGave() async throws {
    let person = try await TestPerson("Mira")
    let words = person.services.words
    let fake = FakeCore()
    let here = photo(.here)
    fake.on("exportGivenAttachment") { here }
    let model = GivenModel(
      Services(core: fake, language: "en", shell: person.shell), String(repeating: "a", count: 64))
    let page = _Page(
      of: GivenAttachments(model: model, attachments: [here, photo(.notHereYet)], partner: "Sam"))
    page.expectNamed("given attachments")
    #expect(page.said.contains(words.attachmentsGivenTitle))
    #expect(page.said.contains(words.attachmentsNotHere))
    #expect(page.said.contains(words.attachmentsGivenNotHereHelp(name: "Sam")))
    page.press(words.attachmentsOpen(name: words.attachmentsKindPhoto))
    await eventually("it is opened") { person.shell.shown.count == 1 }
    await eventually("it is closed again") { model.isFree }
    page.press(words.attachmentsGet)
    await eventually("it was looked for") { fake.count(of: "sync") == 1 && model.isFree }
    #expect(model.trouble != nil)
    #expect(_Page(of: GivenAttachments(model: model, attachments: [], partner: "Sam")).nodes.isEmpty)
  }

  @Test("what can go along is chosen by a switch, and what is not here cannot")
  func whatCanGoAlong() async throws {
    let person = try await TestPerson("Sam")
    let words = person.services.words
    let entry = try await person.core.writeEntry(new: NewEntry(text: "The lake.", tags: [], goals: []))
    let model = SharePassageModel(person.services, entry.name)
    let attachments = [photo(.here), photo(.notHereYet)]
    model.page = .ready(SharePageView(entry: entry, partners: [], attachments: attachments))
    let choices = AlongChoices(model: model, attachments: attachments)
    let page = _Page(of: choices)
    page.expectNamed("what goes along")
    #expect(page.said.contains(words.attachmentsGiveLead))
    #expect(page.said.contains(words.attachmentsGiveNotHere(name: words.attachmentsKindPhoto)))
    let toggle = try #require(page.nodes.first { $0.kind == .toggle })
    #expect(!toggle.isSelected && page.nodes.count { $0.kind == .toggle } == 1)
    toggle.press?()
    await eventually("it goes along") { model.along == [attachments[0].id] }
    #expect(_Page(of: choices).nodes.first { $0.kind == .toggle }?.isSelected == true)
    #expect(_Page(of: SharePassageScreen(model: model)).said.contains(words.attachmentsGiveTitle))
  }

  @Test("a draft that holds picks says how many, and the entry says that they are back")
  func aDraftThatHoldsPicks() async throws {
    let person = try await TestPerson("Sam")
    let words = person.services.words
    person.shell.file = person.folder.file("letter.txt")
    try Data("Dear Mira,".utf8).write(to: URL(fileURLWithPath: person.folder.file("letter.txt")))
    let editor = EntryEditorModel(person.services, .new(on: nil, draft: nil))
    await editor.load()
    await editor.attachments.addFile()
    await editor.settle()
    try await person.restart()
    let journal = JournalModel(person.services)
    await journal.load()
    #expect(_Page(of: JournalScreen(model: journal)).said.contains(words.attachmentsDraftHolds(count: 1)))
    let again = EntryEditorModel(person.services, .new(on: nil, draft: nil))
    await again.load()
    let page = _Page(of: EntryScreen(model: again))
    #expect(page.said.contains(words.attachmentsBack(count: 1)))
    #expect(page.control(words.attachmentsTakeOut(name: "letter.txt")) != nil)
    page.press(words.journalDraftAnew)
    await eventually("it is left to its draft") { again.attachments.waiting.isEmpty }
  }
}
