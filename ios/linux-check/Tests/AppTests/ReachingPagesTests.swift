import BelayCore
import BelayKit
import BelayTesting
import BelayWords
import SwiftUI
import Testing

@testable import BelayApp

/// Boundary cards and requests for support, as the pages say them.
@MainActor
@Suite struct ReachingPagesTests {
  private let space = String(repeating: "a", count: 64)

  @Test(
    "the card says quiet hours, nudges and topics, and names every control", arguments: ["en", "de", "es"])
  func theCard(language: String) async throws {
    let person = try await TestPerson("Mira", language: language)
    let words = person.services.words
    let model = BoundaryCardModel(person.services, space)
    model.page = .ready(
      BoundaryCardsView(
        space: space, partner: "Sam", own: nil, delivery: nil,
        theirs: nil, asOfAtMs: nil))
    let screen = BoundaryCardScreen(model: model)
    _Page(of: screen).type("Tea and time.", into: words.reachingHelps)
    _Page(of: screen).press(words.reachingQuietAdd)
    #expect(model.card.quiet == [QuietHours(from: "22:00", to: "07:00")])
    #expect(_Page(of: screen).said.contains(words.reachingNudgesNone))
    _Page(of: screen).press(words.goalFormOftener)
    _Page(of: screen).type("garden", into: words.reachingTopic)
    _Page(of: screen).press(words.reachingTopicAddUnwelcome)
    _Page(of: screen).press(words.reachingNightFrom(level: words.reachingLevelSomebodyNow))
    _Page(of: screen).press(words.responsesQuestion)
    #expect(model.card.nudgesADay == 1 && model.card.unwelcome == ["garden"])
    #expect(model.card.reachAtNight == .somebodyNow && model.card.answers == [.question])
    let page = _Page(of: screen)
    page.expectNamed("card, \(language)")
    #expect(page.said.contains(words.reachingNudges(count: 1)))
    page.press(words.reachingTopicRemove(topic: "garden"))
    #expect(model.card.unwelcome.isEmpty && model.card.helps == "Tea and time.")
    let theirs = _Page(of: TheirCard(card: model.card, words: words))
    #expect(theirs.said.contains("Tea and time.") && theirs.said.contains(words.reachingNudges(count: 1)))
  }

  @Test("asking for support says that nobody can wake a phone, and where help is now")
  func support() async throws {
    let person = try await TestPerson("Sam")
    let words = person.services.words
    let model = SupportModel(person.services, nil)
    await model.load()
    let screen = SupportScreen(model: model)
    let page = _Page(of: screen)
    page.expectNamed("support")
    #expect(page.said.contains(words.reachingSupportLead) && page.said.contains(words.reachingSupportNobody))
    page.press(words.commonHelpNow)
    #expect(person.services.router.help != nil)
    let request = SupportRequestView(
      name: String(repeating: "b", count: 32), space: space, partner: "Mira", own: true,
      request: SharedSupportRequest(
        level: .talkToday, text: "A hard night.", need: nil,
        written: SharedMoment(atMs: 0, offsetSeconds: 0, localTime: "20:00")),
      delivery: .onTheirDevice, heldBack: false, heardAtMs: person.shell.nowMs, offersHelpNow: true,
      responses: [])
    let own = _Page(of: OwnRequest(model: model, request: request))
    #expect(own.said.contains(words.reachingSupportArrived(name: "Mira")))
    #expect(own.said.contains(words.reachingSupportHeard(name: "Mira", time: words.timesJustNow)))
    var answered = 0
    let theirs = _Page(
      of: TheirRequest(request: request, services: person.services, answer: { answered += 1 }))
    theirs.expectNamed("their request")
    theirs.press(words.reachingSupportAnswer(name: "Mira"))
    #expect(answered == 1 && theirs.control(words.commonHelpNow) != nil)
  }
}
