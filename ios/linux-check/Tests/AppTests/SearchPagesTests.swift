import BelayCore
import BelayKit
import BelayTesting
import BelayWords
import SwiftUI
import Testing

@testable import BelayApp

/// The search of the journal, as its page says it.
@MainActor
@Suite struct SearchPagesTests {
  @Test("the search is reached from the journal; what is found speaks its marks, and opens")
  func whatIsFoundSpeaksItsMarks() async throws {
    let person = try await TestPerson("Sam")
    let words = person.services.words
    let entry = try await person.core.writeEntry(
      new: NewEntry(text: "The lake was quite still.", tags: ["water"], mood: 4, goals: []))
    let journal = JournalModel(person.services)
    await journal.load()
    _Page(of: JournalScreen(model: journal)).press(words.searchOpen)
    #expect(person.services.router.current == .search)
    let model = SearchModel(person.services)
    await model.load()
    let screen = SearchScreen(model: model)
    #expect(_Page(of: screen).said.contains(words.searchBeginTitle))
    _Page(of: screen).type("lake still", into: words.searchField)
    await eventually("it is found") { model.finds?.entries.count == 1 }
    let page = _Page(of: screen)
    page.expectNamed("search")
    #expect(page.said.contains(words.searchFound(count: 1)))
    let row = try #require(page.nodes.first { $0.label.contains("The lake was quite still.") })
    #expect(row.value == words.searchMarked(words: words.list(["lake", "still"])))
    #expect(row.label.contains(words.moodsGood))
    row.press?()
    #expect(person.services.router.current == .entry(name: entry.name))
    page.press(words.searchClear)
    #expect(model.asked.isEmpty)
  }

  @Test("choices narrow it down and say so; where nothing is found, one press searches everything")
  func choices() async throws {
    let person = try await TestPerson("Sam")
    let words = person.services.words
    _ = try await person.core.writeEntry(
      new: NewEntry(text: "The lake.", tags: ["water"], mood: 4, goals: []))
    let model = SearchModel(person.services)
    await model.load()
    let choices = SearchChoices(model: model)
    _Page(of: choices).expectNamed("choices of the search")
    _Page(of: choices).press("water")
    _Page(of: choices).press(words.moodsHard)
    _Page(of: choices).press(words.searchFromChoose)
    #expect(_Page(of: choices).control("water")?.isSelected == true)
    model.asked.words = "lake"
    let screen = SearchScreen(model: model)
    await eventually("nothing is found") { model.finds?.entries.isEmpty == true }
    #expect(_Page(of: screen).said.contains(words.searchNarrowed(count: 3)))
    _Page(of: screen).press(words.searchWiden)
    await eventually("it is found") { model.finds?.entries.count == 1 }
    #expect(model.asked == SearchWish(words: "lake"))
    model.asked.words = "mood:9"
    await eventually("it is said") { model.unclear != nil }
    #expect(_Page(of: screen).said.contains(try #require(model.unclear).title))
  }
}
