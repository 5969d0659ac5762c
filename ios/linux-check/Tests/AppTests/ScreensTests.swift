import BelayCore
import BelayKit
import BelayTesting
import BelayWords
import SwiftUI
import Testing

@testable import BelayApp

/// The views over their models and the real core: what they say, and what their buttons do.
@MainActor
@Suite struct ScreensTests {
  @Test("today invites to one thing, and goes there")
  func todayInvitesToOneThingAndGoesThere() async throws {
    let person = try await TestPerson("Mira")
    let model = TodayModel(person.services)
    await model.load()
    let page = _Page(of: TodayScreen(model: model))
    page.press(person.services.words.todayCheckIn)
    #expect(person.services.router.over == .checkIn(on: nil))
    #expect(page.said.contains(person.services.words.todayRopeNobody))
  }

  @Test("a check-in is written with one mood and one line")
  func aCheckInIsWrittenWithOneMoodAndOneLine() async throws {
    let person = try await TestPerson("Mira")
    let words = person.services.words
    let model = CheckInModel(person.services, .new(on: nil))
    await model.load()
    _Page(of: CheckInScreen(model: model)).press(words.moodsGood)
    let win = try #require(
      model.page.value?.templates.first { $0.template == model.writing.template }?
        .questions.first { $0.field == .win }?.ask)
    _Page(of: CheckInScreen(model: model)).type("Called my sister.", into: win)
    _Page(of: CheckInScreen(model: model)).press(words.checkInSave)
    await eventually("the check-in is written") { model.saved != nil }
    #expect(model.saved?.checkIn.win == "Called my sister.")
    #expect(_Page(of: CheckInScreen(model: model)).said.contains(words.checkInSavedHere))
  }

  @Test("what was typed is back after the app was ended")
  func whatWasTypedIsBackAfterTheAppWasEnded() async throws {
    let person = try await TestPerson("Mira")
    var model = CheckInModel(person.services, .new(on: nil))
    await model.load()
    _Page(of: CheckInScreen(model: model)).press(person.services.words.moodsHard)
    await model.settle()
    try await person.restart()
    model = CheckInModel(person.services, .new(on: nil))
    await model.load()
    let page = _Page(of: CheckInScreen(model: model))
    #expect(page.control(person.services.words.moodsHard)?.isSelected == true)
  }

  @Test("an empty journal invites, and a written one is found again")
  func anEmptyJournalInvitesAndAWrittenOneIsFoundAgain() async throws {
    let person = try await TestPerson()
    let words = person.services.words
    let journal = JournalModel(person.services)
    await journal.load()
    #expect(_Page(of: JournalScreen(model: journal)).said.contains(words.journalEmptyTitle))
    let entry = EntryEditorModel(person.services, .new(on: nil, draft: nil))
    await entry.load()
    _Page(of: EntryScreen(model: entry)).type(
      "The lake was quite still.", into: words.journalEntryBody)
    _Page(of: EntryScreen(model: entry)).press(words.journalSave)
    await eventually("the entry is written") { entry.name != nil }
    await journal.load()
    #expect(_Page(of: JournalScreen(model: journal)).said.contains("The lake was quite still."))
  }

  @Test("a goal begins with a name and stands in the list")
  func aGoalBeginsWithANameAndStandsInTheList() async throws {
    let person = try await TestPerson()
    let words = person.services.words
    let editor = GoalEditorModel(person.services)
    _Page(of: GoalEditorScreen(model: editor)).type("Walk a little", into: words.goalsEditWhat)
    _Page(of: GoalEditorScreen(model: editor)).press(words.goalsEditSave)
    await eventually("the goal is there") { editor.saved != nil }
    let goals = GoalsModel(person.services)
    await goals.load()
    #expect(_Page(of: GoalsScreen(model: goals)).said.contains("Walk a little"))
  }

  @Test("what cannot be shown is said with what is safe, and can be tried again")
  func whatCannotBeShownIsSaidWithWhatIsSafeAndCanBeTriedAgain() async throws {
    let person = try await TestPerson()
    let model = TodayModel(person.services)
    model.page = .failed(Problem(BelayError.StorageFull, person.services.words))
    let page = _Page(of: TodayScreen(model: model))
    page.press(person.services.words.commonTryAgain)
    await eventually("the day is there") { model.page.value != nil }
  }

  @Test("a page that is still coming says nothing at first")
  func aPageThatIsStillComingSaysNothingAtFirst() async throws {
    let person = try await TestPerson()
    let page = _Page(of: TodayScreen(model: TodayModel(person.services)))
    #expect(page.nodes.isEmpty)
  }

  @Test("deleting everything needs a yes before its button can be pressed")
  func deletingEverythingNeedsAYesBeforeItsButtonCanBePressed() async throws {
    let person = try await TestPerson()
    let model = DeleteEverythingModel(person.services, left: {})
    let words = person.services.words
    let page = _Page(of: DeleteEverythingScreen(model: model))
    #expect(page.control(words.settingsDeleteYes)?.isDisabled == true)
    #expect(page.control(words.settingsDeleteNo)?.isDisabled == false)
  }

  @Test("help while locked shows the country's numbers and hides one's own people")
  func helpWhileLockedShowsTheCountrysNumbersAndHidesOnesOwnPeople() async throws {
    let person = try await TestPerson()
    person.shell.region = "IE"
    let host = TestHost(folder: person.folder.file("store"), shell: person.shell)
    let model = host.lockedHelp()
    await model.load()
    let page = _Page(of: HelpNowScreen(model: model))
    #expect(page.said.contains(model.words.helpOwnHiddenLocked))
    let emergency = try #require(model.page.value?.emergency.first)
    page.press(model.words.helpCallNumber(number: emergency.address))
    #expect(person.shell.reached.count == 1)
  }

  @Test("every page names every control, in every language", arguments: ["en", "de", "es"])
  func everyPageNamesEveryControlInEveryLanguage(language: String) async throws {
    let person = try await TestPerson("Mira", language: language)
    let services = person.services
    for (name, page) in try await everyPage(person) {
      _Page(of: page).expectNamed("\(name), \(services.language)")
    }
  }

  private func joinScreen(_ person: TestPerson) -> JoinScreen {
    let model = JoinModel(
      door: person.door, shell: person.shell, problem: person.services.problem)
    return JoinScreen(
      model: model, words: person.services.words, joined: { _, _ in }, back: {})
  }

  /// Every page of the app, loaded.
  private func everyPage(_ person: TestPerson) async throws -> [(String, AnyView)] {
    let services = person.services
    let today = TodayModel(services)
    let checkIn = CheckInModel(services, .new(on: nil))
    let journal = JournalModel(services)
    let entry = EntryEditorModel(services, .new(on: nil, draft: nil))
    let deleted = DeletedEntriesModel(services)
    let goals = GoalsModel(services)
    let walk = try await person.core.addGoal(
      new: NewGoal(title: "Walk a little", schedule: .daily, why: "it clears the head", audience: [:]))
    let goal = GoalModel(services, walk.name)
    let month = MonthModel(services, of: "2026-11-22")
    let people = PeopleModel(services)
    let settings = SettingsModel(services)
    let app = AppModel(door: person.door, shell: person.shell, language: services.language)
    let devices = OwnDevicesModel(services)
    let recovery = RecoveryWordsModel(services)
    let check = SelfCheckModel(services)
    let own = OwnHelpersModel(services)
    await today.load()
    await checkIn.load()
    await journal.load()
    await entry.load()
    await deleted.load()
    await goals.load()
    await goal.load()
    await goal.note("2026-11-21")
    await month.load()
    await people.load()
    await settings.load()
    await devices.load()
    await recovery.load()
    await check.load()
    await own.load()
    own.add()
    return [
      ("today", AnyView(TodayScreen(model: today))),
      ("check-in", AnyView(CheckInScreen(model: checkIn))),
      ("journal", AnyView(JournalScreen(model: journal))),
      ("entry", AnyView(EntryScreen(model: entry))),
      ("deleted entries", AnyView(DeletedEntriesScreen(model: deleted))),
      ("goals", AnyView(GoalsScreen(model: goals))),
      ("goal", AnyView(GoalScreen(model: goal))),
      ("a day of a goal", AnyView(NoteDaySheet(model: goal, day: "2026-11-21"))),
      ("month", AnyView(MonthScreen(model: month))),
      ("own further phone", AnyView(joinScreen(person))),
      ("goal editor", AnyView(GoalEditorScreen(model: GoalEditorModel(services)))),
      ("people", AnyView(PeopleScreen(model: people))),
      ("agreement", AnyView(AgreementScreen(model: AgreementModel(services)))),
      ("pairing", AnyView(PairingScreen(model: PairingModel(services, nil)))),
      ("together", AnyView(PairingScreen(model: PairingModel(services, .together)))),
      ("apart", AnyView(PairingScreen(model: PairingModel(services, .apart)))),
      ("settings", AnyView(SettingsScreen(model: settings, app: app))),
      ("own devices", AnyView(OwnDevicesScreen(model: devices))),
      ("recovery words", AnyView(RecoveryWordsScreen(model: recovery))),
      ("self-check", AnyView(SelfCheckScreen(model: check))),
      ("own people", AnyView(OwnHelpersScreen(model: own))),
    ]
  }
}
