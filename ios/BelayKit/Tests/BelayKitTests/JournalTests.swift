import BelayCore
import BelayKit
import BelayTesting
import Testing

@MainActor
@Suite("Journal")
struct JournalTests {
  private func write(_ person: TestPerson, _ text: String, on: CivilDay? = nil) async throws -> EntryView {
    try await person.core.writeEntry(new: NewEntry(text: text, on: on, tags: [], goals: []))
  }

  @Test("An empty journal has no months and no drafts")
  func empty() async throws {
    let person = try await TestPerson("Sam")
    let model = JournalModel(person.services)
    await model.load()
    #expect(model.page.value?.months.isEmpty == true && model.months.isEmpty)
  }

  @Test("Ten years of months cost no more than the few on the screen")
  func bounded() async throws {
    let person = try await TestPerson("Sam")
    for year in 2017...2020 {
      for month in 1...12 {
        let day = "\(year)-\(month < 10 ? "0" : "")\(month)-15"
        _ = try await write(person, "about \(day)", on: day)
      }
    }
    let model = JournalModel(person.services)
    await model.load()
    #expect(model.months.count == 48)
    for month in model.months {
      await model.show(month.first)
      let held = model.months.filter { $0.lines != nil }.count
      #expect(held <= JournalModel.monthsHeld)
    }
    #expect(model.months.last?.lines?.map(\.on) == ["2017-01-15"])
    await model.show("2020-12-01")
    #expect(model.months.first?.lines?.map(\.excerpt) == ["about 2020-12-15"])
  }

  @Test("A month with more entries than one page is read whole")
  func longMonth() async throws {
    let person = try await TestPerson("Sam")
    for number in 1...130 { _ = try await write(person, "entry \(number)", on: "2026-11-03") }
    let model = JournalModel(person.services)
    await model.load()
    #expect(model.months.map(\.count) == [130])
    #expect(model.months[0].lines?.count == 130)
    #expect(Set(model.months[0].lines?.map(\.name) ?? []).count == 130)
  }

  @Test("A deleted entry goes from the list, its page closes, and it can be taken back at once")
  func deleting() async throws {
    let person = try await TestPerson("Sam")
    let entry = try await write(person, "a secret")
    let model = JournalModel(person.services)
    await model.load()
    person.services.router.choose(.journal)
    person.services.router.go(.entry(name: entry.name))
    await model.delete(entry.name)
    #expect(model.months.isEmpty)
    #expect(person.services.router[.journal].isEmpty)
    await model.takeBack()
    #expect(model.months.first?.lines?.map(\.excerpt) == ["a secret"])
  }

  @Test("Deleted entries can be brought back, or erased for good")
  func deletedEntries() async throws {
    let person = try await TestPerson("Sam")
    let names = [try await write(person, "one").name, try await write(person, "two").name]
    for name in names { _ = try await person.core.deleteEntry(name: name) }
    let model = DeletedEntriesModel(person.services)
    await model.load()
    #expect(Set(model.page.value?.map(\.entry.name) ?? []) == Set(names))
    await model.restore(names[0])
    #expect(model.page.value?.map(\.entry.name) == [names[1]])
    model.asking = names[1]
    await model.erase()
    #expect(model.page.value?.isEmpty == true)
    #expect(try await person.core.entry(name: names[0]).entry.text == "one")
    await #expect(throws: BelayError.self) { try await person.core.restoreEntry(name: names[1]) }
  }
}
