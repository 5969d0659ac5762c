import BelayKit
import BelayTesting
import BelayWords
import SwiftUI
import Testing

@testable import BelayApp

/// From nothing to Today, and back behind the lock.
@MainActor
@Suite struct RootTests {
  private func root() throws -> (AppModel, TestHost) {
    let folder = try TemporaryFolder()
    let clock = ManualClock()
    let shell = RecordingShell(clock: clock)
    let store = folder.file("store")
    let host = TestHost(folder: store, shell: shell)
    let door = LocalStoreDoor(folder: store, clock: clock, secrets: MemorySecrets())
    let app = AppModel(door: door, shell: shell, language: "en", locksApp: { host.locksApp })
    return (app, host)
  }

  @Test("a new person reads what Belay is and is not, and stands on Today")
  func aNewPersonReadsWhatBelayIsAndIsNotAndStandsOnToday() async throws {
    let (app, host) = try root()
    await app.start()
    #expect(app.opening.opening == .welcome)
    let model = OnboardingModel(door: app.door) { Problem($0, app.words) }
    let screen = OnboardingScreen(
      model: model, words: app.words,
      made: { core in
        app.opening.opened(core)
        app.enter()
      }, joins: {}, restores: {})
    _Page(of: screen).press(app.words.onboardingNext)
    _Page(of: screen).press(app.words.onboardingLimitsAgree)
    _Page(of: screen).type("Mira", into: app.words.onboardingNameLabel)
    _Page(of: screen).press(app.words.onboardingNext)
    _Page(of: screen).press(app.words.onboardingNext)
    _Page(of: screen).press(app.words.onboardingBegin)
    await eventually("the store is open") { app.services != nil }
    let page = _Page(of: RootView(app: app, host: host))
    #expect(page.control(app.words.commonHelpNow) != nil)
    #expect(page.said.contains(app.words.commonJournal))
  }

  @Test("behind the lock nothing is shown but the way in and the way to help")
  func behindTheLockNothingIsShownButTheWayInAndTheWayToHelp() async throws {
    let (app, host) = try root()
    await app.start()
    let model = OnboardingModel(door: app.door) { Problem($0, app.words) }
    await model.finish()
    app.opening.opened(try #require(model.core))
    app.enter()
    host.locksApp = true
    await app.wentBehind()
    let page = _Page(of: RootView(app: app, host: host))
    let shown = page.nodes.filter(\.isControl).map(\.label)
    #expect(shown == [app.words.onboardingUnlock, app.words.commonHelpNow])
  }

  @Test("help is in reach from the first page on, and on a page over all others, which stays")
  func helpIsInReachEverywhere() async throws {
    let (app, host) = try root()
    await app.start()
    let help = app.words.commonHelpNow
    #expect(_Page(of: RootView(app: app, host: host)).control(help) != nil)
    let model = OnboardingModel(door: app.door) { Problem($0, app.words) }
    await model.finish()
    app.opening.opened(try #require(model.core))
    app.enter()
    let services = try #require(app.services)
    services.router.present(.checkIn(on: nil))
    let ways = _Page(of: PlacesView(app: app, services: services)).nodes.filter { $0.label == help }
    #expect(ways.count == Place.allCases.count + 1)
    ways.last?.press?()
    #expect(services.router.over == .checkIn(on: nil) && services.router.current == .helpNow)
    let page = _Page(of: PlacesView(app: app, services: services))
    #expect(page.nodes.filter { $0.label == app.words.commonClose }.count == 2)
    let sheet = _Page(of: WithHelp(services) { Text("a sheet") })
    sheet.press(help)
    #expect(services.router.help?.layer == .sheet)
  }
}
