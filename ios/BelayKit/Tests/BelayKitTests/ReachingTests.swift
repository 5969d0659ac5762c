import BelayCore
import BelayTesting
import Testing

@testable import BelayKit

@MainActor
@Suite("Reaching each other")
struct ReachingTests {
  /// Two partners, a relay, and the way between them.
  @MainActor
  private struct Two {
    let relay: RelayProcess
    let sam: TestPerson
    let mira: TestPerson
    let toMira: SpaceId
    let toSam: SpaceId

    func exchange() async throws {
      for person in [sam, mira, sam] {
        person.clock.advance(seconds: 20)
        _ = try await person.core.sync(observer: nil)
      }
    }
  }

  private func two() async throws -> Two {
    let relay = try RelayProcess()
    let sam = try await TestPerson("Sam", clock: ManualClock.atTheRelaysTime())
    let mira = try await TestPerson("Mira", clock: ManualClock.atTheRelaysTime())
    for person in [sam, mira] { try await person.agree(on: relay) }
    let (toMira, toSam) = try await sam.pair(with: mira)
    return Two(relay: relay, sam: sam, mira: mira, toMira: toMira, toSam: toSam)
  }

  @Test(
    "A card is written, survives the end of the process half typed, and reaches the partner, who may nudge then"
  )
  func aCard() async throws {
    let two = try await two()
    let nobody = PartnerModel(two.sam.services, two.toMira)
    await nobody.load()
    await nobody.nudge()
    #expect(nobody.trouble?.detail == "nudge-not-agreed" && !nobody.isNudged)
    let model = BoundaryCardModel(two.mira.services, two.toSam)
    await model.load()
    #expect(model.page.value?.own == nil && !model.isChanged)
    model.card.helps = "Ask me about\nthe garden."
    model.topic = " garden "
    model.addTopic(isWelcome: true)
    model.card.nudgesADay = 2
    await model.settle()
    try await two.mira.restart()
    let again = BoundaryCardModel(two.mira.services, two.toSam)
    await again.load()
    #expect(again.card == model.card && again.isChanged)
    again.card.nudgesADay = 9
    await again.save()
    #expect(again.trouble?.way == .change(field: "nudges_a_day") && !again.isSaved)
    again.card.nudgesADay = 2
    again.toggle(.question)
    await again.save()
    #expect(again.isSaved && !again.isChanged && again.page.value?.own?.answers == [.question])
    #expect(try await two.mira.core.drafts().isEmpty)
    try await two.exchange()
    let theirs = BoundaryCardModel(two.sam.services, two.toMira)
    await theirs.load()
    #expect(theirs.page.value?.theirs?.welcome == ["garden"])
    await nobody.nudge("garden")
    #expect(nobody.isNudged && nobody.trouble == nil)
    try await two.exchange()
    let reached = ReachedModel(two.mira.services)
    await reached.load()
    #expect(reached.page.value?.nudges.map(\.topic) == ["garden"])
  }

  @Test("Support is asked for and told honestly until it is answered; what was typed and not asked is back")
  func support() async throws {
    let two = try await two()
    let model = SupportModel(two.sam.services, nil)
    await model.load()
    #expect(model.spaces == [two.toMira], "the one there is, is chosen")
    model.text = "A hard night."
    #expect(!model.canAsk, "how much is needed, the person says")
    model.level = .talkToday
    await model.settle()
    try await two.sam.restart()
    let again = SupportModel(two.sam.services, two.toMira)
    await again.load()
    #expect(again.text == "A hard night." && again.level == .talkToday)
    await again.ask()
    #expect(again.trouble == nil && again.text.isEmpty && again.own.count == 1)
    #expect(again.own.first?.delivery == .here)
    try await two.exchange()
    let reached = ReachedModel(two.mira.services)
    await reached.load()
    let asked = try #require(reached.page.value?.requests.first)
    #expect(asked.request.text == "A hard night." && !asked.own)
    let page = PartnerModel(two.mira.services, two.toSam)
    await page.load()
    await page.beginAnswer(to: asked.name, .iHearYou)
    await page.giveAnswer()
    #expect(page.trouble == nil)
    for person in [two.mira, two.sam] { person.clock.advance(minutes: 1) }
    for _ in 0..<2 {
      _ = try await two.mira.core.sync(observer: nil)
      _ = try await two.sam.core.sync(observer: nil)
    }
    await again.load()
    #expect(again.own.first?.delivery == .answered)
    await again.takeBack(try #require(again.own.first))
    #expect(again.own.isEmpty && again.trouble == nil)
  }
}
