import BelayCore
import BelayTesting
import Testing

@testable import BelayKit

@MainActor
@Suite("What an entry said before")
struct HistoryTests {
  private func edited(_ person: TestPerson) async throws -> DocName {
    let entry = try await person.core.writeEntry(
      new: NewEntry(text: "The lake was still.", tags: [], mood: 2, goals: []))
    for (before, after) in [
      ("The lake was still.", "The lake was quite still."), ("The lake was quite still.", "The lake."),
    ] {
      person.clock.advance(hours: 1)
      _ = try await person.core.editEntry(
        name: entry.name, edit: EntryEdit(text: TextChange(before: before, after: after)))
    }
    return entry.name
  }

  @Test("Each state says when and where it came about, and what came and went")
  func states() async throws {
    let person = try await TestPerson("Sam")
    let model = HistoryModel(person.services, try await edited(person))
    await model.load()
    #expect(model.states.count == 3 && model.isPresent && model.position == 2)
    #expect(model.shown?.entry.text == "The lake." && model.shown?.mayRestore == false)
    #expect(model.shown?.line.wordsRemoved == 3 && model.shown?.line.changed == [.text])
    model.show(1)
    await model.settle()
    #expect(model.shown?.fromBefore.pieces.first { $0.fate == .added }?.text.contains("quite") == true)
    #expect(model.shown?.line.thisDevice == true && !model.isFirst && !model.isPresent)
    model.show(0)
    await model.settle()
    #expect(model.isFirst && model.shown?.entry.mood == 2)
    model.show(7)
    await model.settle()
    #expect(model.position == 0)
  }

  @Test("A state is restored as a new one; the present one stays, and one press takes it back")
  func restored() async throws {
    let person = try await TestPerson("Sam")
    let name = try await edited(person)
    let editor = EntryEditorModel(person.services, .change(name))
    await editor.load()
    let model = HistoryModel(person.services, name)
    await model.load()
    model.show(0)
    await model.settle()
    #expect(model.shown?.mayRestore == true)
    await model.restore()
    #expect(model.isRestored && model.states.count == 4 && model.isPresent)
    #expect(try await person.core.entry(name: name).entry.text == "The lake was still.")
    await editor.refresh()
    #expect(editor.writing.text == "The lake was still." && !editor.isChanged)
    try await person.services.undoing.takeBack()
    #expect(try await person.core.entry(name: name).entry.text == "The lake.")
    editor.writing.text += " And more"
    await editor.refresh()
    #expect(editor.writing.text == "The lake was still. And more", "what is being typed stays")
  }

  @Test("An entry that is gone says so, and its page goes with it")
  func gone() async throws {
    let person = try await TestPerson("Sam")
    let name = try await edited(person)
    let router = person.services.router
    router.choose(.journal)
    router.go(.entry(name: name))
    router.go(.history(entry: name))
    let editor = EntryEditorModel(person.services, .change(name))
    await editor.load()
    await editor.delete()
    #expect(router[.journal].isEmpty)
    let model = HistoryModel(person.services, String(repeating: "0", count: 32))
    await model.load()
    #expect(model.page.problem?.way == .back)
  }
}

@MainActor
@Suite("Something to write by")
struct OffersTests {
  @Test("A question is written by, survives the end of the process, and stands on the entry")
  func question() async throws {
    let person = try await TestPerson("Sam")
    let model = EntryEditorModel(person.services, .new(on: nil, draft: nil))
    await model.load()
    await model.offers.load()
    let offers = try #require(model.offers.page.value)
    #expect(
      offers.forTheDay.first?.strength == true && model.offers.groups.first?.prompts.first?.strength == true)
    #expect(model.offers.groups.flatMap(\.prompts) == offers.prompts)
    let question = try #require(offers.forTheDay.first)
    model.begin(with: question)
    await model.settle()
    try await person.restart()
    let again = EntryEditorModel(person.services, .new(on: nil, draft: nil))
    await again.load()
    #expect(again.writing.prompt == question.ask && again.writing.template == question.name)
    again.writing.text = "The lake."
    #expect(await again.save())
    let written = try #require(again.entry.value.flatMap { $0 })
    #expect(written.entry.prompt == question.ask && written.entry.template == question.name)
    #expect(again.writing.prompt == question.ask && !again.isChanged)
  }

  @Test("A template puts its headings below what stands there, and can be let go of")
  func template() async throws {
    let person = try await TestPerson("Sam", language: "de")
    let model = EntryEditorModel(person.services, .new(on: nil, draft: nil))
    await model.load()
    await model.offers.load()
    let template = try #require(model.offers.page.value?.templates.first)
    model.writing.text = "Zuerst das.\n"
    model.begin(with: template)
    #expect(model.writing.text == "Zuerst das.\n\n" + template.skeleton)
    model.offers.look(at: template)
    #expect(model.offers.looking == template.name)
    model.offers.look(at: template)
    #expect(model.offers.looking == nil)
    model.writeFreely()
    #expect(model.writing.template == nil && model.writing.text.hasPrefix("Zuerst das."))
    #expect(await model.save())
  }
}
