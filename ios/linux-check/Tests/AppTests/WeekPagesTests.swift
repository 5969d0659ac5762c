import BelayCore
import BelayKit
import BelayTesting
import BelayWords
import SwiftUI
import Testing

@testable import BelayApp

/// The review of a week, as its page says it.
@MainActor
@Suite struct WeekPagesTests {
  @Test(
    "the week says what went well before anything else, in every language", arguments: ["en", "de", "es"])
  func theWeek(language: String) async throws {
    let person = try await TestPerson("Sam", language: language)
    let words = person.services.words
    let goal = try await person.core.addGoal(
      new: NewGoal(title: "Walk", schedule: .daily, audience: [:]))
    _ = try await person.core.logOutcome(new: NewOutcome(goal: goal.name, status: .done))
    var new = NewCheckIn(template: .free, mood: 4)
    (new.win, new.struggle, new.emotions) = ("I asked for help", "The night", [.calm])
    _ = try await person.core.writeCheckIn(new: new)
    let goals = GoalsModel(person.services)
    await goals.load()
    _Page(of: GoalsScreen(model: goals)).press(words.reviewOpen)
    #expect(person.services.router.current == .week)
    let model = WeekModel(person.services)
    await model.load()
    let page = _Page(of: WeekScreen(model: model))
    page.expectNamed("week, \(language)")
    let headings = page.nodes.filter { $0.kind == .heading }.map(\.label)
    #expect(headings.contains(words.reviewWins) && headings.contains(words.reviewHard))
    for said in [
      "I asked for help", words.reviewDone(goal: "Walk", count: 1), words.moodsGood, words.reviewAhead,
      words.reviewFelt(feelings: words.word(Emotion.calm)),
    ] { #expect(page.said.contains(said), "\(said)") }
    #expect(page.control(words.reviewLater)?.isDisabled == true)
    page.press(words.reviewWrite)
    #expect(person.services.router.current == .newEntry(draft: nil, on: nil))
  }
}
