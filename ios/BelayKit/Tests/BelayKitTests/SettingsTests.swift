import BelayCore
import BelayKit
import BelayTesting
import Testing

@MainActor
@Suite("Settings")
struct SettingsTests {
  @Test("What is set is kept, and what does not do leaves everything as it was")
  func setting() async throws {
    let person = try await TestPerson("Sam")
    let model = SettingsModel(person.services)
    await model.load()
    #expect(model.name == "Sam" && model.relaySet == nil)
    await model.setDayStart(4)
    await model.setHold(seconds: 60)
    #expect(model.chosen?.dayStart == 4)
    #expect(model.chosen?.holdSeconds == 60)
    model.name = String(repeating: "Sam", count: 40)
    await model.saveName()
    #expect(model.trouble?.way == .change(field: "display_name"))
    #expect(model.chosen?.displayName == "Sam")
    #expect(model.name.count == 120)
    model.name = "Samira"
    await model.saveName()
    #expect(model.chosen?.displayName == "Samira" && model.trouble == nil)
    await model.setHold(seconds: 100_000)
    #expect(model.trouble?.code == "invalid-input")
    #expect(model.chosen?.holdSeconds == 60)
  }

  @Test("A relay without encryption needs a yes of its own, and nothing typed takes it away")
  func relay() async throws {
    let person = try await TestPerson("Sam")
    let model = SettingsModel(person.services)
    await model.load()
    model.relay = "http://192.0.2.1:8117"
    await model.saveRelay()
    #expect(model.trouble?.way == .relay && model.relaySet == nil)
    await model.saveRelay(allowingPlainHttp: true)
    #expect(model.relaySet == "http://192.0.2.1:8117")
    model.relay = " "
    await model.saveRelay()
    #expect(model.relaySet == nil)
    await model.keepSelfCopy(true)
    #expect(model.trouble != nil && model.selfCopy == nil)
  }

  @Test("The zone that is chosen stays when the person travels, until it is the phone's again")
  func zone() async throws {
    let person = try await TestPerson("Sam")
    let model = SettingsModel(person.services)
    await model.load()
    await model.chooseOwnZone(true)
    #expect(model.hasOwnZone && model.chosen?.zoneName == nil)
    model.zone = " Europe/Berlin "
    await model.saveZone()
    person.clock.travel(to: "Asia/Tokyo")
    await model.load()
    #expect(model.page.value?.settings.zoneInForce == "Europe/Berlin")
    await model.chooseOwnZone(false)
    #expect(model.page.value?.settings.zoneInForce == "Asia/Tokyo")
    await model.setZone("Mars/Olympus")
    #expect(model.trouble?.detail == "zone_name.unknown_zone" || model.trouble?.code == "invalid-input")
    #expect(model.page.value?.settings.zoneInForce == "Asia/Tokyo")
  }

  @Test("The recovery words are due until a few of them were typed right")
  func recoveryWords() async throws {
    let person = try await TestPerson("Sam")
    let model = RecoveryWordsModel(person.services, draw: { [5, 0, 23] + Array(0..<$0) })
    await model.load()
    let words = try #require(model.page.value)
    #expect(words.count == 24)
    model.ask()
    #expect(model.asked == [0, 5, 23])
    #expect(!model.canConfirm)
    for place in model.asked { model.typed[place] = words[place] }
    model.typed[5] = "zebra" == words[5] ? "apple" : "zebra"
    await model.confirm()
    #expect(model.step == .asking)
    #expect(model.trouble?.way == .change(field: "recovery_words"))
    #expect(model.typed[0] == words[0])
    model.typed[5] = " \(words[5].uppercased()) "
    await model.confirm()
    #expect(model.step == .confirmed)
    #expect(try await !person.core.status().recoveryWordsDue)
    await #expect(throws: BelayError.Unavailable(reason: "no-recovery-words")) {
      try await person.core.recoveryWords()
    }
  }

  @Test("The self-check tells what waits, and the device list names this one")
  func selfCheck() async throws {
    let person = try await TestPerson("Sam")
    let model = SelfCheckModel(person.services)
    await model.load()
    let own = try #require(model.page.value?.spaces.first)
    #expect(own.kind == .own && own.fault == nil)
    #expect(model.page.value?.recoveryWordsDue == true)
    model.fold(own.space)
    #expect(model.unfolded == [own.space])
    model.fold(own.space)
    #expect(model.unfolded.isEmpty)
    let devices = OwnDevicesModel(person.services)
    await devices.load()
    #expect(devices.page.value?.devices.map(\.device.thisDevice) == [true])
    await devices.addDevice()
    #expect(devices.trouble?.detail == "no-sealed-copy")
    #expect(devices.stage == .none)
  }

  @Test("Deleting everything is asked about, works without a network, and is finished later")
  func deletingOffline() async throws {
    let relay = try RelayProcess()
    let (sam, mira) = (
      try await TestPerson("Sam", clock: .atTheRelaysTime()),
      try await TestPerson("Mira", clock: .atTheRelaysTime())
    )
    for person in [sam, mira] { try await person.agree(on: relay) }
    _ = try await sam.pair(with: mira)
    relay.switchOff()
    let opening = OpeningModel(door: sam.door, problem: sam.services.problem)
    let model = DeleteEverythingModel(sam.services, left: opening.closed)
    await model.delete()
    #expect(model.stage == .explaining)
    model.ask()
    model.turnBack()
    #expect(model.stage == .explaining)
    model.ask()
    await model.delete()
    #expect(model.stage == .emptied)
    #expect(opening.opening == .beingDeleted(nil))
    await opening.finishDeleting()
    guard case .beingDeleted(let left?) = opening.opening else {
      Issue.record("nothing left to say: \(opening.opening)")
      return
    }
    #expect(left.envelopes > 0 && !left.finished)
    try relay.switchOn()
    await opening.finishDeleting()
    #expect(opening.opening == .gone)
    await opening.start()
    #expect(opening.opening == .welcome)
  }
}
