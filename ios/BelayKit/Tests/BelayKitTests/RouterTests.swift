import BelayKit
import Foundation
import Testing

@MainActor
@Suite("Where the person is")
struct RouterTests {
  private let router = Router()

  @Test("Each place keeps its own pages")
  func placesKeepTheirPages() {
    router.go(.checkIn(on: nil))
    router.choose(.people)
    router.go(.partner(space: "sam"))
    router.go(.compare(space: "sam"))
    #expect(router[.today] == [.checkIn(on: nil)])
    #expect(router[.people] == [.partner(space: "sam"), .compare(space: "sam")])
    #expect(router.current == .compare(space: "sam"))
  }

  @Test("A page is not put on itself, and choosing the present place goes to its beginning")
  func noPageTwice() {
    router.go(.settings)
    router.go(.settings)
    #expect(router[.today] == [.settings])
    router.choose(.today)
    #expect(router[.today].isEmpty)
  }

  @Test("Back takes the page over all first, then the topmost, then nothing")
  func backGoesOneBack() {
    router.go(.settings)
    router.askForHelp(from: .page)
    router.back()
    #expect(router.current == .settings)
    router.back()
    router.back()
    #expect(router.current == nil)
  }

  @Test("Help lies over what the person was at, which is there again afterwards, also after a restart")
  func helpOverAll() {
    router.present(.checkIn(on: nil))
    router.askForHelp(from: .over)
    #expect(router.current == .helpNow && router.over == .checkIn(on: nil))
    router.editOwnHelpers()
    #expect(router.current == .ownHelpers)
    let restored = Router()
    restored.kept = router.kept
    #expect(restored.current == .ownHelpers)
    restored.back()
    #expect(restored.current == .checkIn(on: nil))
    restored.askForHelp(from: .sheet)
    let later = Router()
    later.kept = restored.kept
    #expect(later.help?.layer == .over)
    later.putHelpAway()
    #expect(later.current == .checkIn(on: nil))
  }

  @Test("A finished page gives its place to the next")
  func replacing() {
    router.present(.agreement)
    router.replace(with: .pairing(nil))
    #expect(router.over == .pairing(nil))
    router.back()
    router.replace(with: .settings)
    router.replace(with: .selfCheck)
    #expect(router[.today] == [.selfCheck])
  }

  @Test("Pages of what is no more go from every place")
  func forgetting() {
    router.choose(.journal)
    router.go(.entry(name: "a"))
    router.choose(.today)
    router.go(.entry(name: "a"))
    router.go(.entry(name: "b"))
    router.present(.entry(name: "a"))
    router.forget { $0 == .entry(name: "a") }
    #expect(router[.journal].isEmpty)
    #expect(router[.today] == [.entry(name: "b")])
    #expect(router.over == nil)
  }

  @Test("Where the person is survives the end of the process", arguments: Route.examples)
  func surviving(route: Route) {
    router.choose(.goals)
    router.go(route)
    router.present(.newEntry(draft: 7, on: "2026-11-22"))
    let restored = Router()
    restored.kept = router.kept
    #expect(restored.place == .goals)
    #expect(restored[.goals] == [route])
    #expect(restored.over == .newEntry(draft: 7, on: "2026-11-22"))
  }

  @Test("What cannot be read begins at Today", arguments: ["", "{}", "{\"place\":\"attic\",\"paths\":[]}"])
  func unreadable(text: String) {
    router.choose(.goals)
    let fresh = Router()
    fresh.kept = Data(text.utf8)
    #expect(fresh.place == .today)
    #expect(fresh.current == nil)
  }
}

extension Route {
  /// One of each.
  fileprivate static let examples: [Route] = [
    .checkIn(on: nil), .checkIn(on: "2026-11-21"), .checkInEdit(name: "c"),
    .newEntry(draft: nil, on: nil), .entry(name: "e"), .deletedEntries, .sharePassage(entry: "e"),
    .goal(name: "g"), .goalEditor(name: nil), .goalEditor(name: "g"), .partner(space: "s"), .pairing(nil),
    .pairing(.apart), .compare(space: "s"), .agreement, .settings, .recoveryWords, .ownDevices, .selfCheck,
    .deleteEverything, .helpNow, .ownHelpers,
  ]
}
