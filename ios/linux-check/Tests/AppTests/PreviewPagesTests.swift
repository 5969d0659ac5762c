import BelayCore
import BelayKit
import BelayTesting
import BelayWords
import SwiftUI
import Testing

@testable import BelayApp

/// What partners will see, as the pages draw it.
@MainActor
@Suite struct PreviewPagesTests {
  private static let mira = String(repeating: "a", count: 32)
  private static let nine = SharedMoment(
    atMs: 0, offsetSeconds: 0, localTime: "2026-11-22T21:00:00")

  @Test("the preview shows what came of a goal, with its words, also without a check-in")
  func thePreviewShowsWhatCameOfAGoal() async throws {
    let person = try await TestPerson("Sam")
    let words = person.services.words
    let outcome = SharedOutcome(
      on: "2026-11-22", status: .skipped, late: false, written: Self.nine,
      note: "in bed", reason: "a cold")
    let seen = PreviewView(
      space: Self.mira, partner: "Mira", fields: [], checkIn: nil,
      outcomes: [OutcomePreviewView(goalTitle: "Walk", outcome: outcome)])
    let page = try await person.core.checkInForm(on: nil, about: nil, language: "en")
    let fake = FakeCore()
    fake.on("checkInForm") { page }
    fake.on("previewCheckIn") { [seen] }
    let model = CheckInModel(Services(core: fake, language: "en", shell: person.shell), .new(on: nil))
    await model.load()
    let partner = FormPartnerView(
      space: Self.mira, name: "Mira", usualFields: [], presentFields: nil, paused: false,
      wordsDiffer: false)
    let said = _Page(of: CheckInPreview(model: model, partner: partner)).said
    #expect(!said.contains(words.checkInPreviewNothing(name: "Mira")))
    for part in ["Walk", words.outcomesSkipped, "a cold", "in bed"] { #expect(said.contains(part)) }
  }

  @Test("energy and other questions are chosen on the page")
  func energyAndOtherQuestions() async throws {
    let person = try await TestPerson("Sam")
    let words = person.services.words
    let model = CheckInModel(person.services, .new(on: nil))
    await model.load()
    _Page(of: CheckInScreen(model: model)).press(words.energiesLow)
    #expect(model.writing.energy == 2)
    _Page(of: CheckInScreen(model: model)).press(words.templatesEvening)
    #expect(model.writing.template == .evening)
  }

  @Test("every check-in of a day stands on it, and each can be changed")
  func everyCheckInOfADay() async throws {
    let person = try await TestPerson("Sam")
    for win in ["the lake", "the letter"] {
      _ = try await person.core.writeCheckIn(
        new: NewCheckIn(template: .free, mood: 3, energy: 2, win: win))
    }
    let model = TodayModel(person.services)
    await model.load()
    let words = person.services.words
    let page = _Page(of: TodayScreen(model: model))
    for part in ["the lake", "the letter", words.sentence(energy: 2)] {
      #expect(page.said.contains(part))
    }
    page.press(words.commonEdit)
    let first = try #require(model.page.value?.checkIns.first)
    #expect(person.services.router.over == .checkInEdit(name: first.name))
  }

  @Test("a goal is skipped with a reason from its row, and turning back asks no more")
  func aGoalIsSkippedWithAReason() async throws {
    let person = try await TestPerson("Sam")
    let words = person.services.words
    _ = try await person.core.addGoal(new: NewGoal(title: "Walk", schedule: .daily, audience: [:]))
    let model = TodayModel(person.services)
    await model.load()
    let goal = try #require(model.page.value?.goals.first)
    #expect(_Page(of: TodayScreen(model: model)).control(words.todayGoalSkipReason) == nil)
    await model.askWhy(goal)
    _Page(of: TodayScreen(model: model)).press(words.commonNotNow)
    #expect(model.skipping == nil)
    await model.askWhy(goal)
    _Page(of: TodayScreen(model: model)).type("a cold", into: words.todayGoalSkipReason)
    _Page(of: TodayScreen(model: model)).press(words.commonSave)
    await eventually("it is skipped") { model.page.value?.goals.first?.today?.reason == "a cold" }
  }

  @Test("help says that old numbers are hidden, where some are")
  func helpSaysThatOldNumbersAreHidden() async throws {
    let person = try await TestPerson("Sam")
    person.shell.region = "DE"
    for (day, says) in [("2026-11-22", false), ("2032-11-22", true)] {
      let source = LockedHelp(folder: person.folder.file("store"), today: { day })
      let model = HelpNowModel(source: source, language: "en", shell: person.shell)
      await model.load()
      let said = _Page(of: HelpNowScreen(model: model, close: {})).said
      #expect(said.contains(person.services.words.helpHiddenAsOld) == says, "\(day)")
    }
  }
}
