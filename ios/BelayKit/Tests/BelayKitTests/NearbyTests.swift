import BelayCore
import BelayKit
import BelayTesting
import Foundation
import Testing

@MainActor
@Suite("In one room, without a relay")
struct NearbyTests {
  private func person(_ name: String) async throws -> TestPerson {
    let person = try await TestPerson(name, clock: .atTheRelaysTime())
    let agreement = AgreementModel(person.services)
    await agreement.load()
    agreement.isOldEnough = true
    agreement.agrees = true
    #expect(agreement.canGoOn)
    #expect(await agreement.goOn(), "\(String(describing: agreement.trouble))")
    return person
  }

  private func app(_ person: TestPerson, in room: Room) async throws -> AppModel {
    person.services.changes.stop()
    try await person.core.shutdown()
    let app = AppModel(
      door: person.door, shell: person.shell, language: "en", discovery: room.enter())
    await app.start()
    app.cameForward()
    return app
  }

  @Test("Two become partners by a code, and what one shares reaches the other once both look around")
  func partners() async throws {
    let (sam, mira) = (try await person("Sam"), try await person("Mira"))
    let showing = PairingModel(sam.services, .together)
    let scanning = PairingModel(mira.services, .together)
    let shown = Task { await showing.showCode(inRoom: true) }
    try await waitUntil { showing.code != nil || showing.trouble != nil }
    mira.shell.code = try #require(showing.code, "\(String(describing: showing.trouble))")
    await scanning.scan()
    await shown.value
    let toMira = try #require(showing.partner).space
    let toSam = try #require(scanning.partner).space
    #expect(showing.metInRoom && scanning.metInRoom)

    let room = Room()
    let (one, other) = (try await app(sam, in: room), try await app(mira, in: room))
    let (sams, miras) = (try #require(one.services), try #require(other.services))
    #expect(one.near.keepsNear && one.near.problem == nil && room.count == 0)
    let switching = NearbyModel(sams, one.near)
    await switching.load()
    #expect(switching.page.value?.on == false)
    await switching.set(true)
    #expect(switching.page.value?.on == true)
    await NearbyModel(miras, other.near).set(true)
    var said = NewCheckIn.saying(mood: 4, win: "the stairs")
    said.audience = [toMira: [.mood, .win]]
    _ = try await sams.core.writeCheckIn(new: said)
    sam.clock.advance(minutes: 2)
    try await waitUntil(until: {
      try await miras.core.partner(space: toSam).checkIns.map(\.checkIn.win) == ["the stairs"]
    })
    try await waitUntil(until: {
      await switching.load()
      return !switching.met.isEmpty
    })
    #expect(switching.met.first?.contains("Mira") == true)
    #expect(!one.near.brokeOff)

    await one.wentBehind()
    #expect(!one.near.keepsNear)
    try await waitUntil { room.count == 1 }
    one.cameForward()
    try await waitUntil { room.count == 2 }
    await switching.set(false)
    try await waitUntil { room.count == 1 }
  }

  @Test("An own device is added in one room, and everything written comes over")
  func ownDevice() async throws {
    let sam = try await person("Sam")
    _ = try await sam.core.writeEntry(new: NewEntry(text: "The lake was quiet.", tags: [], goals: []))
    let devices = OwnDevicesModel(sam.services)
    await devices.load()
    let adding = Task { await devices.addDevice(inRoom: true) }
    try await waitUntil { devices.stage != .none || devices.trouble != nil }
    guard case .showing(let invitation) = devices.stage else {
      Issue.record("no code: \(String(describing: devices.trouble))")
      return
    }
    let folder = try TemporaryFolder()
    let door = LocalStoreDoor(
      folder: folder.file("store"), clock: sam.clock, secrets: MemorySecrets())
    let joining = JoinModel(door: door, shell: sam.shell, problem: sam.services.problem)
    joining.text = invitation.text
    let joined = Task { await joining.join() }
    await adding.value
    guard case .comparing = devices.stage else {
      Issue.record("nobody asked: \(String(describing: devices.trouble))")
      return
    }
    devices.name = "Tablet"
    await devices.admit()
    await joined.value
    let tablet = try #require(joining.joined)
    #expect(devices.addedInRoom && joining.needsNearby && joining.trouble == nil)

    let room = Room()
    let phone = try await app(sam, in: room)
    let phoneServices = try #require(phone.services)
    await NearbyModel(phoneServices, phone.near).set(true)
    try await tablet.shutdown()
    let other = AppModel(door: door, shell: sam.shell, language: "en", discovery: room.enter())
    await other.start()
    other.cameForward()
    let services = try #require(other.services)
    await NearbyModel(services, other.near).set(true)
    try await waitUntil(until: {
      let page = try await services.core.journalPage(query: EntryQuery(limit: 10))
      return page.page.entries.map(\.excerpt) == ["The lake was quiet."]
    })
  }

  @Test("What keeps devices from finding each other is said, and tried again with another network")
  func forbidden() async throws {
    let sam = try await person("Sam")
    let room = Room()
    let barred = Barred(room.enter())
    sam.services.changes.stop()
    try await sam.core.shutdown()
    let app = AppModel(door: sam.door, shell: sam.shell, language: "en", discovery: barred)
    await app.start()
    app.cameForward()
    let services = try #require(app.services)
    await NearbyModel(services, app.near).set(true)
    try await waitUntil { app.near.problem != nil }
    #expect(app.near.problem?.detail == "no-network" && !app.near.keepsNear)
    barred.isBarred = false
    app.networkChanged()
    try await waitUntil { room.count == 1 }
    #expect(app.near.problem == nil && app.near.keepsNear)
  }

  @Test("Whoever is found has an address, is not this device, and goes when they are gone")
  func finds() {
    let finds = NearbyFinds()
    finds.shows("me")
    let (me, sam) = (
      NearbyFinds.Seen(name: "me", text: ["t": "a"]), NearbyFinds.Seen(name: "sam", text: ["t": "b"])
    )
    #expect(finds.sees([me, sam]) == (new: ["sam"], gone: []))
    #expect(finds.peers.isEmpty)
    finds.found("sam", at: "[fe80::1%3]:7")
    finds.found("sam", at: "192.0.2.7:7")
    finds.found("sam", at: "192.0.2.7:7")
    finds.found("nobody", at: "192.0.2.8:7")
    let both = ["192.0.2.7:7", "[fe80::1%3]:7"]
    #expect(finds.peers == [NearbyPeer(name: "sam", addresses: both, text: ["t": "b"])])
    #expect(finds.sees([NearbyFinds.Seen(name: "sam", text: ["t": "c"])]) == (new: [], gone: []))
    #expect(finds.peers.map(\.text) == [["t": "c"]])
    finds.found("sam", at: "192.0.2.7:7", isThere: false)
    #expect(finds.peers.first?.addresses == ["[fe80::1%3]:7"])
    #expect(finds.sees([me]) == (new: [], gone: ["sam"]))
    #expect(finds.peers.isEmpty)
  }

  @Test("A network full of liars is not kept in mind without end")
  func liars() {
    let finds = NearbyFinds()
    let many = (0..<200).map { NearbyFinds.Seen(name: "liar\($0)", text: ["t": ""]) }
    #expect(finds.sees(many).new.count == NearbyFinds.most)
    finds.forget()
    #expect(finds.sees([NearbyFinds.Seen(name: "sam", text: ["t": "b"])]).new == ["sam"])
  }
}

/// A system that does not let the app show itself, until it does.
private final class Barred: Discovery, @unchecked Sendable {
  private let inner: any Discovery
  private let lock = NSLock()
  private var barred = true

  init(_ inner: any Discovery) { self.inner = inner }

  var isBarred: Bool {
    get { lock.withLock { barred } }
    set { lock.withLock { barred = newValue } }
  }

  func advertise(service: NearbyService) throws {
    if isBarred { throw HostError.Broken }
    try inner.advertise(service: service)
  }

  func peers() throws -> [NearbyPeer] { try inner.peers() }

  func stop() { inner.stop() }
}
