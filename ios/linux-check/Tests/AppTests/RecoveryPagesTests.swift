import BelayCore
import BelayKit
import BelayTesting
import BelayWords
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
    let model = RestoreModel(door: person.door, problem: person.services.problem)
    let screen = RestoreScreen(model: model, words: words, restored: { _ in }, back: {})
    _Page(of: screen).type("abandon", into: words.recoveryDrillField)
    _Page(of: screen).type("https://relay.example", into: words.recoveryRestoreRelay)
    #expect(model.typed == "abandon" && model.relay == "https://relay.example" && model.canRestore)
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
    #expect(model.typed == "abandon")
  }
}
