import BelayCore
import BelayTesting
import Foundation
import Testing

@testable import BelayKit

/// The story that every shell has to tell of one person with two devices: real stores, a real relay in a process of its
/// own, and screen models in between.
@MainActor
@Suite("One's own devices")
struct DeviceTests {
  /// Somebody with a partner and a further device, which came over a relay.
  private struct Cast {
    let relay: RelayProcess
    let sam: TestPerson
    let mira: TestPerson
    let toMira: SpaceId
    let tablet: any BelayCoreProtocol
    let folder: TemporaryFolder
    let devices: OwnDevicesModel
    let clocks: [ManualClock]
  }

  private func cast() async throws -> Cast {
    let relay = try RelayProcess()
    let (sam, mira) = (
      try await TestPerson("Sam", clock: .atTheRelaysTime()),
      try await TestPerson("Mira", clock: .atTheRelaysTime())
    )
    for person in [sam, mira] { try await person.agree(on: relay) }
    let (toMira, _) = try await sam.pair(with: mira)
    _ = try await sam.core.writeEntry(new: NewEntry(text: "The lake.", tags: [], goals: []))
    try await sam.core.setSelfCopy(keep: true)
    let devices = OwnDevicesModel(sam.services)
    await devices.load()
    #expect(devices.page.value?.devices.map(\.device.thisDevice) == [true])
    let adding = Task { await devices.addDevice() }
    try await waitUntil { devices.stage != .none || devices.trouble != nil }
    guard case .showing(let invitation) = devices.stage else {
      throw devices.trouble ?? Problem(NeverCame(), sam.services.words)
    }
    let folder = try TemporaryFolder()
    let door = LocalStoreDoor(
      folder: folder.file("store"), clock: sam.clock, secrets: MemorySecrets())
    let joining = JoinModel(door: door, shell: sam.shell, problem: sam.services.problem)
    joining.text = invitation.text
    let joined = Task { await joining.join() }
    await adding.value
    devices.name = "Tablet"
    await devices.admit()
    await joined.value
    let tablet = try #require(joining.joined)
    #expect(!joining.needsNearby && devices.trouble == nil)
    return Cast(
      relay: relay, sam: sam, mira: mira, toMira: toMira, tablet: tablet, folder: folder,
      devices: devices, clocks: [sam.clock, mira.clock])
  }

  /// Rounds of syncing, until something holds.
  private func exchange(
    _ cores: [any BelayCoreProtocol], _ clocks: [ManualClock], until holds: () async throws -> Bool
  ) async throws {
    for _ in 0..<10 {
      for clock in clocks { clock.advance(minutes: 1) }
      for core in cores { _ = try await core.sync(observer: nil) }
      if try await holds() { return }
    }
    throw NeverCame()
  }

  private func entries(_ core: any BelayCoreProtocol) async throws -> [String] {
    try await core.journalPage(query: EntryQuery(limit: 10)).page.entries.map(\.excerpt)
  }

  private func tablet(_ devices: OwnDevicesModel) throws -> OwnDeviceView {
    try #require(devices.page.value?.devices.first { !$0.device.thisDevice }).device
  }

  @Test("A further device gets everything, and what is written on it reaches the partner")
  func furtherDevice() async throws {
    let cast = try await cast()
    let (phone, tablet, mira) = (cast.sam.core, cast.tablet, cast.mira.core)
    try await exchange([phone, tablet, mira, phone], cast.clocks) {
      let partners = try await tablet.partners().map(\.name)
      return try await entries(tablet) == ["The lake."] && partners == ["Mira"]
    }
    var said = NewCheckIn.saying(mood: 4, win: "from the sofa")
    said.audience = [cast.toMira: [.mood, .win]]
    _ = try await tablet.writeCheckIn(new: said)
    let toSam = try #require(try await mira.partners().first?.space)
    try await exchange([tablet, mira, phone], cast.clocks) {
      try await mira.partner(space: toSam).checkIns.map(\.checkIn.win) == ["from the sofa"]
    }
    let there = OwnDevicesModel(Services(core: tablet, language: "en", shell: cast.sam.shell))
    await there.load()
    #expect(there.page.value?.standing == .active && there.page.value?.arriving == nil)
    #expect(there.page.value?.devices.count == 2 && there.page.value?.twice == nil)
    await cast.devices.load()
    #expect(cast.devices.page.value?.devices.compactMap(\.device.name) == ["Tablet"])
  }

