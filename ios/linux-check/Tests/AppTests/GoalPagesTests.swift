import BelayCore
import BelayKit
import BelayTesting
import BelayWords
import SwiftUI
import Testing

@testable import BelayApp

/// The form of a goal, its numbers, its pauses and its end, as the pages say it.
@MainActor
@Suite struct GoalPagesTests {
  @Test("the form says the whole language of goals, and names every control", arguments: ["en", "de", "es"])
  func theForm(language: String) async throws {
    let person = try await TestPerson("Sam", language: language)
    let words = person.services.words
    let model = GoalEditorModel(person.services)
    await model.load()
    let screen = GoalEditorScreen(model: model)
    for counting in GoalWriting.Counting.allCases {
      _Page(of: screen).press(words.word(counting))
      #expect(model.writing.counting == counting)
      _Page(of: screen).expectNamed("a goal that counts \(counting), \(language)")
    }
    #expect(!_Page(of: screen).said.contains(words.goalsEditWhen), "days since have no schedule")
    _Page(of: screen).press(words.goalFormCountsYesNo)
    for often in GoalWriting.Often.allCases {
      _Page(of: screen).press(words.word(often))
      #expect(model.writing.often == often)
      _Page(of: screen).expectNamed("a goal that is due \(often), \(language)")
    }
    _Page(of: screen).press(words.goalFormOftenWeek)
    _Page(of: screen).press(words.goalFormOftener)
    #expect(_Page(of: screen).said.contains(words.goalsScheduleWeek(count: 4)))
    model.writing.perWeek = 7
    #expect(_Page(of: screen).control(words.goalFormOftener)?.isDisabled == true)
    _Page(of: GoalHelpFields(model: model)).expectNamed("what helps, \(language)")
    _Page(of: GoalHelpFields(model: model)).press(words.goalFormAreaJoy)
    _Page(of: GoalHelpFields(model: model)).press(words.goalFormLastDayChoose)
    #expect(model.writing.area == .joy && model.writing.endsOn == model.today)
  }

  @Test(
    "a goal shows its plan, its amounts and all its days, and is paused, changed and let go from its page")
  func thePage() async throws {
    let person = try await TestPerson("Sam")
    let words = person.services.words
    var new = NewGoal(title: "Read", schedule: .timesPerWeek(3), why: nil, audience: [:])
    (new.measure, new.ifThis, new.thenThat) = (.atLeast(amount: 20_000, unit: "pages"), "it rains", "I read")
    let goal = try await person.core.addGoal(new: new)
    var read = NewOutcome(goal: goal.name, status: .done)
    read.amount = 25_000
    _ = try await person.core.logOutcome(new: read)
    let model = GoalModel(person.services, goal.name)
    await model.load()
    let page = _Page(of: GoalScreen(model: model))
    page.expectNamed("goal")
    for said in [
      words.goalFormAtLeast(amount: "20", unit: "pages"),
      words.goalFormPlanIf(cause: "it rains", deed: "I read"),
      words.goalFormNumbersDone(count: 1), words.goalFormNumbersTotal(amount: "25", unit: "pages"),
      words.goalsScheduleWeek(count: 3),
    ] { #expect(page.said.contains(said), "\(said)") }
    page.press(words.goalFormTitleEdit)
    #expect(person.services.router.over == .goalEditor(name: goal.name))
    person.services.router.back()
    page.press(words.goalFormPausesOne)
    #expect(person.services.router.current == .pauses(goal: goal.name))
    page.press(words.goalFormPutAway)
    await eventually("it is put away") { person.services.undoing.offer != nil }
    let away = PutAwayModel(person.services)
    await away.load()
    let awayPage = _Page(of: PutAwayScreen(model: away))
    awayPage.expectNamed("put away")
    awayPage.press(words.goalFormTakeUp)
    await eventually("it is taken up") { away.page.value?.isEmpty == true }
    #expect(_Page(of: PutAwayScreen(model: away)).said.contains(words.goalFormAwayNone))
    let letGo = LetGoModel(person.services, goal.name)
    _Page(of: LetGoSheet(model: letGo, close: {})).expectNamed("letting go")
  }

  @Test("pauses say their days and why, and can be ended and taken away")
  func thePauses() async throws {
    let person = try await TestPerson("Sam")
    let words = person.services.words
    let goals = GoalsModel(person.services)
    _ = try await person.core.addGoal(new: NewGoal(title: "Walk", schedule: .daily, audience: [:]))
    await goals.load()
    _Page(of: GoalsScreen(model: goals)).press(words.goalFormPausesEverything)
    #expect(person.services.router.current == .pauses(goal: nil))
    let model = PausesModel(person.services, nil)
    await model.load()
    let screen = PausesScreen(model: model)
    _Page(of: screen).press(words.goalFormPauseHoliday)
    _Page(of: screen).press(words.goalFormPauseBegin)
    await eventually("it is paused") { model.isPausedToday && !model.saving }
    let page = _Page(of: screen)
    page.expectNamed("pauses")
    let pause = try #require(model.page.value?.first)
    #expect(page.said.contains(words.sentence(pause, person.services.spoken)))
    await goals.load()
    #expect(_Page(of: GoalsScreen(model: goals)).said.contains(words.goalFormPausedToday))
    page.press(words.goalFormPauseTakeBack)
    await eventually("it is taken away") { model.page.value?.isEmpty == true }
  }
}
