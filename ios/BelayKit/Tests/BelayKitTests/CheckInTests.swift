import BelayCore
import BelayKit
import BelayTesting
import Testing

@MainActor
@Suite("Check in")
struct CheckInTests {
  private func form(
    _ person: TestPerson, _ target: CheckInModel.Target = .new(on: nil)
  ) async -> CheckInModel {
    let model = CheckInModel(person.services, target)
    await model.load()
    return model
  }

  @Test("A mood alone is enough, and the page says where it is saved")
  func moodAlone() async throws {
    let person = try await TestPerson("Sam")
    let model = await form(person)
    model.choose(mood: 4)
    await model.save()
    let saved = try #require(model.saved)
    #expect(saved.checkIn.mood == 4)
    #expect(saved.sharedWith.isEmpty)
    #expect(try await person.core.today().checkIns.map(\.name) == [saved.name])
  }

  @Test("Nothing said is refused kindly, and what is typed afterwards is saved")
  func nothingSaid() async throws {
    let person = try await TestPerson("Sam")
    let model = await form(person)
    await model.save()
    #expect(model.saved == nil)
    #expect(model.trouble?.way == .change(field: "check_in"))
    model.writing.winText = "cooked for two"
    await model.save()
    #expect(model.saved?.checkIn.win == "cooked for two")
    #expect(model.trouble == nil)
  }

  @Test("Everything typed survives the end of the process, goals and feelings too")
  func draftSurvives() async throws {
    let person = try await TestPerson("Sam")
    let goal = try await person.core.addGoal(
      new: NewGoal(title: "Walk", schedule: .daily, audience: [:]))
    let model = await form(person)
    model.choose(mood: 2)
    model.toggle(.drained)
    model.toggle(.hopeful)
    model.toggle(.drained)
    model.choose(need: .justListen)
    model.log(goal.name, .skipped, reason: "rain")
    for end in 1...12 { model.writing.struggleText = String("a long day".prefix(end)) }
    await model.settle()
    try await person.restart()
    let again = await form(person)
    #expect(again.writing.mood == 2)
    #expect(again.writing.emotions == [.hopeful])
    #expect(again.writing.need == .justListen)
    #expect(again.writing.outcomes.map(\.reason) == ["rain"])
    #expect(again.writing.struggleText == "a long day")
    await again.save()
    #expect(again.saved != nil)
    let after = await form(person)
    #expect(after.writing.struggle == nil && after.writing.mood == nil)
  }

  @Test("A check-in stays about the day it was begun on when midnight passes and the zone changes")
  func dayStays() async throws {
    let person = try await TestPerson("Sam")
    let model = await form(person)
    model.choose(mood: 3)
    person.clock.advance(hours: 5)
    person.clock.travel(to: "Pacific/Auckland")
    await model.load()
    await model.save()
    #expect(model.saved?.checkIn.on == "2026-11-22")
    #expect(model.saved?.late == true)
  }

  @Test("A text that is too long is refused, stays typed, and its draft is kept")
  func tooLong() async throws {
    let person = try await TestPerson("Sam")
    let model = await form(person)
    let long = String(repeating: "so long ", count: 300)
    model.writing.winText = long
    await model.save()
    #expect(model.trouble?.detail == "win.too_many_characters")
    #expect(model.writing.winText == long)
    await model.settle()
    try await person.restart()
    #expect(await form(person).writing.winText == long)
  }

  @Test("A full phone loses nothing that was typed")
  func fullPhone() async throws {
    let person = try await TestPerson("Sam")
    let page = try await person.core.checkInForm(on: nil, about: nil, language: "en")
    let fake = FakeCore()
    fake.on("checkInForm") { page }
    fake.on("previewCheckIn") { [PreviewView]() }
    fake.refuse("writeCheckIn", .StorageFull)
    fake.refuse("keepCheckInDraft", .StorageFull)
    let model = CheckInModel(Services(core: fake, language: "en", shell: person.shell), .new(on: nil))
    await model.load()
    model.writing.planText = "call the doctor"
    await model.settle()
    #expect(model.trouble?.code == "storage-full")
    await model.save()
    await model.settle()
    #expect(model.saved == nil && model.writing.planText == "call the doctor")
    #expect(model.trouble?.code == "storage-full")
  }

