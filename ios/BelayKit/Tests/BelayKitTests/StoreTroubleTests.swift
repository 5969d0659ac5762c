import BelayCore
import BelayKit
import BelayTesting
import Foundation
import Testing

@MainActor
@Suite("A store that is newer, or has no room, with the real library")
struct StoreTroubleTests {
  /// What a far later Belay left, for every shell to try.
  private var newerStore: String {
    URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../../../testing/testkit/exemplars/newer-store").standardized.path
  }

  @Test(
    "A store that a newer Belay wrote is left as it is, and has a page that says so",
    arguments: ["key.belay", "later-key.belay"])
  func newer(keyFile: String) async throws {
    let person = try await TestPerson()
    let folder = try TemporaryFolder()
    let (store, files) = (folder.file("store"), FileManager.default)
    try files.copyItem(atPath: newerStore, toPath: store)
    if keyFile != "key.belay" {
      try files.removeItem(atPath: store + "/key.belay")
      try files.copyItem(atPath: newerStore + "/" + keyFile, toPath: store + "/key.belay")
    }
    let secrets = MemorySecrets()
    try secrets.save(secret: Data(repeating: 0x42, count: 32))
    let door = LocalStoreDoor(folder: store, clock: ManualClock(), secrets: secrets)
    let model = OpeningModel(door: door, problem: person.services.problem)
    await model.start()
    #expect(model.opening == .newer && model.core == nil)
    for (kept, original) in [("belay.db", "belay.db"), ("key.belay", keyFile)] {
      let before = files.contents(atPath: newerStore + "/" + original)
      #expect(before != nil && files.contents(atPath: store + "/" + kept) == before)
    }
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
