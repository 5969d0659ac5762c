import BelayCore
import BelayTesting
import Foundation
import Testing

@testable import BelayKit

@MainActor
@Suite("Coming back after a loss")
struct RecoveryTests {
  private struct Before {
    let relay: RelayProcess
    let sam: TestPerson
    let mira: TestPerson
    let words: [String]
  }

  /// Somebody with a partner, an entry, and a sealed copy on a relay, who wrote the words down.
  private func before() async throws -> Before {
    let relay = try RelayProcess()
    let (sam, mira) = (
      try await TestPerson("Sam", clock: .atTheRelaysTime()),
      try await TestPerson("Mira", clock: .atTheRelaysTime())
    )
    for person in [sam, mira] { try await person.agree(on: relay) }
    _ = try await sam.pair(with: mira)
    let words = try await sam.core.recoveryWords()
    _ = try await sam.core.writeEntry(new: NewEntry(text: "The lake.", tags: [], goals: []))
    try await sam.core.setSelfCopy(keep: true)
    for _ in 0..<3 {
      sam.clock.advance(minutes: 2)
      _ = try await sam.core.sync(observer: nil)
      _ = try await mira.core.sync(observer: nil)
    }
    return Before(relay: relay, sam: sam, mira: mira, words: words)
  }

  @Test("The phone is lost; the words and the relay bring everything back")
  func restored() async throws {
    let before = try await before()
    let (sam, mira) = (before.sam, before.mira)
    try await sam.core.shutdown()
    let folder = try TemporaryFolder()
    let door = LocalStoreDoor(
      folder: folder.file("store"), clock: sam.clock, secrets: MemorySecrets())
    let model = RestoreModel(door: door, shell: sam.shell, problem: sam.services.problem)
    #expect(!model.canRestore)
    var typed = before.words
    typed[4] += "x"
    model.typed.text = typed.joined(separator: " ")
    model.relay = before.relay.origin
    model.allowsPlainHttp = true
    model.deviceName = "New phone"
    await model.restore()
    #expect(model.typed.look?.mistyped.map(\.position) == [5])
    #expect(model.trouble != nil && model.core == nil)
    #expect(try await !door.exists())
    model.typed.text = before.words.joined(separator: " ")
    await model.restore()
    let core = try #require(model.core, "\(String(describing: model.trouble))")
    #expect(model.restored?.partnerships == 1 && model.restored?.leftOut == 0)
    #expect(model.typed.isBlank)

    for _ in 0..<6 {
      for clock in [sam.clock, mira.clock] { clock.advance(minutes: 2) }
      _ = try await core.sync(observer: nil)
      _ = try await mira.core.sync(observer: nil)
    }
    let journal = try await core.journalPage(query: EntryQuery(limit: 10))
    #expect(journal.page.entries.map(\.excerpt) == ["The lake."])
    #expect(try await core.partners().map(\.name) == ["Mira"])
  }

  @Test("Words that open nothing there are told apart from a slip, and stay typed")
  func wrongWords() async throws {
    let relay = try RelayProcess()
    let person = try await TestPerson()
    let other = try await TestPerson("Jonas")
    let words = try await other.core.recoveryWords().joined(separator: " ")
    let folder = try TemporaryFolder()
    let door = LocalStoreDoor(
      folder: folder.file("store"), clock: ManualClock.atTheRelaysTime(), secrets: MemorySecrets())
    let model = RestoreModel(door: door, shell: person.shell, problem: person.services.problem)
    model.typed.text = words
    model.relay = relay.origin
    model.allowsPlainHttp = true
    await model.restore()
    #expect(model.trouble?.detail == "no-copy-found" && model.typed.look?.verdict == .whole)
    #expect(model.typed.text == words && model.core == nil)
    #expect(try await !door.exists())
  }

  @Test("The drill says whether one would come back, and changes nothing but when it was tried")
  func drill() async throws {
    let before = try await before()
    let model = RecoveryModel(before.sam.services)
    await model.load()
    #expect(model.page.value?.lastDrillAtMs == nil)
    #expect(model.page.value?.gaps.isEmpty == false)
    model.typed.text = "abandon ability able"
    await model.drill()
    #expect(model.trouble != nil && !model.wasRight && !model.typed.isBlank)
    model.typed.text = before.words.joined(separator: " ")
    await model.drill()
    #expect(model.wasRight && model.trouble == nil && model.typed.isBlank)
    #expect(model.page.value?.lastDrillAtMs != nil)
    await model.remind(every: 90)
    #expect(model.page.value?.drillEveryDays == 90)
    await model.remind(every: nil)
    #expect(model.page.value?.drillEveryDays == nil)
  }

