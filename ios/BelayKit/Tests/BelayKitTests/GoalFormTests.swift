import BelayCore
import BelayTesting
import Testing

@testable import BelayKit

@MainActor
@Suite("The whole form of a goal")
struct GoalFormTests {
  private func begin(_ person: TestPerson, _ write: (inout GoalWriting) -> Void) async -> GoalEditorModel {
    let editor = GoalEditorModel(person.services)
    await editor.load()
    editor.writing.title = "Read"
    write(&editor.writing)
    await editor.save()
    return editor
  }

  @Test("Every way to say how often comes back as it was chosen", arguments: GoalWriting.Often.allCases)
  func often(_ often: GoalWriting.Often) async throws {
    let person = try await TestPerson("Sam")
    let editor = await begin(person) {
      $0.often = often
      $0.days = [.monday, .friday]
      $0.perWeek = 2
      $0.perMonth = 6
      $0.everyDays = 3
      $0.add(date: "2026-12-24")
      $0.add(date: "2026-12-01")
      $0.add(date: "2026-12-24")
      $0.until = "2026-12-31"
    }
    let goal = try #require(editor.saved?.goal, "\(String(describing: editor.trouble))")
    let expected: Schedule =
      switch often {
      case .daily: .daily
      case .weekdays: .weekdays([.monday, .friday])
      case .timesPerWeek: .timesPerWeek(2)
      case .timesPerMonth: .timesPerMonth(6)
      case .everyDays: .everyDays(3)
      case .dates: .dates(["2026-12-01", "2026-12-24"])
      case .once: .onceUntil("2026-12-31")
      }
    #expect(goal.schedule == expected)
    #expect(GoalWriting(goal).often == often)
    #expect(!person.services.words.word(goal.schedule).isEmpty)
  }

  @Test("An amount is typed with a point or a comma, counted by the day, and summed up")
  func amounts() async throws {
    let person = try await TestPerson("Sam")
    let editor = await begin(person) {
      ($0.counting, $0.amount, $0.unit) = (.atLeast, "2,5", " hours ")
    }
    let goal = try #require(editor.saved, "\(String(describing: editor.trouble))")
    #expect(goal.goal.measure == .atLeast(amount: 2500, unit: "hours"))
    let model = GoalModel(person.services, goal.name)
    await model.load()
    await model.note("2026-11-22")
    model.writing?.amount = "1.25"
    await model.settle()
    await model.save()
    #expect(model.noted("2026-11-22")?.status == .partly && model.noted("2026-11-22")?.amount == 1250)
    #expect(model.said?.contains(person.services.words.outcomesPartly) == true)
    await model.note("2026-11-22")
    #expect(model.writing?.amount == "1.25")
    model.writing?.amount = "a lot"
    await model.save()
    #expect(model.trouble?.detail == "amount.not_an_amount" && model.writing?.amount == "a lot")
    model.writing?.amount = "3"
    await model.save()
    #expect(model.noted("2026-11-22")?.status == .done)
    #expect(model.page.value?.numbers.totalThousandths == 3000 && model.page.value?.numbers.doneDays == 1)
    #expect(person.services.spoken.amount(2500) == "2.5")
  }

  @Test(
    "What is no amount is refused, and what is one is read",
    arguments: [
      ("2", 2000), ("2.5", 2500), ("0,125", 125), (" 7 ", 7000), ("x", nil), ("", nil), ("1.2345", nil),
      ("-1", nil), ("1..2", nil),
    ]
      as [(String, Int64?)])
  func readAmounts(typed: String, thousandths: Int64?) {
    #expect((try? Amounts.thousandths(typed)) == thousandths)
    if let thousandths { #expect((try? Amounts.thousandths(Amounts.typed(thousandths))) == thousandths) }
  }

  @Test("Steps are reached one by one, and can be open again")
  func steps() async throws {
    let person = try await TestPerson("Sam")
    let editor = await begin(person) {
      $0.counting = .steps
      $0.step = "Find the form"
      $0.addStep()
      $0.step = "Send it"
    }
    let goal = try #require(editor.saved, "\(String(describing: editor.trouble))")
    let model = GoalModel(person.services, goal.name)
    await model.load()
    guard case .milestones(let steps)? = model.goal?.goal.measure else {
      Issue.record("it has no steps")
      return
    }
    #expect(steps.map(\.title) == ["Find the form", "Send it"])
    await model.reach(steps[1])
    guard case .milestones(let reached)? = model.goal?.goal.measure else {
      Issue.record("it has no steps")
      return
    }
    #expect(reached.map(\.reachedOn) == [nil, "2026-11-22"])
    await model.reach(reached[1])
    #expect(model.goal?.goal.measure == .milestones(steps) && model.trouble == nil)
  }

  @Test("Days since something are counted, and none is lost when counting begins anew")
  func daysSince() async throws {
    let person = try await TestPerson("Sam")
    let editor = await begin(person) { ($0.counting, $0.since) = (.daysSince, "2026-11-12") }
    let goal = try #require(editor.saved, "\(String(describing: editor.trouble))")
    let model = GoalModel(person.services, goal.name)
    await model.load()
    #expect(model.goal?.daysSince?.now == 10 && model.goal?.goal.schedule == nil)
    await model.beginToCountAnew()
    // The day on which it happened is no day without.
    #expect(
      model.goal?.daysSince == DaysSince(now: 0, longest: 9, total: 9),
      "\(String(describing: model.trouble))")
  }

