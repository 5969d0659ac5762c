import BelayCore
import BelayKit
import BelayTesting
import BelayWords
import SwiftUI
import Testing

@testable import BelayApp

/// Pages that lie one step deeper: the calendar, a goal, what a partner sees, a further phone.
@MainActor
@Suite struct DeeperPagesTests {
  @Test("each day of the calendar says all that its marks show, and none to come can be chosen")
  func eachDayOfTheCalendarSaysAll() async throws {
    let person = try await TestPerson("Mira")
    let words = person.services.words
    _ = try await person.core.writeEntry(
      new: NewEntry(text: "The lake.", on: "2026-11-20", tags: [], goals: []))
    _ = try await person.core.writeCheckIn(new: NewCheckIn(template: .free, mood: 4))
    let model = MonthModel(person.services, of: "2026-11-22")
    await model.load()
    let page = _Page(of: MonthScreen(model: model))
    let spoken = person.services.spoken
    page.press(spoken.day("2026-11-20") + ": " + words.journalEntries(count: 1))
    #expect(model.chosen == "2026-11-20")
    let today = [words.journalTodayMark, words.journalCheckIns(count: 1), words.moodsGood]
    #expect(page.control(spoken.day("2026-11-22") + ": " + today.joined(separator: ", ")) != nil)
    let tomorrow = spoken.day("2026-11-23") + ": " + words.journalNothingWritten
    #expect(page.control(tomorrow)?.isDisabled == true)
    let chosen = _Page(of: MonthScreen(model: model))
    chosen.press(words.journalWriteAbout(day: spoken.day("2026-11-20")))
    #expect(person.services.router.current == .newEntry(draft: nil, on: "2026-11-20"))
  }

  @Test("a day of a goal is noted, and says who sees it before it is saved")
  func aDayOfAGoalIsNoted() async throws {
    let person = try await TestPerson("Mira")
    let words = person.services.words
    let walk = try await person.core.addGoal(
      new: NewGoal(title: "Walk", schedule: .daily, audience: [:]))
    let model = GoalModel(person.services, walk.name)
    await model.load()
    await model.note("2026-11-22")
    let sheet = NoteDaySheet(model: model, day: "2026-11-22")
    #expect(_Page(of: sheet).control(words.goalsLogSave)?.isDisabled == true)
    _Page(of: sheet).press(words.outcomesPartly)
    #expect(_Page(of: sheet).said.contains(words.goalsLogSeenNobody))
    _Page(of: sheet).press(words.goalsLogSave)
    await eventually("the day is noted") { model.noted("2026-11-22")?.status == .partly }
    await eventually("the page says so") { model.said != nil }
    #expect(_Page(of: GoalScreen(model: model)).said.contains(words.outcomesPartly))
  }

  @Test("an entry names its day, its goals and the way to delete it")
  func anEntryNamesItsDayItsGoalsAndTheWayToDeleteIt() async throws {
    let person = try await TestPerson("Mira")
    let words = person.services.words
    let walk = try await person.core.addGoal(
      new: NewGoal(title: "Walk", schedule: .daily, audience: [:]))
    _ = try await person.core.writeEntry(new: NewEntry(text: "Rain.", tags: ["water"], goals: []))
    let entry = try await person.core.writeEntry(
      new: NewEntry(text: "The lake.", tags: [], goals: []))
    let model = EntryEditorModel(person.services, .change(entry.name))
    await model.load()
    let page = _Page(of: EntryScreen(model: model))
    #expect(page.said.contains(words.journalChooseDay))
    page.press("Walk")
    page.press("water")
    #expect(model.writing.goals == [walk.name] && model.writing.tags == ["water"])
    page.press(words.journalDelete)
    let journal = JournalModel(person.services)
    await eventually("the entry is deleted") { model.name == nil || model.trouble == nil }
    await journal.load()
    #expect(model.trouble == nil)
  }

