import BelayCore
import BelayKit
import BelayTesting
import Foundation
import Testing

@MainActor
@Suite("The whole app")
struct AppTests {
  private func app(
    _ person: TestPerson, kept: Data = Data(), locks: Bool = false
  ) async throws -> AppModel {
    person.services.changes.stop()
    try await person.core.shutdown()
    return AppModel(
      door: person.door, shell: person.shell, language: "en", kept: kept, locksApp: { locks })
  }

  @Test("It opens where the person was")
  func opens() async throws {
    let person = try await TestPerson("Sam")
    person.services.router.choose(.people)
    person.services.router.go(.settings)
    let app = try await app(person, kept: person.services.router.kept)
    await app.start()
    let services = try #require(app.services)
    #expect(services.router[.people] == [.settings])
    #expect(try await services.core.today().displayName == "Sam")
  }

  @Test("Nothing is opened before the device's owner has shown that it is them")
  func appLock() async throws {
    let person = try await TestPerson("Sam")
    let app = try await app(person, locks: true)
    person.shell.isOwner = false
    await app.start()
    #expect(app.isLocked && app.services == nil && app.opening.opening == .looking)
    #expect(await !app.unlock())
    person.shell.isOwner = true
    #expect(await app.unlock())
    #expect(!app.isLocked && app.services != nil)
    await app.wentBehind()
    #expect(app.isLocked)
    #expect(await app.unlock())
  }

  @Test("In front it keeps in touch; behind it lets go, and one exchange is still possible")
  func keepsInTouch() async throws {
    let relay = try RelayProcess()
    let (sam, mira) = (
      try await TestPerson("Sam", clock: .atTheRelaysTime()),
      try await TestPerson("Mira", clock: .atTheRelaysTime())
    )
    for person in [sam, mira] { try await person.agree(on: relay) }
    let (toMira, _) = try await sam.pair(with: mira)
    let app = try await app(sam)
    await app.start()
    app.cameForward()
    app.cameForward()
    try await waitUntil { app.contact == .reached }
    var said = NewCheckIn.saying(mood: 4, win: "on my way")
    said.audience = [toMira: [.mood, .win]]
    _ = try await app.services?.core.writeCheckIn(new: said)
    await app.wentBehind()
    sam.clock.advance(minutes: 2)
    // Whoever kept in touch lets go of the store before one exchange can begin.
    try await waitUntil(until: { await app.syncOnce() })
    mira.clock.advance(minutes: 2)
    _ = try await mira.core.sync(observer: nil)
    #expect(try await mira.core.today().partners.first?.last?.checkIn.win == "on my way")
  }

  @Test("Started for a sync alone it opens the store once, and the app lock stays shut")
  func startedForSync() async throws {
    let relay = try RelayProcess()
    let sam = try await TestPerson("Sam", clock: .atTheRelaysTime())
    try await sam.agree(on: relay)
    let app = try await app(sam, locks: true)
    sam.shell.isOwner = false
    #expect(await app.syncOnce())
    #expect(app.isLocked && app.services != nil)
    let opened = try #require(app.services)
    await app.start()
    #expect(app.isLocked && app.services === opened)
    sam.shell.isOwner = true
    await app.start()
    #expect(!app.isLocked && app.services === opened)
  }

  @Test("After the owner has shown that it is them, the store is opened once")
  func openedOnce() async throws {
    let person = try await TestPerson("Sam")
    let door = ScriptedDoor { $0.core = .success(person.core) }
    let app = AppModel(door: door, shell: person.shell, language: "en", locksApp: { true })
    await app.start()
    #expect(!app.isLocked && app.services != nil)
    #expect(door.now.tried.count == 1)
  }

  @Test("A link opened while Belay was shut is answered on the page of pairing, once, and kept nowhere")
  func link() async throws {
    let person = try await TestPerson("Sam")
    let app = try await app(person)
    app.open(invitation: "https://relay.example/pair/#secret")
    await app.start()
    let services = try #require(app.services)
    #expect(services.router.over == .pairing(.apart))
    #expect(!String(decoding: services.router.kept, as: UTF8.self).contains("secret"))
    #expect(PairingModel(services, .apart).typed == "https://relay.example/pair/#secret")
    #expect(PairingModel(services, .apart).typed.isEmpty)
  }

  @Test("After everything was deleted it stands before the door again")
  func afterTheEnd() async throws {
    let person = try await TestPerson("Sam")
    let app = try await app(person)
    await app.start()
    let services = try #require(app.services)
    let end = DeleteEverythingModel(services, door: app.door)
    end.ask()
    await end.delete()
    #expect(end.stage == .gone)
    await app.left()
    #expect(app.services == nil && app.opening.opening == .welcome)
  }
}
