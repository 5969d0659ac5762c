import BelayCore
import BelayKit
import BelayTesting
import Foundation
import Testing

@MainActor
@Suite("What goes wrong, with the real library")
struct BadInputTests {
  private func opening(_ person: TestPerson) async throws -> OpeningModel {
    try await person.core.shutdown()
    let model = OpeningModel(door: person.door, problem: person.services.problem)
    await model.start()
    return model
  }

  @Test("A phone restored from a copy has the store and not its key")
  func keyLost() async throws {
    let person = try await TestPerson("Sam")
    person.secrets.loseKey()
    let model = try await opening(person)
    #expect(model.opening == .keyLost)
    await model.eraseNow()
    #expect(model.opening == .welcome)
    #expect(try await !person.door.exists())
  }

  @Test("Another store's key is told as a lost key, and nothing is changed")
  func anotherKey() async throws {
    let person = try await TestPerson("Sam")
    let kept = try person.secrets.load()
    person.secrets.replaceKey()
    let model = try await opening(person)
    #expect(model.opening == .keyLost)
    try person.secrets.save(secret: try #require(kept))
    await model.start()
    #expect(model.opening == .open)
  }

  @Test("A keystore that is shut is waited for")
  func shut() async throws {
    let person = try await TestPerson("Sam")
    person.secrets.isShut = true
    let model = try await opening(person)
    #expect(model.opening == .locked)
    person.secrets.isShut = false
    await model.start()
    #expect(model.opening == .open)
  }

  @Test("A keystore that throws what nobody expects is a fault of the program, and it ends there")
  func throwsSurprise() async throws {
    let person = try await TestPerson("Sam")
    person.secrets.isBroken = true
    let model = try await opening(person)
    guard case .stuck(let problem) = model.opening else {
      Issue.record("not stuck: \(model.opening)")
      return
    }
    #expect(problem.code == "internal")
    person.secrets.isBroken = false
    await model.start()
    #expect(model.opening == .open)
  }

  @Test("A passphrase is asked for, a wrong one changes nothing, the right one opens")
  func passphrase() async throws {
    let person = try await TestPerson("Sam", passphrase: "rope and river")
    let model = try await opening(person)
    #expect(model.opening == .passphrase)
    model.passphrase = "rope and rival"
    await model.unlock()
    #expect(model.trouble?.code == "wrong-secret" && model.opening == .passphrase)
    model.passphrase = "rope and river"
    await model.unlock()
    #expect(model.opening == .open)
    let core = try #require(model.core)
    #expect(try await core.today().displayName == "Sam")
  }

  @Test("A closed core answers that it is closed, on every page")
  func closed() async throws {
    let person = try await TestPerson("Sam")
    try await person.core.shutdown()
    let today = TodayModel(person.services)
    let goals = GoalsModel(person.services)
    let people = PeopleModel(person.services)
    await today.load()
    await goals.load()
    await people.load()
    #expect(
      [today.page.problem, goals.page.problem, people.page.problem].map { $0?.code }
        == ["closed", "closed", "closed"])
  }

  @Test("Two stores in one folder are refused, and the first one stays")
  func secondStore() async throws {
    let person = try await TestPerson("Sam")
    let model = OnboardingModel(door: person.door, problem: person.services.problem)
    while !model.isLast { model.next() }
    await model.finish()
    #expect(model.trouble?.detail == "already-exists")
    #expect(try await person.core.today().displayName == "Sam")
  }

  @Test("A damaged store is set aside whole, and its page says where")
  func damaged() async throws {
    let person = try await TestPerson("Sam")
    try await person.core.shutdown()
    let folder = URL(fileURLWithPath: person.folder.file("store"))
    let files = try FileManager.default.contentsOfDirectory(
      at: folder, includingPropertiesForKeys: [.fileSizeKey])
    let database = try #require(
      files.max {
        let sizes = try? [$0, $1].map { try $0.resourceValues(forKeys: [.fileSizeKey]).fileSize ?? 0 }
        return (sizes?[0] ?? 0) < (sizes?[1] ?? 0)
      })
    var bytes = try Data(contentsOf: database)
    for place in stride(from: 0, to: bytes.count, by: 64) { bytes[place] ^= 0xFF }
    try bytes.write(to: database)
    let model = OpeningModel(door: person.door, problem: person.services.problem)
    await model.start()
    guard case .damaged(let aside) = model.opening else {
      Issue.record("not set aside: \(model.opening)")
      return
    }
    #expect(FileManager.default.fileExists(atPath: aside))
  }

  @Test("A page asked for after it was left is cancelled without a word, and the job behind it ends well")
  func droppedWait() async throws {
    let person = try await TestPerson("Sam")
    let writing = Task { try await person.core.writeCheckIn(new: .saying(mood: 3, win: "still written")) }
    writing.cancel()
    _ = await writing.result
    let today = TodayModel(person.services)
    await today.load()
    #expect(today.page.value?.checkIns.count ?? 0 <= 1 && today.trouble == nil)
  }

  @Test(
    "Words in any script cross the border unharmed", arguments: ["𝕊am ", "مرحبا", "👩🏽‍🚒", "a\u{301}", "日本語"]
  )
  func scripts(text: String) async throws {
    let person = try await TestPerson("Sam")
    let saved = try await person.core.writeCheckIn(new: .saying(mood: 3, win: text))
    #expect(saved.checkIn.win == text || saved.checkIn.win == text.trimmingCharacters(in: .whitespaces))
  }
}
