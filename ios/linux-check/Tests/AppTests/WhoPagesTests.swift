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
