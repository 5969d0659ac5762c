import BelayCore
import BelayKit
import BelayTesting
import Foundation
import Testing

@MainActor
@Suite("A store that is newer, or has no room, with the real library")
struct StoreTroubleTests {
  /// A file of keys in the next layout, of which only the head is known today: its mark, its version, its checksum.
  private let nextKeyFile =
    Data("BELAYKEY".utf8) + [2, 0xB5, 0x9A, 0xF1, 0xCA, 0xDC, 0x34, 0x53, 0xF0]

  @Test("A store that a newer Belay wrote is left as it is, and has a page that says so")
  func newer() async throws {
    let person = try await TestPerson("Sam")
    try await person.core.shutdown()
    let keyFile = URL(fileURLWithPath: person.folder.file("store/key.belay"))
    let present = try Data(contentsOf: keyFile)
    try nextKeyFile.write(to: keyFile)
    let model = OpeningModel(door: person.door, problem: person.services.problem)
    await model.start()
    #expect(model.opening == .newer)
    #expect(try Data(contentsOf: keyFile) == nextKeyFile)
    try present.write(to: keyFile)
    await model.start()
    #expect(model.opening == .open)
  }

  #if os(Linux)
    @Test(
      "On a full disk nothing typed is lost, and with room again it is saved",
      .enabled(if: SmallDisk.isPossible, "this account may not mount"))
    func full() async throws {
      var disk: SmallDisk?
      let person = try await TestPerson("Sam") { disk = try SmallDisk(at: $0) }
      let form = CheckInModel(person.services, .new(on: nil))
      await form.load()
      let entry = EntryEditorModel(person.services, .new(on: nil, draft: nil))
      await entry.load()
      try disk?.fill()
      form.writing.planText = String(repeating: "call the doctor ", count: 60)
      await form.save()
      #expect(form.saved == nil && form.trouble?.code == "storage-full")
      #expect(form.trouble?.way == .tryAgain)
      entry.writing.text = String(repeating: "a heavy evening ", count: 4096)
      #expect(await !entry.save())
      #expect(entry.trouble?.code == "storage-full")
      await form.settle()
      await entry.settle()
      #expect(form.writing.planText.hasPrefix("call the doctor"))
      #expect(entry.writing.text.hasPrefix("a heavy evening"))
      try disk?.makeRoom()
      await form.save()
      #expect(form.saved != nil && form.trouble == nil)
      #expect(await entry.save())
      #expect(try await person.core.today().checkIns.count == 1)
      #expect(try await person.core.drafts().isEmpty)
      try await person.core.shutdown()
    }

    @Test(
      "Where no room is left nothing half of a store is made, and what was typed stays",
      .enabled(if: SmallDisk.isPossible, "this account may not mount"))
    func noRoomToBegin() async throws {
      let folder = try TemporaryFolder()
      let disk = try SmallDisk(at: folder.file("store"))
      try disk.fill()
      let door = LocalStoreDoor(
        folder: folder.file("store"), clock: ManualClock(), secrets: MemorySecrets())
      let other = try await TestPerson()
      let model = OnboardingModel(door: door, problem: other.services.problem)
      model.name = "Mira"
      await model.finish()
      #expect(model.core == nil && model.trouble?.code == "storage-full")
      #expect(model.name == "Mira")
      #expect(try await !door.exists())
      try disk.makeRoom()
      await model.finish()
      let core = try #require(model.core)
      #expect(try await core.today().displayName == "Mira")
      try await core.shutdown()
    }
  #endif
}
