import BelayCore
import BelayTesting
import Testing

@testable import BelayKit

@MainActor
@Suite("Erased beyond a day's measure")
struct SetAsideTests {
  @Test("What is erased beyond the measure waits, says so, is not asked for again, and comes back")
  func waits() async throws {
    let person = try await TestPerson("Sam")
    let measure = try await Int(person.core.eraseLimit().aDay)
    let model = DeletedEntriesModel(person.services)
    for place in 0...measure {
      let entry = try await person.core.writeEntry(new: NewEntry(text: "\(place)", tags: [], goals: []))
      _ = try await person.core.deleteEntry(name: entry.name)
      model.asking = entry.name
      await model.erase()
      #expect(model.isHidden == (place == measure) && model.trouble == nil, "entry \(place)")
    }
    let waiting = try #require(model.page.value)
    #expect(waiting.count == 1 && waiting[0].eraseAsked)
    await model.restore(waiting[0].entry.name)
    #expect(model.page.value?.isEmpty == true && !model.isHidden)
    #expect(try await person.core.entry(name: waiting[0].entry.name).entry.text == "\(measure)")
  }

  @Test("What another own device erased comes back together; where that cannot be, it stays listed")
  func broughtBack() async throws {
    let person = try await TestPerson("Sam")
    let fake = FakeCore()
    let things = ["a", "b"].map { letter in
      SetAsideView(
        kind: .entry, name: String(repeating: letter, count: 32), excerpt: "The lake.", on: "2026-11-22",
        by: "Tablet", sinceMs: person.shell.nowMs, destroyedAtMs: person.shell.nowMs + 1)
    }
    fake.on("setAside") { things }
    fake.refuse("bringBack", .StorageFull)
    let model = SetAsideModel(Services(core: fake, language: "en", shell: person.shell))
    await model.load()
    await model.bringBackAll()
    #expect(model.trouble?.code == "storage-full" && model.cameBack == nil && model.page.value == things)
    fake.on("bringBack") { UInt64(2) }
    fake.on("setAside") { [SetAsideView]() }
    await model.bringBackAll()
    #expect(model.cameBack == 2 && model.page.value?.isEmpty == true && model.trouble == nil)
    #expect(fake.handedIn([DocName].self).last == things.map(\.name))
  }
}
