import BelayCore
import BelayKit
import BelayTesting
import BelayWords
import Foundation
import SwiftUI
import Testing

@testable import BelayApp

/// Coming back after a loss: the way in, and the drill.
@MainActor
@Suite struct RecoveryPagesTests {
  @Test("who has recovery words says so at the beginning, and types them")
  func restores() async throws {
    let person = try await TestPerson()
    let words = person.services.words
    var asked = false
    let first = OnboardingModel(door: person.door, problem: person.services.problem)
    _Page(
      of: OnboardingScreen(
        model: first, words: words, made: { _ in }, joins: {}, restores: { asked = true })
    )
    .press(words.recoveryRestore)
    #expect(asked)
    let model = RestoreModel(
      door: person.door, shell: person.shell, problem: person.services.problem)
    let screen = RestoreScreen(model: model, words: words, restored: { _ in }, back: {})
    _Page(of: screen).type("abandon", into: words.recoveryDrillField)
    _Page(of: screen).type("https://relay.example", into: words.recoveryRestoreRelay)
    #expect(model.typed.text == "abandon" && model.relay == "https://relay.example" && model.canRestore)
  }

  @Test("whoever came back says which device is gone, and goes on without it")
  func theLostOne() async throws {
    let person = try await TestPerson()
    let words = person.services.words
    let row = OwnDeviceRowView(
      device: OwnDeviceView(
        device: String(repeating: "b", count: 32), name: "Old phone", thisDevice: false,
        asOfAtMs: nil, addedAtMs: nil),
      state: .inUse, twice: nil, mayRename: true, mayRemove: true)
    var page = DevicesPageView(
      standing: .active, devices: [row], removed: [], arriving: nil, twice: nil,
      partnershipsElsewhere: 0, sealedCopyAt: nil, mayAdd: true, mayTakeIn: false)
    let (before, fake) = (page, FakeCore())
    page.devices = []
    let after = page
    fake.on("devicesPage") { before }
    fake.on("revokeWithWords") { after }
    let door = ScriptedDoor { $0.core = .success(fake) }
    let model = RestoreModel(door: door, shell: person.shell, problem: person.services.problem)
    model.typed.text = "abandon"
    model.relay = "https://relay.example"
    var entered = false
    let screen = RestoreScreen(model: model, words: words, restored: { _ in entered = true }, back: {})
    _Page(of: screen).press(words.recoveryRestoreGo)
    await eventually("everything is back") { !model.others.isEmpty && !model.busy }
    #expect(_Page(of: screen).said.contains(words.recoveryRestoredLeftOut(count: 1)))
    _Page(of: screen).press(words.restoreLostIs(name: "Old phone"))
    _Page(of: screen).press(words.restoreLostRemove(count: 1))
    await eventually("it is removed") { model.removed.count == 1 && !model.busy }
    let said = _Page(of: screen)
    #expect(said.said.contains(words.restoreLostRemoved(name: "Old phone")))
    said.press(words.pairingGoOn)
    #expect(entered)
  }

  @Test("a file instead of a relay is chosen and named with its size, and a slip is put right with one press")
  func fromAFile() async throws {
    let person = try await TestPerson()
    let words = person.services.words
    let model = RestoreModel(
      door: person.door, shell: person.shell, problem: person.services.problem)
    let screen = RestoreScreen(model: model, words: words, restored: { _ in }, back: {})
    _Page(of: screen).press(words.restoreFromFile)
    #expect(_Page(of: screen).control(words.recoveryRestoreRelay) == nil)
    _Page(of: screen).press(words.handOverFrom)
    #expect(_Page(of: screen).said.contains(words.handOverThere))
    _Page(of: screen).press(words.restoreFromFile)
    let made = person.folder.file("sealed.belay")
    try Data("x".utf8).write(to: URL(fileURLWithPath: made))
    person.shell.file = made
    _Page(of: screen).press(words.restoreFileChoose)
    await eventually("it is chosen") { model.file != nil }
    #expect(_Page(of: screen).said.contains("sealed.belay"))
    _Page(of: screen).type("abandonn ability ", into: words.recoveryDrillField)
    _Page(of: screen).press(words.pairingMistypedUse(nearest: "abandon"))
    #expect(_Page(of: screen).said.contains(words.restoreWordsSoFar(count: 2)))
  }

  @Test("the page about coming back says what is missing, and takes the drill")
  func drill() async throws {
    let person = try await TestPerson("Sam")
    let words = person.services.words
    let model = RecoveryModel(person.services)
    await model.load()
    let page = _Page(of: RecoveryScreen(model: model))
    #expect(page.said.contains(words.recoveryWouldNot))
    #expect(page.said.contains(words.recoveryGapWords) && page.said.contains(words.recoveryDrillNever))
    page.type("abandon", into: words.recoveryDrillField)
    #expect(model.typed.text == "abandon")
  }
}
