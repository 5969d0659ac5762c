import BelayCore
import BelayKit
import BelayTesting
import Testing

@MainActor
@Suite("The editor")
struct EntryEditorTests {
  private func editor(_ person: TestPerson, _ target: EntryEditorModel.Target) async -> EntryEditorModel {
    let model = EntryEditorModel(person.services, target)
    await model.load()
    return model
  }

  @Test("A new entry keeps all that was given, in any script")
  func newEntry() async throws {
    let person = try await TestPerson("Sam")
    let model = await editor(person, .new(on: "2026-11-19", draft: nil))
    model.writing.title = "Fluß 🛶"
    model.writing.text = "# Überschrift\n\nשלום, 你好"
    model.writing.mood = 4
    for tag in [" water ", "water", "  "] {
      model.writing.tag = tag
      model.addTag()
    }
    #expect(model.isChanged)
    #expect(await model.save())
    #expect(!model.isChanged)
    let entry = try await person.core.entry(name: try #require(model.name))
    #expect(entry.entry.title == "Fluß 🛶")
    #expect(entry.entry.text == "# Überschrift\n\nשלום, 你好")
    #expect(entry.entry.on == "2026-11-19" && entry.late)
    #expect(entry.entry.mood == 4)
    #expect(entry.entry.tags == ["water"])
  }

  @Test("What is typed is kept with every keystroke and offered again after a kill, once")
  func draftKept() async throws {
    let person = try await TestPerson("Sam")
    let model = await editor(person, .new(on: nil, draft: nil))
    for end in 1...9 { model.writing.text = String("Dear diary".prefix(end)) }
    await model.settle()
    try await person.restart()
    let drafts = try await person.core.drafts()
    #expect(drafts.map(\.text) == ["Dear diar"])
    let again = await editor(person, .new(on: nil, draft: drafts[0].id))
    #expect(again.writing.text == "Dear diar" && again.isChanged)
    again.writing.text += "y"
    #expect(await again.save())
    #expect(try await person.core.drafts().isEmpty)
  }

  @Test("An unfinished change of an entry is offered again with the entry")
  func changeKept() async throws {
    let person = try await TestPerson("Sam")
    let entry = try await person.core.writeEntry(new: NewEntry(text: "first", tags: ["a"], goals: []))
    let model = await editor(person, .change(entry.name))
    model.writing.text = "first and second"
    await model.settle()
    try await person.restart()
    let again = await editor(person, .change(entry.name))
    #expect(again.writing.text == "first and second" && again.isChanged)
    #expect(again.writing.tags == ["a"])
    await again.discard()
    #expect(again.writing.text == "first" && !again.isChanged)
    #expect(try await person.core.drafts().isEmpty)
  }

  @Test("What was typed before another device changed the entry is not laid over it, and can be put below")
  func typedBefore() async throws {
    let person = try await TestPerson("Sam")
    let entry = try await person.core.writeEntry(new: NewEntry(text: "first", tags: [], goals: []))
    let model = await editor(person, .change(entry.name))
    model.writing.text = "first and second"
    await model.settle()
    try await person.restart()
    person.clock.advance(minutes: 5)
    _ = try await person.core.editEntry(
      name: entry.name, edit: EntryEdit(text: TextChange(before: "first", after: "first, told anew")))
    let again = await editor(person, .change(entry.name))
    #expect(again.writing.text == "first, told anew" && !again.isChanged && !again.isBack)
    #expect(again.behind == "first and second")
    again.leaveBehind()
    again.writing.text += "!"
    await again.settle()
    #expect(try await person.core.drafts().count == 2)
    let later = await editor(person, .change(entry.name))
    #expect(later.writing.text == "first, told anew!" && later.behind == "first and second")
    await later.append()
    #expect(later.behind == nil && later.writing.text == "first, told anew!\n\nfirst and second")
    #expect(await later.save())
    let text = try await person.core.entry(name: entry.name).entry.text
    #expect(text == "first, told anew!\n\nfirst and second")
    #expect(try await person.core.drafts().isEmpty)
  }

  @Test("An entry that was just written is deleted from its page, and can be brought back at once")
  func deletedAtOnce() async throws {
    let person = try await TestPerson("Sam")
    let router = person.services.router
    router.choose(.journal)
    router.go(.newEntry(draft: nil, on: nil))
    let model = await editor(person, .new(on: nil, draft: nil))
    model.writing.text = "too soon"
    #expect(await model.save())
    let name = try #require(model.name)
    #expect(router.current == .entry(name: name))
    await model.delete()
    #expect(router.current == nil)
    let journal = JournalModel(person.services)
    await journal.load()
    #expect(journal.months.isEmpty && journal.undo != nil)
    await journal.takeBack()
    #expect(journal.undo == nil)
    #expect(try await person.core.entry(name: name).entry.text == "too soon")
  }

  @Test("Only what was changed is written, and a title and a mood can be taken away")
  func onlyChanges() async throws {
    let person = try await TestPerson("Sam")
    let entry = try await person.core.writeEntry(
      new: NewEntry(text: "body", title: "Title", tags: ["a"], mood: 2, goals: []))
    let model = await editor(person, .change(entry.name))
    model.writing.title = ""
    model.writing.mood = nil
    // Another page of the same phone writes into the text meanwhile.
    _ = try await person.core.editEntry(
      name: entry.name, edit: EntryEdit(text: TextChange(before: "body", after: "body and soul")))
    #expect(await model.save())
    let after = try await person.core.entry(name: entry.name).entry
    #expect(after.title == nil && after.mood == nil)
    #expect(after.text == "body and soul" && after.tags == ["a"])
    #expect(model.writing.text == "body and soul")
  }

  @Test("An empty entry is refused, and what was typed besides stays")
  func refused() async throws {
    let person = try await TestPerson("Sam")
    let model = await editor(person, .new(on: nil, draft: nil))
    model.writing.title = String(repeating: "long ", count: 100)
    model.writing.text = "words"
    #expect(await !model.save())
    #expect(model.trouble?.way == .change(field: "title"))
    #expect(model.writing.text == "words" && model.name == nil)
    await model.settle()
    let kept = try await person.core.drafts().map(\.text)
    #expect(kept.count == 1 && kept[0].hasSuffix("\nwords") && kept[0].contains("long long"))
  }

  @Test("An entry that is deleted goes from its page, and its unfinished change with it")
  func deleted() async throws {
    let person = try await TestPerson("Sam")
    let entry = try await person.core.writeEntry(new: NewEntry(text: "x", tags: [], goals: []))
    person.services.router.go(.entry(name: entry.name))
    let model = await editor(person, .change(entry.name))
    model.writing.text = "xy"
    await model.delete()
    #expect(person.services.router.current == nil && model.trouble == nil)
    #expect(try await person.core.drafts().isEmpty)
    #expect(try await person.core.deletedEntries().map(\.entry.name) == [entry.name])
  }

  @Test("An entry says which goals it is about")
  func goals() async throws {
    let person = try await TestPerson("Sam")
    let goal = try await person.core.addGoal(
      new: NewGoal(title: "Walk", schedule: .daily, audience: [:]))
    let model = await editor(person, .new(on: nil, draft: nil))
    #expect(model.form?.goals.map(\.name) == [goal.name])
    model.toggle(goal: goal.name)
    model.writing.text = "by the river"
    #expect(await model.save())
    #expect(model.entry.value??.entry.goals == [goal.name])
    model.toggle(goal: goal.name)
    #expect(await model.save())
    #expect(model.entry.value??.entry.goals == [])
  }

  @Test("An entry that is gone says so")
  func gone() async throws {
    let person = try await TestPerson("Sam")
    let entry = try await person.core.writeEntry(new: NewEntry(text: "x", tags: [], goals: []))
    _ = try await person.core.deleteEntry(name: entry.name)
    _ = try await person.core.eraseEntry(name: entry.name)
    let model = await editor(person, .change(entry.name))
    #expect(model.entry.problem?.way == .back)
  }

  @Test("A text longer than an entry may be is refused without losing it")
  func long() async throws {
    let person = try await TestPerson("Sam")
    let model = await editor(person, .new(on: nil, draft: nil))
    let long = String(repeating: "a", count: 1024 * 1024 + 1)
    model.writing.text = long
    #expect(await !model.save())
    #expect(model.trouble?.detail == "entry.too_many_bytes")
    #expect(model.writing.text == long)
    await model.settle()
    #expect(try await person.core.drafts().map(\.text.count) == [long.count])
    model.writing.text = "shorter"
    #expect(await model.save())
    #expect(try await person.core.drafts().isEmpty)
  }
}