  @Test("this day in other years stands below the present one, and opens")
  func thisDayInOtherYears() async throws {
    let person = try await TestPerson("Mira")
    let entry = try await person.core.writeEntry(
      new: NewEntry(text: "The first snow.", on: "2024-11-22", tags: [], goals: []))
    let model = TodayModel(person.services)
    await model.load()
    let page = _Page(of: TodayScreen(model: model))
    #expect(page.said.contains(person.services.words.todayYearsAgo(count: 2)))
    page.press("The first snow.")
    #expect(person.services.router.current == .entry(name: entry.name))
  }

  @Test("a further phone begins on the first page, and the four words stand alone on the screen")
  func aFurtherPhone() async throws {
    let person = try await TestPerson("Mira")
    let words = person.services.words
    var joins = false
    let first = OnboardingModel(door: person.door, problem: person.services.problem)
    let welcome = OnboardingScreen(
      model: first, words: words, made: { _ in }, joins: { joins = true }, restores: {})
    _Page(of: welcome).press(words.onboardingOtherDevice)
    #expect(joins)
    let fake = FakeCore()
    fake.on("joinAsOwnDevice") { ["river", "stone", "lamp", "wood"] }
    fake.on("shutdown") { true }
    let model = JoinModel(
      door: ScriptedDoor { $0.core = .success(fake) }, shell: person.shell,
      problem: person.services.problem)
    var entered = false
    let screen = JoinScreen(model: model, words: words, joined: { _, _ in entered = true }, back: {})
    #expect(_Page(of: screen).control(words.onboardingJoin)?.isDisabled == true)
    _Page(of: screen).type("belay:join", into: words.onboardingJoinTypeLabel)
    _Page(of: screen).press(words.onboardingJoin)
    await eventually("it has joined") { entered }
  }

  @Test("the app lock is chosen in settings, and stays as chosen")
  func theAppLockIsChosenInSettings() async throws {
    let person = try await TestPerson("Mira")
    let words = person.services.words
    var kept = false
    let app = AppModel(
      door: person.door, shell: person.shell, language: "en", locksApp: { kept },
      setLock: { kept = $0 })
    let model = SettingsModel(person.services)
    await model.load()
    let screen = SettingsScreen(model: model, app: app)
    #expect(_Page(of: screen).control(words.settingsAppLock)?.isSelected == false)
    _Page(of: screen).press(words.settingsAppLock)
    #expect(kept)
    #expect(
      _Page(of: SettingsScreen(model: model, app: app)).control(words.settingsAppLock)?.isSelected == true)
  }

  @Test("today is read from the greeting down to other years, and a goal that is done says so")
  func todayIsReadFromTheGreetingDown() async throws {
    let person = try await TestPerson("Mira")
    let words = person.services.words
    _ = try await person.core.writeEntry(
      new: NewEntry(text: "The first snow.", on: "2024-11-22", tags: [], goals: []))
    let walk = try await person.core.addGoal(
      new: NewGoal(title: "Walk", schedule: .daily, audience: [:]))
    _ = try await person.core.logOutcome(new: NewOutcome(goal: walk.name, status: .done))
    let model = TodayModel(person.services)
    await model.load()
    let page = _Page(of: TodayScreen(model: model))
    let order = [
      words.todayGreetingEvening, words.todayHowIsIt, words.todayGoalsTitle, words.todayRopeTitle,
      words.todayYearsTitle,
    ]
    let headings = page.nodes.filter { $0.kind == .heading }.map(\.label)
    #expect(headings.filter(order.contains) == order)
    #expect(page.control(words.todayGoalMarkDone(goal: "Walk"))?.isSelected == true)
  }

  @Test("who has not said age and terms is led there from the page of pairing")
  func whoHasNotSaidAgeAndTermsIsLedThere() async throws {
    let person = try await TestPerson("Mira")
    let words = person.services.words
    let model = PairingModel(person.services, .together)
    let screen = PairingScreen(model: model)
    _Page(of: screen).press(words.pairingShowCode)
    await eventually("something is missing") { model.needsMore }
    _Page(of: screen).press(words.pairingNeedsTitle)
    #expect(person.services.router.over == .agreement)
  }
}
