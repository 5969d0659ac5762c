import BelayCore
import BelayKit
import BelayTesting
import BelayWords
import SwiftUI
import Testing

@testable import BelayApp

/// The past of an entry, and what it can be written by, as the pages say it.
@MainActor
@Suite struct HistoryPagesTests {
  @Test("what came and went is said in words, and a state is brought back after a yes")
  func whatCameAndWent() async throws {
    let person = try await TestPerson("Sam")
    let words = person.services.words
    let entry = try await person.core.writeEntry(
      new: NewEntry(text: "The lake was still.", tags: [], goals: []))
    person.clock.advance(hours: 1)
    let change = TextChange(before: "The lake was still.", after: "The lake was loud.")
    _ = try await person.core.editEntry(name: entry.name, edit: EntryEdit(text: change))
    let editor = EntryEditorModel(person.services, .change(entry.name))
    await editor.load()
    _Page(of: EntryScreen(model: editor)).press(words.historyOpen)
    #expect(person.services.router.current == .history(entry: entry.name))
    let model = HistoryModel(person.services, entry.name)
    await model.load()
    let screen = HistoryScreen(model: model)
    var page = _Page(of: screen)
    page.expectNamed("history")
    #expect(page.said.contains(words.historyPresent) && page.said.contains(words.historyLegend))
    #expect(page.said.contains(words.historySpokenCame(words: "loud")))
    #expect(page.said.contains(words.historyPosition(number: "2", of: "2")))
    #expect(page.control(words.historyLater)?.isDisabled == true)
    page.press(words.historyEarlier)
    await eventually("the first state is shown") { model.isFirst && model.shown?.mayRestore == true }
    page = _Page(of: screen)
    #expect(page.said.contains(words.historyFirst) && page.said.contains("The lake was still."))
    page.press(words.historyRestore)
    #expect(_Page(of: screen).said.contains(words.historyRestoreBody))
    _Page(of: screen).press(words.historyRestoreYes)
    await eventually("it says this again") { model.isRestored && model.states.count == 3 }
    #expect(_Page(of: screen).said.contains(words.historyRestored))
  }

  @Test(
    "a question or a template is chosen, and the page that is written says so", arguments: ["en", "de", "es"])
  func somethingToWriteBy(language: String) async throws {
    let person = try await TestPerson("Sam", language: language)
    let words = person.services.words
    let editor = EntryEditorModel(person.services, .new(on: nil, draft: nil))
    await editor.load()
    await editor.offers.load()
    var closed = 0
    let screen = OffersScreen(model: editor.offers, editor: editor, close: { closed += 1 })
    let offers = try #require(editor.offers.page.value)
    _Page(of: screen).expectNamed("offers, \(language)")
    let question = try #require(offers.forTheDay.first)
    let row = _Page(of: screen).nodes.first { $0.isControl && $0.label.hasPrefix(question.ask) }
    row?.press?()
    #expect(closed == 1 && editor.writing.prompt == question.ask)
    let page = _Page(of: EntryScreen(model: editor))
    #expect(page.said.contains(words.offersAnswering) && page.said.contains(question.ask))
    page.press(words.offersWithout)
    #expect(editor.writing.prompt == nil)
    _Page(of: screen).press(words.offersAll)
    #expect(_Page(of: screen).said.contains(words.offersGroupWins))
    let template = try #require(offers.templates.first)
    _Page(of: screen).press(words.offersLook(title: template.title))
    #expect(_Page(of: screen).said.contains(try #require(template.steps.first).ask))
    _Page(of: screen).press(words.offersBegin(title: template.title))
    #expect(closed == 2 && editor.writing.text == template.skeleton)
  }
}
