import BelayCore
import BelayTesting
import Foundation
import Testing

@testable import BelayKit

@MainActor
@Suite("What was picked and not saved")
struct PickTests {
  private func picking(_ name: String = "letter.txt", _ words: String = "Dear Mira,") async throws
    -> TestPerson
  {
    let person = try await TestPerson("Sam")
    let path = person.folder.file(name)
    try Data(words.utf8).write(to: URL(fileURLWithPath: path))
    person.shell.file = path
    return person
  }

  @Test("It waits over the end of the process, stands in the journal's list, and goes in when saved")
  func itSurvives() async throws {
    let person = try await picking()
    let model = EntryEditorModel(person.services, .new(on: nil, draft: nil))
    await model.load()
    await model.attachments.addFile()
    await model.attachments.record()
    model.attachments.keepRecording()
    await model.settle()
    #expect(person.shell.picked.count == 2 && person.shell.passing.isEmpty)
    try await person.restart()
    await person.services.tidyPicks()
    let journal = JournalModel(person.services)
    await journal.load()
    #expect(journal.drafts.map(\.pickCount) == [2] && journal.drafts.map(\.words) == [""])
    let again = EntryEditorModel(person.services, .new(on: nil, draft: journal.drafts.first?.id))
    await again.load()
    #expect(again.picksBack == 2 && !again.isBack && again.canSave)
    #expect(again.attachments.waiting.map(\.kind) == [.file, .voiceMemo])
    #expect(again.attachments.waiting.map(\.name) == ["letter.txt", ""])
    again.writing.text = "The lake."
    #expect(await again.save())
    #expect(again.attachments.page.value?.map(\.kind) == [.file, .voiceMemo], "\(again.attachments.refused)")
    #expect(person.shell.picked.isEmpty)
    #expect(try await person.core.drafts().isEmpty)
  }

  @Test("Picked for an entry that is there, it waits with words that another device may change meanwhile")
  func forAnEntry() async throws {
    let person = try await picking()
    let entry = try await person.core.writeEntry(new: NewEntry(text: "The lake.", tags: [], goals: []))
    let model = EntryEditorModel(person.services, .change(entry.name))
    await model.load()
    await model.attachments.addFile()
    await model.settle()
    let change = TextChange(before: "The lake.", after: "The lake was still.")
    _ = try await person.core.editEntry(name: entry.name, edit: EntryEdit(text: change))
    try await person.restart()
    let again = EntryEditorModel(person.services, .change(entry.name))
    await again.load()
    #expect(again.writing.text == "The lake was still." && !again.isChanged && again.behind == nil)
    #expect(again.attachments.waiting.map(\.name) == ["letter.txt"] && again.picksBack == 1)
    #expect(await again.save())
    #expect(again.attachments.page.value?.count == 1 && person.shell.picked.isEmpty)
  }

  @Test("What is taken out, or let go of with its draft, leaves nothing behind")
  func lettingGo() async throws {
    let person = try await picking()
    let model = EntryEditorModel(person.services, .new(on: nil, draft: nil))
    await model.load()
    await model.attachments.addFile()
    for one in model.attachments.waiting { model.attachments.takeOut(one) }
    await model.settle()
    #expect(person.shell.picked.isEmpty)
    #expect(try await person.core.drafts().isEmpty)
    await model.attachments.addFile()
    await model.settle()
    let journal = JournalModel(person.services)
    await journal.load()
    await journal.drop(try #require(journal.drafts.first))
    #expect(person.shell.picked.isEmpty && journal.drafts.isEmpty)
  }

  @Test("Beginning anew leaves it to its draft")
  func beginningAnew() async throws {
    let person = try await picking()
    let model = EntryEditorModel(person.services, .new(on: nil, draft: nil))
    await model.load()
    await model.attachments.addFile()
    await model.settle()
    let again = EntryEditorModel(person.services, .new(on: nil, draft: nil))
    await again.load()
    await again.beginAnew()
    #expect(again.attachments.waiting.isEmpty && !again.canSave && person.shell.picked.count == 1)
    again.writing.text = "Another one."
    #expect(await again.save())
    #expect(person.shell.picked.count == 1)
    #expect(try await person.core.drafts().count == 1)
  }

  @Test("What no draft names goes at the next start, and everything goes with the store")
  func tidying() async throws {
    let person = try await picking()
    let store = person.services.picks
    let lost = try #require(await person.shell.pickFile().flatMap { store.keep($0) })
    let model = EntryEditorModel(person.services, .new(on: nil, draft: nil))
    await model.load()
    await model.attachments.addFile()
    await model.settle()
    await person.services.tidyPicks()
    #expect(store.file(of: lost) == nil && store.names == model.attachments.waiting.map(\.id))
    let app = AppModel(door: person.door, shell: person.shell, language: "en")
    try await person.core.shutdown()
    await app.start()
    await app.left()
    #expect(person.shell.picked.isEmpty)
  }

  @Test(
    "A draft leads to nothing outside the folder", arguments: ["..", "../store", "/etc/passwd", "", "a b c"])
  func nothingOutside(name: String) async throws {
    let person = try await TestPerson("Sam")
    let draft = KeptDraft("---\npick: file \(name)\n---\n")
    for pick in draft.picks { #expect(WaitingAttachment(pick, in: person.services.picks) == nil) }
    person.services.picks.remove(name)
    #expect(try await person.door.exists())
  }
}