  @Test("New words count once they were typed, and the old ones no more")
  func newWords() async throws {
    let before = try await before()
    let model = NewWordsModel(before.sam.services)
    await model.draw()
    guard case .showing(let new) = model.stage else {
      Issue.record("not drawn: \(String(describing: model.trouble))")
      return
    }
    #expect(new.count == 24 && new != before.words)
    model.written()
    model.typed.text = new.dropLast().joined(separator: " ")
    await model.confirm()
    #expect(model.stage == .typing && model.trouble != nil)
    model.typed.text = new.joined(separator: " ")
    await model.confirm()
    #expect(model.stage == .done, "\(String(describing: model.trouble))")
    let drill = RecoveryModel(before.sam.services)
    drill.typed.text = before.words.joined(separator: " ")
    await drill.drill()
    #expect(!drill.wasRight && drill.trouble != nil)
    drill.typed.text = new.joined(separator: " ")
    await drill.drill()
    #expect(drill.wasRight)
  }

  @Test("Shares give the words back when enough are together, and a partner keeps one")
  func shares() async throws {
    let before = try await before()
    let (sam, mira) = (before.sam, before.mira)
    let model = SharesModel(sam.services)
    await model.load()
    #expect(model.partners.map(\.name) == ["Mira"] && !model.canMake)
    model.toggle(try #require(model.partners.first).space)
    model.onPaper = 2
    #expect(model.count == 3 && model.canMake)
    model.typed.text = before.words.joined(separator: " ")
    await model.make()
    let made = try #require(model.made, "\(String(describing: model.trouble))")
    #expect(made.count == 3 && made.threshold == 2 && made.onPaper.count == 2)
    #expect(model.typed.isBlank)
    let together = try wordsOfShares(texts: made.onPaper)
    #expect(together == before.words.joined(separator: " "))
    #expect(throws: BelayError.Unavailable(reason: "too-few-shares")) {
      try wordsOfShares(texts: [made.onPaper[0]])
    }
    // Mira has the first of them.
    #expect(model.number(ofCard: 0, in: made) == 2 && model.onTheirWay(of: made) == 1)
    model.putAway()
    #expect(model.made == nil)
    for _ in 0..<3 {
      for clock in [sam.clock, mira.clock] { clock.advance(minutes: 2) }
      _ = try await sam.core.sync(observer: nil)
      _ = try await mira.core.sync(observer: nil)
    }
    let keeping = SharesModel(mira.services)
    await keeping.load()
    let kept = try #require(keeping.kept.first)
    #expect(kept.partner == "Sam")
    await keeping.show(kept.space)
    let shown = try #require(keeping.shown?.text)
    #expect(try wordsOfShares(texts: [made.onPaper[1], shown]) == together)
    await keeping.show(kept.space)
    #expect(keeping.shown == nil)
    await model.takeBack()
    #expect(model.page.value?.holders.count == 1, "nobody said yes")
    model.asksBack = true
    await model.takeBack()
    #expect(model.page.value?.holders.isEmpty == true && !model.asksBack)
  }

  @Test("A store whose keystore lost the key opens with the words")
  func keyLost() async throws {
    let person = try await TestPerson("Sam")
    let words = try await person.core.recoveryWords().joined(separator: " ")
    person.services.changes.stop()
    try await person.core.shutdown()
    person.secrets.loseKey()
    let opening = OpeningModel(door: person.door, problem: person.services.problem)
    await opening.start()
    #expect(opening.opening == .keyLost)
    await opening.open(words: "abandon ability able")
    #expect(opening.opening == .keyLost && opening.trouble != nil)
    await opening.open(words: words)
    #expect(opening.opening == .open, "\(String(describing: opening.trouble))")
    #expect(try await opening.core?.today().displayName == "Sam")
    #expect(person.secrets.hasKey)
  }
}
