import BelayCore
import BelayTesting
import Foundation
import Testing

@testable import BelayKit

/// Coming back on an empty phone, from a relay and from a file, and what happens to the phone that is gone.
@MainActor
@Suite("Everything back")
struct RestoreTests {
  /// An empty phone, and the page that brings everything back on it.
  private func empty(_ person: TestPerson, _ folder: TemporaryFolder) -> (LocalStoreDoor, RestoreModel) {
    let door = LocalStoreDoor(
      folder: folder.file("store"), clock: person.clock, secrets: MemorySecrets())
    let model = RestoreModel(door: door, shell: person.shell, problem: person.services.problem)
    return (door, model)
  }

  private func entries(_ core: any BelayCoreProtocol) async throws -> [String] {
    try await core.journalPage(query: EntryQuery(limit: 10)).page.entries.map(\.excerpt)
  }

  @Test("A file of one's own and the words bring everything back, without any network")
  func fromAFile() async throws {
    let sam = try await TestPerson("Sam")
    let words = try await sam.core.recoveryWords().joined(separator: " ")
    _ = try await sam.core.writeEntry(new: NewEntry(text: "The lake.", tags: [], goals: []))
    let made = sam.folder.file("sealed.belay")
    _ = try await sam.core.writeBundle(
      path: made, new: NewBundle(forWhom: .ownDevices, whole: true), observer: nil)
    let folder = try TemporaryFolder()
    let (door, model) = empty(sam, folder)
    model.typed.text = words
    model.source = .file
    #expect(!model.canRestore)
    let letter = sam.folder.file("letter.txt")
    try Data("no bundle".utf8).write(to: URL(fileURLWithPath: letter))
    sam.shell.file = letter
    await model.chooseFile()
    #expect(model.file?.name == "letter.txt" && model.file?.bytes == 9 && model.canRestore)
    await model.restore()
    #expect(model.trouble?.detail == "not-a-bundle" && model.typed.text == words)
    #expect(try await !door.exists())

    sam.shell.file = made
    await model.chooseFile()
    await model.restore()
    let core = try #require(model.core, "\(String(describing: model.trouble))")
    #expect(try await entries(core) == ["The lake."])
    #expect(model.typed.isBlank && model.file == nil && sam.shell.passing.isEmpty)
  }

  @Test("The phone that is gone is removed with the words while coming back, and gets nothing new")
  func theLostOneIsRemoved() async throws {
    let relay = try RelayProcess()
    let sam = try await TestPerson("Sam", clock: .atTheRelaysTime())
    try await sam.agree(on: relay)
    let words = try await sam.core.recoveryWords().joined(separator: " ")
    _ = try await sam.core.writeEntry(new: NewEntry(text: "The lake.", tags: [], goals: []))
    try await sam.core.setSelfCopy(keep: true)
    for _ in 0..<3 {
      sam.clock.advance(minutes: 2)
      _ = try await sam.core.sync(observer: nil)
    }
    let folder = try TemporaryFolder()
    let (_, model) = empty(sam, folder)
    model.typed.text = words
    model.relay = relay.origin
    model.allowsPlainHttp = true
    await model.restore()
    let core = try #require(model.core, "\(String(describing: model.trouble))")
    #expect(model.others.count == 1 && model.removed.isEmpty)
    await model.remove()
    #expect(model.removed.isEmpty, "nobody said which")
    model.toggle(try #require(model.others.first).device.device)
    await model.remove()
    #expect(model.trouble == nil && model.others.isEmpty && model.removed.count == 1)
    #expect(try #require(model.goOn()) === core)
    _ = try await core.writeEntry(new: NewEntry(text: "Later.", tags: [], goals: []))
    for _ in 0..<4 {
      sam.clock.advance(minutes: 2)
      _ = try await core.sync(observer: nil)
      _ = try? await sam.core.sync(observer: nil)
    }
    #expect(try await entries(sam.core) == ["The lake."])
    guard case .removed = try await sam.core.deviceStanding() else {
      Issue.record("the lost phone does not know")
      return
    }
  }

  @Test("Another own device in the room and the words bring everything back, without a relay or a file")
  func fromADeviceInTheRoom() async throws {
    let sam = try await TestPerson("Sam")
    let words = try await sam.core.recoveryWords().joined(separator: " ")
    _ = try await sam.core.writeEntry(new: NewEntry(text: "The lake.", tags: [], goals: []))
    let room = Room()
    let handing = HandOverModel(sam.services, room.enter())
    handing.begin()
    try await waitUntil { room.count == 1 || handing.trouble != nil }
    #expect(handing.stage == .waiting && handing.trouble == nil)
    let folder = try TemporaryFolder()
    let door = LocalStoreDoor(
      folder: folder.file("store"), clock: sam.clock, secrets: MemorySecrets())
    let model = RestoreModel(
      door: door, shell: sam.shell, discovery: room.enter(), problem: sam.services.problem)
    model.source = .near
    model.typed.text = words
    await model.restore()
    let core = try #require(model.core, "\(String(describing: model.trouble))")
    #expect(try await entries(core) == ["The lake."])
    try await waitUntil { handing.stage == .came }
    #expect(model.others.count == 1)
    handing.end()
    try await waitUntil { room.count == 0 }
    #expect(handing.trouble == nil)
  }

  @Test("Each mistyped word is named while it is typed, and words that do not belong together are told apart")
  func wordsWhileTyped() async throws {
    let person = try await TestPerson()
    let words = try await person.core.recoveryWords()
    let typed = TypedWords()
    #expect(typed.look == nil)
    typed.text = words[0]
    #expect(typed.look?.verdict == .goOn && typed.look?.typed == 1)
    var slipped = words
    slipped[4] += "xx"
    slipped[9] = "qqqq"
    typed.text = slipped.joined(separator: " ")
    #expect(typed.look?.verdict == .mistyped && typed.look?.mistyped.map(\.position) == [5, 10])
    let slip = try #require(typed.look?.mistyped.first)
    typed.take(nearestOf: slip)
    #expect(typed.look?.mistyped.map(\.position) == [10])
    typed.text = (words.dropFirst() + words.prefix(1)).joined(separator: " ")
    #expect(typed.look?.verdict == .wrongTogether || typed.look?.verdict == .whole)
    typed.text = words.joined(separator: "\n")
    #expect(typed.look?.verdict == .whole)
    typed.text += " zoo"
    #expect(typed.look?.verdict == .tooMany)
    typed.forget()
    #expect(typed.look == nil && typed.isBlank)
  }

  @Test("Shares are read however a message broke them into lines")
  func brokenShares() async throws {
    let sam = try await TestPerson("Sam")
    let words = try await sam.core.recoveryWords().joined(separator: " ")
    let made = try await sam.core.makeShares(
      new: NewShares(words: nil, threshold: 2, partners: [], onPaper: 3))
    let typed = TypedWords()
    let groups = made.onPaper[1].split(separator: "-").map(String.init)
    let broken = [
      groups.prefix(6).joined(separator: "-") + "-",
      groups.dropFirst(6).joined(separator: "-"),
    ]
    let message = ["Here is mine:"] + broken + ["Kind regards, Mira", "", made.onPaper[0]]
    typed.text = message.joined(separator: "\n")
    #expect(typed.look == nil)
    #expect(try typed.words() == words)
    let drill = RecoveryModel(sam.services)
    drill.typed.text = typed.text
    await drill.drill()
    #expect(drill.wasRight, "\(String(describing: drill.trouble))")
  }
}
