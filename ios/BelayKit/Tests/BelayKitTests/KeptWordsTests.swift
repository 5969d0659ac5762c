import BelayCore
import BelayTesting
import Testing

@testable import BelayKit

@MainActor
@Suite("What was typed and not written")
struct KeptWordsTests {
  @Test(
    "A draft is read as it was written, whatever stands in it",
    arguments: ["", "words", "---", "---\nkind: goal\n---\nwords", "a\n---\nb", "---\nno head", "🪢\n\n"])
  func thereAndBack(body: String) {
    var draft = KeptDraft()
    draft.body = body
    #expect(KeptDraft(draft.text) == draft)
    draft.add("title", "a: b --- c")
    draft.add("tag", "one")
    draft.add("tag", "")
    #expect(KeptDraft(draft.text) == draft)
  }

  @Test("A name of several lines is kept on one")
  func oneLine() {
    var draft = KeptDraft(of: "goal")
    draft.add("title", "Walk\nby the river")
    #expect(KeptDraft(draft.text)["title"] == ["Walk by the river"])
    #expect(KeptDraft(draft.text).kind == "goal")
  }

  @Test("All of an entry survives the end of the process, not its words alone")
  func wholeEntry() async throws {
    let person = try await TestPerson("Sam")
    let model = EntryEditorModel(person.services, .new(on: nil, draft: nil))
    await model.load()
    model.writing.title = "The lake"
    model.writing.mood = 4
    model.writing.on = "2026-11-20"
    model.writing.tag = "water"
    model.addTag()
    model.writing.tag = "half a w"
    await model.settle()
    try await person.restart()
    let journal = JournalModel(person.services)
    await journal.load()
    #expect(journal.drafts.map(\.words) == ["The lake"])
    let again = EntryEditorModel(
      person.services, .new(on: nil, draft: try #require(journal.drafts.first?.id)))
    await again.load()
    #expect(again.writing == model.writing && again.isChanged)
    #expect(again.writing.tag == "half a w")
    again.writing.text = "Quite still."
    #expect(await again.save())
    #expect(again.writing.tag.isEmpty && Set(again.writing.tags) == ["water", "half a w"])
    #expect(try await person.core.drafts().isEmpty)
  }

  @Test("A new entry goes on where the app was ended, and can be begun anew without losing that")
  func goesOn() async throws {
    let person = try await TestPerson("Sam")
    let model = EntryEditorModel(person.services, .new(on: nil, draft: nil))
    await model.load()
    #expect(!model.isBack)
    model.writing.text = "half a thought"
    await model.settle()
    try await person.restart()
    let again = EntryEditorModel(person.services, .new(on: nil, draft: nil))
    await again.load()
    #expect(again.isBack && again.writing.text == "half a thought")
    await again.beginAnew()
    #expect(!again.isBack && again.writing.text.isEmpty)
    again.writing.text = "another"
    await again.settle()
    #expect(try await person.core.drafts().map(\.text) == ["another", "half a thought"])
    #expect(await again.save())
    #expect(try await person.core.drafts().map(\.text) == ["half a thought"])
    let elsewhere = EntryEditorModel(person.services, .new(on: "2026-11-03", draft: nil))
    await elsewhere.load()
    #expect(!elsewhere.isBack && elsewhere.writing.on == "2026-11-03")
  }

  @Test("What is typed back to what stands there keeps no draft")
  func typedBack() async throws {
    let person = try await TestPerson("Sam")
    let entry = try await person.core.writeEntry(new: NewEntry(text: "first", tags: [], goals: []))
    let model = EntryEditorModel(person.services, .change(entry.name))
    await model.load()
    model.writing.text = "other"
    await model.settle()
    #expect(try await person.core.drafts().count == 1)
    model.writing.text = "first"
    await model.settle()
    #expect(try await person.core.drafts().isEmpty)
  }

  @Test("A goal that was being thought of is there again, shared with nobody, and stands in no journal")
  func goal() async throws {
    let person = try await TestPerson("Sam")
    let model = GoalEditorModel(person.services)
    await model.load()
    model.title = "Walk"
    model.why = "it clears\nthe head"
    model.choose([.monday, .friday])
    await model.settle()
    try await person.restart()
    let journal = JournalModel(person.services)
    await journal.load()
    #expect(journal.drafts.isEmpty)
    let again = GoalEditorModel(person.services)
    await again.load()
    #expect(again.title == "Walk" && again.why == "it clears\nthe head")
    #expect(again.days == [.monday, .friday] && again.audience.isEmpty)
    await again.save()
    #expect(again.saved?.goal.title == "Walk")
    #expect(try await person.core.drafts().isEmpty)
    let after = GoalEditorModel(person.services)
    await after.load()
    #expect(!after.isBegun)
  }

  @Test("Letting go of a goal that was being thought of leaves nothing of it")
  func goalLetGo() async throws {
    let person = try await TestPerson("Sam")
    let model = GoalEditorModel(person.services)
    await model.load()
    model.title = "Walk"
    await model.discard()
    #expect(!model.isBegun)
    #expect(try await person.core.drafts().isEmpty)
  }

  @Test("An answer that was being written is there again, and only for what it answers")
  func answer() async throws {
    let person = try await TestPerson("Sam")
    let model = PartnerModel(person.services, "s")
    let (one, other) = (String(repeating: "a", count: 26), String(repeating: "b", count: 26))
    await model.beginAnswer(to: one, .encouragement)
    model.text = "That took courage."
    await model.settle()
    try await person.restart()
    let again = PartnerModel(person.services, "s")
    await again.beginAnswer(to: other, .iHearYou)
    #expect(again.text.isEmpty)
    await again.putAnswerAway()
    await again.beginAnswer(to: one, .iHearYou)
    #expect(again.text == "That took courage." && again.kind == .encouragement)
    await again.putAnswerAway()
    #expect(try await person.core.drafts().count == 1)
    await again.beginAnswer(to: one, .iHearYou)
    await again.dropAnswer()
    #expect(try await person.core.drafts().isEmpty)
  }

  @Test("What was typed of a goal's day is there again on that day, and gone once it is saved")
  func goalDay() async throws {
    let person = try await TestPerson("Sam")
    let walk = try await person.core.addGoal(
      new: NewGoal(title: "Walk", schedule: .daily, audience: [:]))
    let model = GoalModel(person.services, walk.name)
    await model.load()
    await model.note("2026-11-22")
    model.writing?.status = .skipped
    model.writing?.reason = "ill"
    model.writing?.note = "and\ntired"
    await model.settle()
    try await person.restart()
    let again = GoalModel(person.services, walk.name)
    await again.load()
    await again.note("2026-11-21")
    #expect(again.writing?.status == nil && again.writing?.note == "")
    again.closeNote()
    await again.note("2026-11-22")
    #expect(again.writing?.status == .skipped && again.writing?.reason == "ill")
    #expect(again.writing?.note == "and\ntired")
    await again.save()
    #expect(again.noted("2026-11-22")?.reason == "ill")
    #expect(try await person.core.drafts().isEmpty)
  }

  @Test("One's own people that were typed and not saved are there again, whatever stands in a row")
  func ownPeople() async throws {
    let person = try await TestPerson("Sam")
    let model = OwnHelpersModel(person.services)
    await model.load()
    model.add()
    model.people[0] = TrustedPerson(
      name: "Mira: \t neighbour", channel: .text, address: "030", note: nil)
    model.add()
    await model.settle()
    try await person.restart()
    let again = OwnHelpersModel(person.services)
    await again.load()
    #expect(again.people.map(\.name) == ["Mira:   neighbour", ""])
    #expect(again.people.map(\.channel) == [.text, .call])
    again.remove(at: 1)
    await again.save()
    #expect(again.saved)
    #expect(try await person.core.drafts().isEmpty)
    #expect(TrustedPerson(line: "no person") == nil)
  }
}