  @Test("No draft is kept behind the back of a check-in that was written")
  func noDraftAfterSaving() async throws {
    let person = try await TestPerson("Sam")
    let model = await form(person)
    for end in 1...20 { model.writing.noteText = String(repeating: "x", count: end) }
    await model.save()
    await model.settle()
    #expect(try await person.core.today().drafts.isEmpty)
  }

  @Test("A second tap on save writes nothing twice")
  func savedOnce() async throws {
    let person = try await TestPerson("Sam")
    let model = await form(person)
    model.choose(mood: 5)
    async let first: Void = model.save()
    async let second: Void = model.save()
    _ = await (first, second)
    await model.save()
    #expect(try await person.core.today().checkIns.count == 1)
  }

  @Test("A change begins with what was said, and says that it is one")
  func changing() async throws {
    let person = try await TestPerson("Sam")
    let written = try await person.core.writeCheckIn(new: .saying(mood: 2, win: "got up"))
    person.clock.advance(minutes: 5)
    let model = await form(person, .edit(written.name))
    #expect(model.writing.mood == 2 && model.writing.winText == "got up")
    model.writing.winText = "got up and walked"
    await model.save()
    #expect(model.saved?.name == written.name)
    #expect(model.saved?.checkIn.win == "got up and walked")
    #expect(try await person.core.today().checkIns.count == 1)
  }

  @Test("Taking back brings what was typed back onto the page and keeps it")
  func takenBack() async throws {
    let person = try await TestPerson("Sam")
    let model = await form(person)
    model.writing.winText = "sang"
    await model.save()
    await model.undo()
    #expect(model.saved == nil && model.writing.winText == "sang")
    #expect(try await person.core.today().checkIns.isEmpty)
    await model.settle()
    try await person.restart()
    #expect(await form(person).writing.winText == "sang")
  }

  @Test("A change that was saved offers no undo, which would take the whole check-in from everybody")
  func changeStays() async throws {
    let person = try await TestPerson("Sam")
    let written = try await person.core.writeCheckIn(new: .saying(mood: 2, win: "got up"))
    let model = await form(person, .edit(written.name))
    model.writing.winText = "got up and walked"
    await model.save()
    #expect(model.saved != nil && !model.canUndo)
    await model.undo()
    #expect(try await person.core.today().checkIns.map(\.checkIn.win) == ["got up and walked"])
    let new = await form(person)
    new.choose(mood: 4)
    #expect(!new.canUndo)
    await new.save()
    #expect(new.canUndo)
  }

  @Test("Starting again leaves an empty page and no draft")
  func startedAgain() async throws {
    let person = try await TestPerson("Sam")
    let model = await form(person)
    model.writing.winText = "no"
    await model.discard()
    #expect(try await person.core.today().drafts.isEmpty)
    #expect(await form(person).writing.win == nil)
  }

  @Test("Whoever is not shared with sees nothing, and there is nothing to preview")
  func nobody() async throws {
    let person = try await TestPerson("Sam")
    let model = await form(person)
    model.choose(mood: 1)
    await model.settle()
    #expect(model.previews.isEmpty)
  }

  @Test("The same word twice is chosen and dropped; the same outcome twice is said and unsaid")
  func choosing() async throws {
    let person = try await TestPerson("Sam")
    let goal = try await person.core.addGoal(
      new: NewGoal(title: "Walk", schedule: .daily, audience: [:]))
    let model = await form(person)
    model.choose(mood: 3)
    model.choose(mood: 3)
    model.choose(need: .askMe)
    model.choose(need: .askMe)
    model.log(goal.name, .done)
    #expect(model.page.value?.goals.first.flatMap(model.status) == .done)
    model.log(goal.name, .done)
    model.log(goal.name, .partly)
    model.log(goal.name, .partly)
    #expect(model.writing.mood == nil && model.writing.need == nil && model.writing.outcomes.isEmpty)
  }
}
