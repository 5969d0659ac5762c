import BelayCore
import BelayKit
import BelayTesting
import BelayWords
import Testing

@MainActor
@Suite("Beginning")
struct OnboardingTests {
  private func begin(_ door: ScriptedDoor) -> OnboardingModel {
    OnboardingModel(door: door, problem: { Problem($0, WordsEn()) })
  }

  @Test("The pages follow each other and go back")
  func pages() {
    let model = begin(ScriptedDoor())
    var seen = [model.step]
    while !model.isLast {
      model.next()
      seen.append(model.step)
    }
    #expect(seen == OnboardingModel.Step.allCases)
    model.next()
    #expect(model.isLast)
    for _ in seen { model.back() }
    #expect(model.step == .what)
  }

  @Test("Nobody has to give a name, and nothing but the day's beginning is set")
  func withoutAName() async {
    let door = ScriptedDoor { $0.core = .success(FakeCore()) }
    let model = begin(door)
    model.name = "  "
    model.dayStart = 4
    await model.finish()
    #expect(model.core != nil)
    #expect(door.now.made.map(\.displayName) == [nil])
    #expect(door.now.made.map(\.dayStart) == [4])
    #expect(door.now.made.map(\.passphrase) == [nil])
  }

  @Test("Two passphrases that differ make nothing")
  func passphrasesDiffer() async {
    let door = ScriptedDoor { $0.core = .success(FakeCore()) }
    let model = begin(door)
    model.passphrase = "apple"
    model.passphraseAgain = "appel"
    await model.finish()
    #expect(door.now.made.isEmpty)
    #expect(!model.passphrasesAgree)
  }

  @Test("A name that does not do brings its page back with the name still in it")
  func nameRefused() async {
    let door = ScriptedDoor {
      $0.core = .failure(.InvalidInput(field: "display_name", rule: "too_many_characters"))
    }
    let model = begin(door)
    model.name = "Sam"
    while !model.isLast { model.next() }
    await model.finish()
    #expect(model.step == .name)
    #expect(model.name == "Sam")
    #expect(model.trouble?.way == .change(field: "display_name"))
  }

  @Test("A full phone makes nothing and loses nothing that was typed")
  func full() async {
    let door = ScriptedDoor { $0.core = .failure(.StorageFull) }
    let model = begin(door)
    model.name = "Mira"
    model.passphrase = "apple"
    model.passphraseAgain = "apple"
    await model.finish()
    #expect(model.core == nil)
    #expect(model.name == "Mira")
    #expect(model.passphrase == "apple")
    #expect(model.trouble?.code == "storage-full")
  }
}
