import BelayCore
import BelayKit
import BelayTesting
import BelayWords
import SwiftUI
import Testing

@testable import BelayApp

/// What a file carries, as the page says it.
@MainActor
@Suite struct CarryPagesTests {
  private let everybody = BundleWrittenView(envelopes: 12, bytes: 34_000, spaces: 2, held: 1)

  @Test("a file is made for whom it is chosen for, and says what is in it and what is not")
  func aFileIsMade() async throws {
    let person = try await TestPerson("Sam")
    let words = person.services.words
    let (people, fake, written) = (try await person.core.people(), FakeCore(), everybody)
    fake.on("people") { people }
    fake.on("writeBundle") { written }
    let model = BundleModel(Services(core: fake, language: "en", shell: person.shell))
    await model.load()
    _Page(of: BundleScreen(model: model)).press(words.carryEverybody)
    #expect(_Page(of: BundleScreen(model: model)).said.contains(words.carryEverybodyHelp))
    _Page(of: BundleScreen(model: model)).press(words.carryWhole)
    _Page(of: BundleScreen(model: model)).press(words.carryAttachments)
    _Page(of: BundleScreen(model: model)).press(words.carryWrite)
    await eventually("the file is made") { model.stage == .written(written) }
    #expect(
      fake.handedIn(NewBundle.self)
        == [NewBundle(forWhom: .everybody, whole: true, attachments: true)])
    let page = _Page(of: BundleScreen(model: model))
    #expect(page.said.contains(words.carryHeld(count: 1)))
    page.press(words.carryAgain)
    #expect(person.shell.sharedFiles.count == 2)
    page.expectNamed("by file")
  }

  @Test("what a file brought is said by whom it is from, and how it ended")
  func whatAFileBrought() async throws {
    let person = try await TestPerson("Sam")
    let words = person.services.words
    let space = String(repeating: "a", count: 32)
    let mira = BundleSpaceView(
      space: space, partner: "Mira", envelopesReceived: 2, envelopesRefused: 0, itemsReceived: 3)
    var read = BundleReadView(
      ending: .cutShort, spaces: [mira], foreign: 1, newer: 2, editedAfterDeletion: 0)
    #expect(
      words.sentences(read) == [
        words.carryBroughtPartner(name: "Mira", count: 3), words.carryCutShort,
        words.carryForOthers(count: 1), words.carryNeedsNewer(count: 2),
      ])
    read = BundleReadView(ending: .whole, spaces: [], foreign: 0, newer: 0, editedAfterDeletion: 0)
    #expect(words.sentences(read) == [words.carryBroughtNothing])
    read.attachments = 2
    #expect(words.sentences(read) == [words.carryBroughtAttachments(count: 2)])
  }
}
