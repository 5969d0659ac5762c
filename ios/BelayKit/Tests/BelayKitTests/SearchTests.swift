import BelayCore
import BelayTesting
import Testing

@testable import BelayKit

@MainActor
@Suite("Searching the journal")
struct SearchTests {
  private func written() async throws -> TestPerson {
    let person = try await TestPerson("Sam")
    let walk = try await person.core.addGoal(
      new: NewGoal(title: "Walk „far“", schedule: .daily, audience: [:]))
    for new in [
      NewEntry(
        text: "The lake was quite still.", on: "2026-11-20", tags: ["by the water"], mood: 4,
        goals: [walk.name]),
      NewEntry(text: "Rain on the lake, and I was tired.", on: "2026-11-21", tags: [], mood: 2, goals: []),
      NewEntry(text: "A letter to Jonas.", title: "The other lake", on: "2026-11-22", tags: [], goals: []),
    ] { _ = try await person.core.writeEntry(new: new) }
    return person
  }

  private func days(_ model: SearchModel) -> [CivilDay] { model.finds?.entries.map(\.entry.on) ?? [] }

  @Test("Words are found newest first, with the found ones marked in text and title")
  func words() async throws {
    let model = SearchModel(try await written().services)
    await model.load()
    #expect(model.finds == nil && model.unclear == nil)
    model.asked.words = "lak"
    await model.settle()
    #expect(days(model) == ["2026-11-22", "2026-11-21", "2026-11-20"])
    let newest = try #require(model.finds?.entries.first)
    #expect(newest.title?.parts.filter(\.found).map(\.text) == ["lake"])
    model.asked.words = "\"the lake\" -rain"
    await model.settle()
    #expect(days(model) == ["2026-11-20"])
    model.asked.words = "sea"
    await model.settle()
    #expect(model.finds?.entries.isEmpty == true)
    model.asked.words = " ?! "
    await model.settle()
    #expect(model.finds == nil && model.unclear == nil)
  }

  @Test(
    "Moods, tags, goals and days narrow it down, whatever stands in their names, and can be taken away at once"
  )
  func choices() async throws {
    let model = SearchModel(try await written().services)
    await model.load()
    model.asked.words = "\"the lake"
    model.asked.toggle(mood: 4)
    await model.settle()
    #expect(days(model) == ["2026-11-20"], "a mark that is still open takes no choice into itself")
    model.asked.toggle(mood: 2)
    await model.settle()
    #expect(days(model).count == 2)
    model.asked.toggle(tag: "by the water")
    model.asked.toggle(goal: "Walk „far“")
    await model.settle()
    #expect(days(model) == ["2026-11-20"] && model.asked.choices == 4)
    model.asked.from = "2026-11-21"
    await model.settle()
    #expect(days(model).isEmpty)
    model.widen()
    await model.settle()
    #expect(days(model).count == 2 && model.asked.words == "\"the lake")
  }

  @Test("What cannot be meant is said, and the words stay")
  func unclear() async throws {
    let model = SearchModel(try await written().services)
    await model.load()
    model.asked.words = "lake mood:9"
    await model.settle()
    #expect(model.unclear?.detail == "mood.out_of_range" && model.finds == nil)
    #expect(model.asked.words == "lake mood:9" && model.trouble == nil)
    model.asked.words = "lake mood:4"
    await model.settle()
    #expect(model.unclear == nil && days(model) == ["2026-11-20"])
  }

  @Test("What was asked is back after the end of the process, and stands among no drafts")
  func itIsBack() async throws {
    let person = try await written()
    let model = SearchModel(person.services)
    await model.load()
    model.asked.words = "lake"
    model.asked.toggle(mood: 2)
    model.asked.toggle(tag: "a: b")
    model.asked.until = "2026-11-21"
    await model.settle()
    try await person.restart()
    let journal = JournalModel(person.services)
    await journal.load()
    #expect(journal.drafts.isEmpty)
    let again = SearchModel(person.services)
    await again.load()
    #expect(again.asked == model.asked)
    again.asked.toggle(tag: "a: b")
    await again.settle()
    #expect(days(again) == ["2026-11-21"])
    again.clear()
    await again.settle()
    #expect(try await person.core.drafts().isEmpty)
  }

  @Test("Older ones come on asking; an entry written meanwhile is found, and nothing shown goes away")
  func older() async throws {
    let person = try await TestPerson("Sam")
    for number in 1...65 {
      _ = try await person.core.writeEntry(new: NewEntry(text: "lake \(number)", tags: [], goals: []))
      person.clock.advance(minutes: 1)
    }
    let model = SearchModel(person.services)
    await model.load()
    model.asked.words = "lake"
    await model.settle()
    #expect(model.finds?.entries.count == 30)
    await model.more()
    #expect(model.finds?.entries.count == 60)
    _ = try await person.core.writeEntry(new: NewEntry(text: "one more lake", tags: [], goals: []))
    await model.load()
    #expect(model.finds?.entries.count == 60)
    #expect(model.finds?.entries.first?.snippet.parts.first?.text == "one more ")
    await model.more()
    #expect(model.finds?.entries.count == 66 && model.finds?.next == nil)
    await model.more()
    #expect(model.finds?.entries.count == 66)
  }

  @Test("A disk that refuses is said beside the words, and asked again")
  func trouble() async throws {
    let person = try await TestPerson("Sam")
    let fake = FakeCore()
    let form = try await person.core.entryEditor(name: nil, on: nil)
    fake.on("entryEditor") { form }
    fake.on("keepDraft") { Int64(1) }
    fake.refuse("search", .StorageFull)
    let model = SearchModel(Services(core: fake, language: "en", shell: person.shell))
    await model.load()
    model.asked.words = "lake"
    await model.settle()
    #expect(model.unclear?.code == "storage-full" && model.asked.words == "lake")
    fake.on("search") { SearchPageView(found: [], next: nil) }
    await model.load()
    #expect(model.unclear == nil && model.finds?.entries.isEmpty == true)
  }
}
