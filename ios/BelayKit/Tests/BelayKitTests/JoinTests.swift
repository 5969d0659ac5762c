import BelayCore
import BelayKit
import BelayTesting
import Testing

@MainActor
@Suite("One's own further phone")
struct JoinTests {
  private func emptyPhone(_ folder: TemporaryFolder, _ clock: ManualClock) -> LocalStoreDoor {
    LocalStoreDoor(folder: folder.file("store"), clock: clock, secrets: MemorySecrets())
  }

  @Test("It joins by the other's code; a foreign code before it is told kindly and stays typed")
  func joins() async throws {
    let relay = try RelayProcess()
    let sam = try await TestPerson("Sam", clock: .atTheRelaysTime())
    try await sam.agree(on: relay)
    try await sam.core.setSelfCopy(keep: true)
    let devices = OwnDevicesModel(sam.services)
    await devices.load()
    let adding = Task { await devices.addDevice() }
    try await waitUntil {
      if case .showing = devices.stage { true } else { false }
    }
    guard case .showing(let invitation) = devices.stage else { return }

    let folder = try TemporaryFolder()
    let model = JoinModel(
      door: emptyPhone(folder, sam.clock), shell: sam.shell, problem: sam.services.problem)
    #expect(!model.canJoin)
    sam.shell.code = "https://example.org/menu"
    await model.scan()
    #expect(model.trouble != nil && model.text == "https://example.org/menu" && model.joined == nil)

    sam.shell.code = invitation.text
    let joining = Task { await model.scan() }
    await adding.value
    guard case .comparing(let asking) = devices.stage else {
      let met = [devices.trouble, model.trouble].compactMap { $0?.code }
      Issue.record("nobody asked: \(met)")
      return
    }
    try await waitUntil { !model.comparison.isEmpty }
    #expect(model.comparison == asking.comparisonWords)
    devices.name = "Tablet"
    await devices.admit()
    await joining.value
    let joined = try #require(model.joined)
    #expect(model.trouble == nil)
    #expect(try await !joined.isWaitingDevice())
    #expect(devices.page.value?.devices.count == 2)
  }

  @Test("A phone that was ended while it waited goes on waiting, and turning back lets it begin by itself")
  func waitsOn() async throws {
    let person = try await TestPerson()
    let folder = try TemporaryFolder()
    let door = emptyPhone(folder, person.clock)
    try await door.createOwnDevice().shutdown()
    let opening = OpeningModel(door: door, problem: person.services.problem)
    await opening.start()
    #expect(opening.opening == .waiting && opening.core == nil)
    let model = JoinModel(
      door: door, shell: person.shell, waiting: opening.waitingCore, problem: person.services.problem)
    await model.turnBack()
    #expect(model.trouble == nil)
    await opening.start()
    #expect(opening.opening == .welcome)
  }

  @Test("Turning back while the other phone is waited for is no trouble")
  func turnsBackWhileWaiting() async throws {
    let person = try await TestPerson()
    let gate = Gate()
    let fake = FakeCore()
    fake.on("joinAsOwnDevice") {
      await gate.pass()
      throw BelayError.Closed
    }
    fake.on("shutdown") { true }
    let door = ScriptedDoor { $0.core = .success(fake) }
    let model = JoinModel(door: door, shell: person.shell, problem: person.services.problem)
    model.text = "belay:join"
    let joining = Task { await model.join() }
    try await waitUntil { gate.waiting == 1 }
    #expect(model.busy && !model.canJoin)
    let turning = Task { await model.turnBack() }
    gate.open()
    await turning.value
    await joining.value
    #expect(model.joined == nil && !model.busy)
  }
}
