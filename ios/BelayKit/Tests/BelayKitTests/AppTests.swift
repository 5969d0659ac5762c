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

  /// Somebody who has a partner to keep in touch with.
  private func paired(on relay: RelayProcess) async throws -> TestPerson {
    let (sam, mira) = (
      try await TestPerson("Sam", clock: .atTheRelaysTime()),
      try await TestPerson("Mira", clock: .atTheRelaysTime())
    )
    for person in [sam, mira] { try await person.agree(on: relay) }
    _ = try await sam.pair(with: mira)
    return sam
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

  @Test("While it keeps in touch, the self-check looks at once and says how that went")
  func looksAtOnce() async throws {
    let relay = try RelayProcess()
    let sam = try await paired(on: relay)
    let app = try await app(sam)
    await app.start()
    app.cameForward()
    try await waitUntil { app.contact == .reached }
    let check = SelfCheckModel(try #require(app.services))
    await check.syncNow()
    #expect(check.trouble == nil && check.report?.troubles.isEmpty == true && !check.syncing)
    relay.switchOff()
    try await waitUntil { if case .trouble = app.contact { true } else { false } }
    await check.syncNow()
    #expect(check.trouble == nil && check.report?.troubles.isEmpty == false)
    await app.wentBehind()
    try relay.switchOn()
    try await waitUntil(until: {
      await check.syncNow()
      return check.report?.troubles.isEmpty == true
    })
  }

  @Test("What waits out a long hold wakes the app when it may leave")
  func wakes() async throws {
    let relay = try RelayProcess()
    let (sam, mira) = (
      try await TestPerson("Sam", clock: .atTheRelaysTime()),
      try await TestPerson("Mira", clock: .atTheRelaysTime())
    )
    for person in [sam, mira] { try await person.agree(on: relay) }
    let (toMira, _) = try await sam.pair(with: mira)
    _ = try await sam.core.editSettings(edit: SettingsEdit(holdSeconds: 300))
    let app = try await app(sam)
    await app.start()
    #expect(await app.syncOnce())
    let now = sam.clock.nowMs()
    sam.shell.nowMs = now
    #expect(await app.wakesAtMs() == now + 30 * 60 * 1000)
    var said = NewCheckIn.saying(mood: 4, win: "on my way")
    said.audience = [toMira: [.mood, .win]]
    _ = try await app.services?.core.writeCheckIn(new: said)
    await app.wentBehind()
    #expect(await app.wakesAtMs() == now + 300 * 1000)
    sam.shell.nowMs = now + 400 * 1000
    #expect(await app.wakesAtMs() == sam.shell.nowMs)
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
    services.router.go(.deleteEverything)
    let end = DeleteEverythingModel(services, left: app.left)
    end.ask()
    await end.delete()
    #expect(app.services == nil && app.opening.opening == .gone)
    await app.opening.start()
    #expect(app.opening.opening == .welcome)
  }

  @Test("After everything was deleted a store with a passphrase asks for it, and then says farewell")
  func afterTheEndWithPassphrase() async throws {
    let relay = try RelayProcess()
    let (sam, mira) = (
      try await TestPerson("Sam", clock: .atTheRelaysTime(), passphrase: "apple tree"),
      try await TestPerson("Mira", clock: .atTheRelaysTime())
    )
    for person in [sam, mira] { try await person.agree(on: relay) }
    _ = try await sam.pair(with: mira)
    let app = try await app(sam, kept: sam.services.router.kept)
    await app.start()
    app.opening.passphrase = "apple tree"
    await app.opening.unlock()
    app.enter()
    relay.switchOff()
    let end = DeleteEverythingModel(try #require(app.services), left: app.left)
    end.ask()
    await end.delete()
    #expect(app.services == nil && app.opening.opening == .passphrase)
    app.opening.passphrase = "apple tree"
    await app.opening.unlock()
    #expect(app.opening.opening == .beingDeleted(nil))
    try relay.switchOn()
    await app.opening.finishDeleting()
    #expect(app.opening.opening == .gone)
  }

  @Test("Where the phone has no lock of its own, a lock that was chosen shuts nobody out")
  func noPhoneLock() async throws {
    let person = try await TestPerson("Sam")
    person.shell.canConfirmOwner = false
    let app = try await app(person, locks: true)
    #expect(!app.canLock && !app.beginning().locksApp)
    await app.start()
    #expect(!app.isLocked && app.services != nil)
    await app.wentBehind()
    #expect(!app.isLocked)
    person.shell.canConfirmOwner = true
    #expect(app.canLock && app.beginning().locksApp)
    await app.wentBehind()
    #expect(app.isLocked)
  }

  @Test("The first unlocking that is left by going home is still to be done, and then everything opens")
  func leftWhileUnlocking() async throws {
    let person = try await TestPerson("Sam")
    let app = try await app(person, locks: true)
    person.shell.isOwner = false
    await app.start()
    await app.wentBehind()
    #expect(app.isLocked)
    app.cameForward()
    #expect(app.isLocked && app.services == nil)
    person.shell.isOwner = true
    #expect(await app.unlock())
    #expect(!app.isLocked && app.services != nil)
  }

  @Test("Coming forward before anything was looked at opens it")
  func forwardFirst() async throws {
    let person = try await TestPerson("Sam")
    let app = try await app(person)
    app.cameForward()
    await app.start()
    try await waitUntil { app.services != nil }
  }

  @Test("In front before the store was open, it keeps in touch once it is")
  func inFrontFirst() async throws {
    let relay = try RelayProcess()
    let sam = try await paired(on: relay)
    let app = try await app(sam, locks: true)
    sam.shell.isOwner = false
    await app.start()
    app.cameForward()
    #expect(app.contact == .none)
    sam.shell.isOwner = true
    #expect(await app.unlock())
    try await waitUntil { app.contact == .reached }
    await app.wentBehind()
  }

  @Test("A quick look at another app does not end keeping in touch")
  func quickLook() async throws {
    let relay = try RelayProcess()
    let sam = try await paired(on: relay)
    let app = try await app(sam)
    await app.start()
    app.cameForward()
    try await waitUntil { app.contact == .reached }
    for _ in 1...3 {
      await app.wentBehind()
      app.cameForward()
    }
    #expect(app.keepsInTouch)
    relay.switchOff()
    // The one that was let go of may not have let go of the store yet; then it is tried again.
    try await waitUntil {
      sam.shell.passTime()
      if case .trouble = app.contact { return app.keepsInTouch }
      return false
    }
    await app.wentBehind()
    #expect(!app.keepsInTouch)
  }
}
