import BelayCore
import BelayKit
import BelayTesting
import BelayWords
import Testing

@MainActor
@Suite("Who can read this")
struct WhoTests {
  @Test("An entry is one's own; a check-in says whom it reaches, as far as that is known")
  func readers() async throws {
    let relay = try RelayProcess()
    let (sam, mira) = (
      try await TestPerson("Sam", clock: .atTheRelaysTime()),
      try await TestPerson("Mira", clock: .atTheRelaysTime())
    )
    for person in [sam, mira] { try await person.agree(on: relay) }
    let (toMira, _) = try await sam.pair(with: mira)
    let words = sam.services.words
    let entry = try await sam.core.writeEntry(new: NewEntry(text: "x", tags: [], goals: []))
    let own = WhoModel(sam.services, .entry(name: entry.name))
    await own.load()
    #expect(words.sentences(try #require(own.page.value)) == [words.readersOnlyHere])

    var said = NewCheckIn.saying(mood: 4, win: "the stairs")
    said.audience = [toMira: [.mood, .win]]
    let checkIn = try await sam.core.writeCheckIn(new: said)
    let shared = WhoModel(sam.services, .checkIn(name: checkIn.name))
    await shared.load()
    // Nothing has come from Mira yet, not even a name.
    let held = words.sentences(try #require(shared.page.value))
    #expect(held == [words.readersYouHere, words.readersWill(name: words.peopleNameless)])
    for _ in 0..<4 {
      for clock in [sam.clock, mira.clock] { clock.advance(minutes: 2) }
      for person in [sam, mira, sam] { _ = try await person.core.sync(observer: nil) }
    }
    await shared.load()
    let lines = words.sentences(try #require(shared.page.value))
    #expect(lines.first == words.readersYouHere)
    #expect(lines.contains(words.readersHas(name: "Mira")), "\(lines)")
  }

  @Test("What a partner shared says who wrote it, and an outcome who will see it")
  func partnersItemsAndOutcomes() async throws {
    let relay = try RelayProcess()
    let (sam, mira) = (
      try await TestPerson("Sam", clock: .atTheRelaysTime()),
      try await TestPerson("Mira", clock: .atTheRelaysTime())
    )
    for person in [sam, mira] { try await person.agree(on: relay) }
    let (toMira, toSam) = try await sam.pair(with: mira)
    let words = sam.services.words
    let walk = try await sam.core.addGoal(
      new: NewGoal(title: "Walk", schedule: .daily, audience: [toMira: [.title, .status]]))
    let noted = try await sam.core.logOutcome(new: NewOutcome(goal: walk.name, status: .done))
    let outcome = WhoModel(sam.services, .outcome(goal: walk.name, on: noted.outcome.on))
    await outcome.load()
    let held = words.sentences(try #require(outcome.page.value))
    #expect(held.first == words.readersYouHere && held.count == 2, "\(held)")
    var said = NewCheckIn.saying(mood: 4, win: "the stairs")
    said.audience = [toMira: [.mood, .win]]
    _ = try await sam.core.writeCheckIn(new: said)
    for _ in 0..<4 {
      for clock in [sam.clock, mira.clock] { clock.advance(minutes: 2) }
      for person in [sam, mira, sam] { _ = try await person.core.sync(observer: nil) }
    }
    let theirs = try await mira.core.partner(space: toSam)
    let name = try #require(theirs.checkIns.first?.name)
    let shared = WhoModel(mira.services, .shared(space: toSam, name: name))
    await shared.load()
    let lines = words.sentences(try #require(shared.page.value))
    #expect(lines.contains(words.readersWrote(name: "Sam")), "\(lines)")
    let goal = WhoModel(mira.services, .shared(space: toSam, name: try #require(theirs.goals.first?.name)))
    await goal.load()
    #expect(words.sentences(try #require(goal.page.value)).contains(words.readersWrote(name: "Sam")))
  }

  @Test("A partnership is left out of meeting on one network, and taken in again")
  func meetsNearby() async throws {
    let relay = try RelayProcess()
    let (sam, mira) = (
      try await TestPerson("Sam", clock: .atTheRelaysTime()),
      try await TestPerson("Mira", clock: .atTheRelaysTime())
    )
    for person in [sam, mira] { try await person.agree(on: relay) }
    let (toMira, _) = try await sam.pair(with: mira)
    let model = PartnerModel(sam.services, toMira)
    await model.load()
    #expect(model.partner?.meetsNearby == true)
    await model.meetNearby(false)
    #expect(model.partner?.meetsNearby == false && model.trouble == nil)
    await model.meetNearby(true)
    #expect(model.partner?.meetsNearby == true)
  }
}