  @Test("A device is renamed; a name that does not do stays typed")
  func renamed() async throws {
    let cast = try await cast()
    let devices = cast.devices
    devices.rename(try tablet(devices))
    devices.newName = String(repeating: "x", count: 500)
    await devices.rename()
    #expect(devices.trouble?.code == "invalid-input" && devices.renamed != nil)
    #expect(devices.newName.count == 500)
    devices.newName = "Kitchen tablet"
    await devices.rename()
    #expect(devices.renamed == nil && devices.trouble == nil)
    #expect(try tablet(devices).name == "Kitchen tablet")
  }

  @Test("A device that was removed learns so, keeps what it has, and gets nothing new")
  func removed() async throws {
    let cast = try await cast()
    let (devices, tablet) = (cast.devices, cast.tablet)
    try await exchange([cast.sam.core, tablet], cast.clocks) { try await !entries(tablet).isEmpty }
    let there = Services(core: tablet, language: "en", shell: cast.sam.shell)
    let standing = StandingModel(there)
    await standing.load()
    #expect(!standing.isRemoved)
    devices.removing = try self.tablet(devices)
    await devices.remove()
    #expect(devices.trouble == nil && devices.removing == nil)
    #expect(devices.page.value?.devices.map(\.device.thisDevice) == [true])
    #expect(devices.page.value?.removed.map(\.name) == ["Tablet"])
    _ = try await cast.sam.core.writeEntry(new: NewEntry(text: "Later.", tags: [], goals: []))
    for _ in 0..<4 {
      for clock in cast.clocks { clock.advance(minutes: 1) }
      _ = try await cast.sam.core.sync(observer: nil)
      _ = try? await tablet.sync(observer: nil)
    }
    await standing.load()
    #expect(standing.isRemoved)
    let page = OwnDevicesModel(there)
    await page.load()
    #expect(page.page.value?.mayAdd == false)
    #expect(page.page.value?.devices.contains(where: \.mayRemove) == false)
    #expect(try await entries(tablet) == ["The lake."])
    await #expect(throws: BelayError.Unavailable(reason: "device-removed")) {
      _ = try await tablet.writeEntry(new: NewEntry(text: "No.", tags: [], goals: []))
    }
  }

  @Test("What a removed device wrote before it knew waits, and counts once the person says so")
  func takenIn() async throws {
    let cast = try await cast()
    let (devices, tablet, phone) = (cast.devices, cast.tablet, cast.sam.core)
    try await exchange([phone, tablet], cast.clocks) { try await !entries(tablet).isEmpty }
    devices.removing = try self.tablet(devices)
    await devices.remove()
    _ = try await tablet.writeEntry(new: NewEntry(text: "On the train.", tags: [], goals: []))
    _ = try await tablet.sync(observer: nil)
    try await exchange([phone], cast.clocks) {
      await devices.load()
      return devices.page.value?.removed.first?.waiting ?? 0 > 0
    }
    #expect(try await entries(phone) == ["The lake."] && devices.page.value?.mayTakeIn == true)
    devices.takingIn = devices.page.value?.removed.first
    await devices.takeIn()
    #expect(devices.takenIn ?? 0 > 0 && devices.trouble == nil)
    #expect(try await entries(phone).contains("On the train."))
    #expect(devices.page.value?.mayTakeIn == false)
  }
}
