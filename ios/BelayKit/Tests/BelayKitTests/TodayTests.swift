import BelayCore
import BelayKit
import BelayTesting
import Testing

@MainActor
@Suite("Today")
struct TodayTests {
  @Test("An empty day invites to check in, and greets by the hour")
  func emptyDay() async throws {
    let person = try await TestPerson("Sam")
    let model = TodayModel(person.services)
    #expect(model.page.isLoading)
    await model.load()
    let page = try #require(model.page.value)
    #expect(page.checkIns.isEmpty && page.goals.isEmpty && page.partners.isEmpty)
    #expect(model.greeting == person.services.words.todayGreetingEvening)
    model.checkInNow()
    #expect(person.services.router.over == .checkIn(on: nil))
  }

  @Test("One tap says that a goal is done; it can be taken back at once and from its row")
  func goalDone() async throws {
    let person = try await TestPerson("Sam")
    _ = try await person.core.addGoal(
      new: NewGoal(title: "Walk by the river", schedule: .daily, audience: [:]))
    let model = TodayModel(person.services)
    await model.load()
    await model.log(try #require(model.page.value?.goals.first), .done)
    #expect(model.page.value?.goals.first?.today?.status == .done)
    await model.takeBack()
    #expect(model.page.value?.goals.first?.today == nil)
    await model.log(try #require(model.page.value?.goals.first), .skipped, reason: " a cold ")
    #expect(model.page.value?.goals.first?.today?.reason == "a cold")
    await model.open(try #require(model.page.value?.goals.first))
    #expect(model.page.value?.goals.first?.today == nil)
    #expect(model.undo == nil)
  }

  @Test("Why a goal is skipped is kept while it is typed, over the end of the app too, until it is saved")
  func skipReasonKept() async throws {
    let person = try await TestPerson("Sam")
    let walk = try await person.core.addGoal(
      new: NewGoal(title: "Walk by the river", schedule: .daily, audience: [:]))
    let model = TodayModel(person.services)
    await model.load()
    await model.askWhy(try #require(model.page.value?.goals.first))
    #expect(model.skipped == walk.name && model.skipping?.reason == "")
    model.skipping?.reason = "a cold, and the ra"
    await model.settle()
    try await person.restart()

    let again = TodayModel(person.services)
    await again.load()
    #expect(again.skipping == nil)
    let goal = try #require(again.page.value?.goals.first)
    await again.askWhy(goal)
    #expect(again.skipping?.reason == "a cold, and the ra")
    let page = GoalModel(person.services, walk.name)
    await page.load()
    await page.note(try #require(again.page.value?.on))
    #expect(page.writing?.reason == "a cold, and the ra" && page.writing?.status == .skipped)
    await page.settle()
    page.closeNote()
    again.stopSkipping()
    #expect(again.skipped == nil)
    await again.askWhy(goal)
    again.skipping?.reason = "a cold, and the rain"
    await again.skip(goal)
    #expect(again.skipped == nil && again.trouble == nil)
    #expect(again.page.value?.goals.first?.today?.reason == "a cold, and the rain")
    #expect(try await person.core.drafts().isEmpty)
  }

  @Test("A reason that cannot be saved stays typed")
  func skipReasonStays() async throws {
    let person = try await TestPerson("Sam")
    _ = try await person.core.addGoal(new: NewGoal(title: "Walk", schedule: .daily, audience: [:]))
    let today = try await person.core.today()
    let fake = FakeCore()
    fake.on("today") { today }
    fake.on("drafts") { [DraftView]() }
    fake.on("keepDraft") { Int64(1) }
    fake.refuse("logOutcome", .StorageFull)
    let model = TodayModel(Services(core: fake, language: "en", shell: person.shell))
    await model.load()
    let goal = try #require(model.page.value?.goals.first)
    await model.askWhy(goal)
    model.skipping?.reason = "a cold"
    await model.skip(goal)
    #expect(model.trouble?.code == "storage-full" && model.undo == nil)
    #expect(model.skipped == goal.name && model.skipping?.reason == "a cold")
    await model.settle()
  }

  @Test("What was logged before comes back when its change is taken back")
  func changeTakenBack() async throws {
    let person = try await TestPerson("Sam")
    let goal = try await person.core.addGoal(
      new: NewGoal(title: "Read", schedule: .daily, audience: [:]))
    _ = try await person.core.logOutcome(new: NewOutcome(goal: goal.name, status: .partly, note: "a page"))
    let model = TodayModel(person.services)
    await model.load()
    let partly = try #require(model.page.value?.goals.first)
    await model.log(partly, .done)
    #expect(model.page.value?.goals.first?.today?.status == .done)
    await model.takeBack()
    #expect(model.page.value?.goals.first?.today?.status == .partly)
    #expect(model.page.value?.goals.first?.today?.note == "a page")
  }

  @Test("The offer to take back goes by itself, and only the newest stands")
  func offerGoes() async throws {
    let person = try await TestPerson("Sam")
    for title in ["Walk", "Read"] {
      let goal = try await person.core.addGoal(new: NewGoal(title: title, schedule: .daily, audience: [:]))
      _ = try await person.core.logOutcome(new: NewOutcome(goal: goal.name, status: .partly))
    }
    let model = TodayModel(person.services)
    await model.load()
    let goals = try #require(model.page.value?.goals)
    await model.log(goals[0], .done)
    await model.log(goals[1], .done)
    try await waitUntil { person.shell.waiting == 2 }
    let before = try #require(goals[1].today)
    #expect(model.undo?.deed == .outcome(goal: goals[1].name, on: "2026-11-22", before: before))
    person.shell.passTime()
    try await waitUntil { model.undo == nil }
  }

  @Test("A page that could not be loaded says why and is loaded again")
  func failedThenReady() async throws {
    let person = try await TestPerson("Sam")
    let today = try await person.core.today()
    let fake = FakeCore()
    fake.refuse("today", .StorageFull)
    let model = TodayModel(Services(core: fake, language: "en", shell: person.shell))
    await model.load()
    #expect(model.page.problem?.way == .tryAgain)
    fake.on("today") { today }
    await model.retry()
    #expect(model.page.value == today)
    #expect(model.trouble == nil)
  }

  @Test("Content that is on the screen stays there when it cannot be refreshed")
  func contentStays() async throws {
    let person = try await TestPerson("Sam")
    let today = try await person.core.today()
    let fake = FakeCore()
    fake.on("today") { today }
    let model = TodayModel(Services(core: fake, language: "en", shell: person.shell))
    await model.load()
    fake.refuse("today", .Internal(code: "disk"))
    await model.load()
    #expect(model.page.value == today)
    #expect(model.trouble?.code == "internal")
  }

  @Test("A page that is left while it loads shows nothing of it and no trouble")
  func leftWhileLoading() async throws {
    let person = try await TestPerson("Sam")
    let today = try await person.core.today()
    let gate = Gate()
    let fake = FakeCore()
    fake.on("today") {
      await gate.pass()
      return today
    }
    let model = TodayModel(Services(core: fake, language: "en", shell: person.shell))
    let loading = Task { await model.load() }
    try await waitUntil { gate.waiting == 1 }
    loading.cancel()
    gate.open()
    await loading.value
    #expect(model.page.isLoading && model.trouble == nil)
  }
}

extension NewCheckIn {
  /// A short one.
  static func saying(mood: Mood? = nil, win: String? = nil) -> NewCheckIn {
    var new = NewCheckIn.blank
    new.mood = mood
    new.win = win
    return new
  }
}
