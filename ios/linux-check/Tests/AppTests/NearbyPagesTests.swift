import BelayCore
import BelayKit
import BelayTesting
import BelayWords
import SwiftUI
import Testing
import dnssd

@testable import BelayApp

/// Devices that find each other on one network: the pages, and the way the system is asked.
@MainActor
@Suite(.serialized) struct NearbyPagesTests {
  private let tags = String(repeating: "A", count: 170)

  private func service(_ name: String, _ port: UInt16) -> NearbyService {
    NearbyService(name: name, port: port, text: ["t": tags, "t2": tags])
  }

  @Test("the switch is off until it is pressed, and says what it does")
  func theSwitch() async throws {
    let person = try await TestPerson("Sam")
    let words = person.services.words
    let model = NearbyModel(person.services, nil)
    await model.load()
    var page = _Page(of: NearbySwitch(model: model))
    #expect(page.said.contains(words.nearbySwitchHelp) && !page.said.contains(words.nearbyNobodyMet))
    page.press(words.nearbySwitch)
    await eventually("it is on") { model.page.value?.on == true }
    page = _Page(of: NearbySwitch(model: model))
    #expect(page.control(words.nearbySwitch)?.isSelected == true)
    #expect(page.said.contains(words.nearbyLooking) && page.said.contains(words.nearbyNobodyMet))
  }

  @Test("a code for this room is one press away, for a partner and for a device")
  func codesForThisRoom() async throws {
    let person = try await TestPerson("Sam")
    let words = person.services.words
    let fake = FakeCore()
    fake.refuse("inviteNear", .Unavailable(reason: "no-network"))
    fake.refuse("inviteOwnDeviceNear", .Unavailable(reason: "no-network"))
    let services = Services(core: fake, language: "en", shell: person.shell)
    let pairing = PairingModel(services, .together)
    _Page(of: PairingScreen(model: pairing)).press(words.nearbyCode)
    await eventually("the refusal is said") { pairing.trouble?.detail == "no-network" }
    let alone = DevicesPageView(
      standing: .active, devices: [], removed: [], arriving: nil, twice: nil,
      partnershipsElsewhere: 0, sealedCopyAt: nil, mayAdd: true, mayTakeIn: false)
    fake.on("devicesPage") { alone }
    let devices = OwnDevicesModel(services)
    await devices.load()
    _Page(of: OwnDevicesScreen(model: devices)).press(words.nearbyDeviceAdd)
    await eventually("the refusal is said") { devices.trouble?.detail == "no-network" }
  }

  @Test("two devices are shown by a random host, find each other with an address, and are gone afterwards")
  func twoFindEachOther() async throws {
    let (sam, mira) = (BonjourDiscovery(), BonjourDiscovery())
    try sam.advertise(service: service("sam1", 7001))
    try mira.advertise(service: service("mira1", 7002))
    let found = NearbyPeer(
      name: "mira1", addresses: ["127.0.0.1:7002", "[fe80::1%1]:7002"],
      text: ["t": tags, "t2": tags])
    await eventually("sam finds mira") { sam.peers() == [found] }
    #expect(_Air.shared.all.map(\.host) == ["mira1.local.", "sam1.local."])
    try mira.advertise(service: service("mira2", 7002))
    await eventually("sam finds the new name alone") { sam.peers().map(\.name) == ["mira2"] }
    mira.stop()
    await eventually("nobody is left") { sam.peers().isEmpty }
    #expect(mira.peers().isEmpty)
    sam.stop()
    #expect(_Air.shared.all.isEmpty)
  }

  @Test("what the system refuses, and what does not fit into a record, is told to the core")
  func refusals() throws {
    let sam = BonjourDiscovery()
    _Air.shared.refuses = DNSServiceErrorType(kDNSServiceErr_NoAuth)
    #expect(throws: HostError.Broken) { try sam.advertise(service: service("sam", 7001)) }
    _Air.shared.refuses = 0
    let long = NearbyService(name: "sam", port: 1, text: ["t": String(repeating: "A", count: 300)])
    #expect(throws: HostError.Broken) { try sam.advertise(service: long) }
    sam.stop()
    #expect(_Air.shared.all.isEmpty)
  }
}
