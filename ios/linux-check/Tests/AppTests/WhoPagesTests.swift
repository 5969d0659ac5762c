import BelayCore
import BelayKit
import BelayTesting
import BelayWords
import SwiftUI
import Testing

@testable import BelayApp

/// Who can read a thing, and what the self-check says of devices.
@MainActor
@Suite struct WhoPagesTests {
  @Test("who can read an entry is one press away")
  func whoCanRead() async throws {
    let person = try await TestPerson("Sam")
    let words = person.services.words
    let entry = try await person.core.writeEntry(new: NewEntry(text: "x", tags: [], goals: []))
    let view = WhoCanRead(services: person.services, item: .entry(name: entry.name))
    #expect(_Page(of: view).control(words.readersTitle) != nil)
    let model = WhoModel(person.services, .entry(name: entry.name))
    await model.load()
    #expect(_Page(of: WhoLines(model: model)).said.contains(words.readersOnlyHere))
  }

  @Test("a day that is noted says who can read it, and an open one has nothing to say")
  func anOutcome() async throws {
    let person = try await TestPerson("Sam")
    let words = person.services.words
    let walk = try await person.core.addGoal(
      new: NewGoal(title: "Walk", schedule: .daily, audience: [:]))
    let model = GoalModel(person.services, walk.name)
    await model.load()
    await model.note("2026-11-22")
    let sheet = NoteDaySheet(model: model, day: "2026-11-22")
    #expect(_Page(of: sheet).control(words.readersTitle) == nil)
    await model.log(on: "2026-11-22", .done)
    await model.note("2026-11-22")
    #expect(_Page(of: sheet).control(words.readersTitle) != nil)
  }

  @Test("what a partner shared says who can read it, each by what it is")
  func aPartnersItem() async throws {
    let person = try await TestPerson("Mira")
    let words = person.services.words
    let fake = FakeCore()
    let space = String(repeating: "a", count: 32)
    let partner = PartnerView(
      space: space, person: nil, name: "Sam", standing: .active, comparison: .same,
      comparisonWords: [], comparisonDigits: "", usualFields: [], paused: false, asOfAtMs: nil,
      clockAhead: false, incomplete: false, incompleteFrom: nil, reachedAtMs: nil,
      mayBeBehind: false, needsNewer: 0, parked: 0)
    let moment = PartnerMoment(atMs: 0, offsetSeconds: 0, localTime: "08:00")
    let passage = PartnerPassageView(
      name: String(repeating: "b", count: 32),
      passage: SharedPassage(text: "The river.", shared: moment), responses: [])
    let shown = PartnerPageView(partner: partner, checkIns: [], goals: [], passages: [passage])
    fake.on("partner") { shown }
    let model = PartnerModel(Services(core: fake, language: "en", shell: person.shell), space)
    await model.load()
    let who = _Page(of: PartnerScreen(model: model)).control(words.readersTitle)
    #expect(who?.hint == "The river.")
  }

  @Test("the folded part of the self-check names devices, secrets and traffic")
  func facts() async throws {
    let person = try await TestPerson("Sam")
    let (words, spoken) = (person.services.words, person.services.spoken)
    var space = try #require(try await person.core.status().spaces.first)
    let tablet = DeviceStatusView(
      device: String(repeating: "a", count: 32), name: "Tablet", thisDevice: false, removed: false,
      asOfAtMs: nil, incompleteFrom: nil, notTold: 2, toldAtMs: nil, metAtMs: nil, twice: true)
    space.peers = [
      PeerStatusView(person: String(repeating: "b", count: 32), name: nil, gone: false, devices: [tablet])
    ]
    let facts = SpaceFacts(space: space, words: words, spoken: spoken)
    #expect(facts.warnings == [words.peersDeviceTwice(name: "Tablet")])
    #expect(
      facts.lines.starts(with: [
        words.peersDeviceNever(name: "Tablet"), words.peersNotTold(count: 2),
      ]))
    #expect(facts.lines.last?.isEmpty == false)
  }
}