  @Test("A goal is said anew with all that was said of it; what cannot be is refused and stays typed")
  func saidAnew() async throws {
    let person = try await TestPerson("Sam")
    let first = await begin(person) {
      ($0.why, $0.obstacle, $0.ifThis, $0.thenThat) = ("because", "rain", "it rains", "I read indoors")
      ($0.strengths, $0.resources, $0.area, $0.endsOn) = ("patience", "Jonas", .joy, "2026-12-31")
    }
    let goal = try #require(first.saved, "\(String(describing: first.trouble))")
    let editor = GoalEditorModel(person.services, goal.name)
    await editor.load()
    #expect(editor.writing == GoalWriting(goal.goal) && !editor.isBegun)
    editor.writing.endsOn = "2026-11-01"
    editor.writing.why = "because\nof the light"
    await editor.save()
    #expect(editor.saved == nil && editor.trouble?.detail == "ends_on.ends_before_it_starts")
    await editor.settle()
    try await person.restart()
    let other = GoalEditorModel(person.services)
    await other.load()
    #expect(!other.isBegun, "what was typed of one goal is not taken up for another")
    let again = GoalEditorModel(person.services, goal.name)
    await again.load()
    #expect(again.writing == editor.writing && again.isBegun)
    again.writing.endsOn = nil
    await again.save()
    #expect(again.saved?.goal.why == "because\nof the light" && again.saved?.goal.endsOn == nil)
    #expect(again.saved?.goal.thenThat == "I read indoors" && again.saved?.goal.area == .joy)
    #expect(try await person.core.drafts().isEmpty)
  }

  @Test("Whatever was typed is read as it was kept")
  func kept() {
    var writing = GoalWriting()
    writing.title = "Read \\n a lot"
    writing.obstacle = "rain\nand snow\\"
    writing.why = "because\n\nof the light"
    (writing.counting, writing.amount, writing.unit) = (.atMost, "2,", "cups")
    writing.steps = [Milestone(title: "a b"), Milestone(title: "c", reachedOn: "2026-11-20")]
    writing.dates = ["2026-11-20", "2026-11-21"]
    (writing.area, writing.perMonth, writing.often) = (.care, 9, .dates)
    (writing.since, writing.until) = ("2026-11-01", "2026-12-01")
    (writing.startsOn, writing.endsOn) = ("2026-11-02", "2026-12-02")
    #expect(GoalWriting(KeptDraft(writing.kept(about: "x").text)) == writing)
  }

  @Test("Days are paused for one goal or for all, ended, and taken away; two that overlap are refused")
  func pauses() async throws {
    let person = try await TestPerson("Sam")
    let goal = try #require(await begin(person) { _ in }.saved)
    for name in [goal.name, nil] {
      let model = PausesModel(person.services, name)
      await model.load()
      #expect(model.page.value?.isEmpty == true && !model.isPausedToday)
      model.reason = .ill
      await model.pause()
      #expect(model.isPausedToday && model.reason == nil && model.page.value?.first?.reason == .ill)
      #expect(try await person.core.goal(name: goal.name).pausedToday)
      await model.pause()
      #expect(model.trouble?.code == "invalid-input" && model.page.value?.count == 1)
      await model.resume()
      #expect(!model.isPausedToday)
      (model.first, model.last) = ("2026-12-24", "2026-12-31")
      await model.pause()
      await model.takeBack(try #require(model.page.value?.last))
      #expect(model.page.value?.contains { $0.first == "2026-12-24" } == false)
    }
  }

  @Test("A goal is put away and taken up again at one press; one is let go with what was learned")
  func ended() async throws {
    let person = try await TestPerson("Sam")
    let goal = try #require(await begin(person) { _ in }.saved)
    let router = person.services.router
    router.choose(.goals)
    router.go(.goal(name: goal.name))
    let model = GoalModel(person.services, goal.name)
    await model.load()
    await model.putAway()
    #expect(router[.goals].isEmpty && model.trouble == nil)
    try await person.services.undoing.takeBack()
    #expect(try await person.core.goals().count == 1)
    let leaving = LetGoModel(person.services, goal.name)
    await leaving.load()
    leaving.learned = "Evenings are\nfor rest."
    await leaving.settle()
    try await person.restart()
    let again = LetGoModel(person.services, goal.name)
    await again.load()
    #expect(again.learned == leaving.learned)
    await again.letGo()
    let away = PutAwayModel(person.services)
    await away.load()
    let gone = try #require(away.page.value?.first)
    #expect(gone.goal.letGo && gone.goal.learned == "Evenings are\nfor rest.")
    #expect(try await person.core.drafts().isEmpty)
    await away.takeUp(gone)
    #expect(away.page.value?.isEmpty == true)
  }
}
