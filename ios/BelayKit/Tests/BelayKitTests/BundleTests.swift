import BelayCore
import BelayTesting
import Foundation
import Testing

@testable import BelayKit

@MainActor
@Suite("What a file carries")
struct BundleTests {
  private func written(_ model: BundleModel) throws -> BundleWrittenView {
    guard case .written(let view) = model.stage else {
      throw model.trouble ?? Problem(BelayError.Internal(code: "\(model.stage)"), model.services.words)
    }
    return view
  }

  private func read(_ model: BundleModel) throws -> BundleReadView {
    guard case .read(let view) = model.stage else {
      throw model.trouble ?? Problem(BelayError.Internal(code: "\(model.stage)"), model.services.words)
    }
    return view
  }

  @Test("Two partners whose relay is gone exchange by files, and opening one twice changes nothing")
  func partners() async throws {
    let relay = try RelayProcess()
    let (sam, mira) = (
      try await TestPerson("Sam", clock: .atTheRelaysTime()),
      try await TestPerson("Mira", clock: .atTheRelaysTime())
    )
    for person in [sam, mira] { try await person.agree(on: relay) }
    let (toMira, toSam) = try await sam.pair(with: mira)
    relay.switchOff()
    var said = NewCheckIn.saying(mood: 4, win: "the stairs")
    said.audience = [toMira: [.mood, .win]]
    _ = try await sam.core.writeCheckIn(new: said)
    sam.clock.advance(minutes: 2)

    let making = BundleModel(sam.services)
    await making.load()
    #expect(making.forWhom == .partner(space: toMira))
    await making.write()
    let file = try written(making)
    #expect(file.envelopes > 0 && file.held == 0 && file.spaces == 1)
    let path = try #require(sam.shell.sharedFiles.first)
    #expect(path.hasSuffix(BundleModel.fileName) && sam.shell.sharedFiles.count == 1)
    making.send()
    #expect(sam.shell.sharedFiles == [path, path])

    let opening = BundleModel(mira.services)
    await opening.load()
    await opening.open()
    #expect(opening.stage == .none)
    mira.shell.file = path
    await opening.open()
    let brought = try read(opening)
    #expect(brought.ending == .whole && brought.spaces.map(\.partner) == ["Sam"])
    #expect(brought.spaces.map(\.itemsReceived).reduce(0, +) > 0)
    let page = try await mira.core.partner(space: toSam)
    #expect(page.checkIns.map(\.checkIn.win) == ["the stairs"])
    await opening.open()
    let again = try read(opening)
    #expect(again.spaces.map(\.itemsReceived).reduce(0, +) == 0)
    #expect(FileManager.default.fileExists(atPath: path))
  }

  @Test("A file that is something else, for somebody else, or cut short is told kindly")
  func wrongFiles() async throws {
    let relay = try RelayProcess()
    let (sam, mira, jonas) = (
      try await TestPerson("Sam", clock: .atTheRelaysTime()),
      try await TestPerson("Mira", clock: .atTheRelaysTime()),
      try await TestPerson("Jonas", clock: .atTheRelaysTime())
    )
    for person in [sam, mira] { try await person.agree(on: relay) }
    _ = try await sam.pair(with: mira)
    let making = BundleModel(sam.services)
    await making.load()
    making.whole = true
    await making.write()
    let path = try #require(sam.shell.sharedFiles.first)

    let stranger = BundleModel(jonas.services)
    jonas.shell.file = path
    await stranger.open()
    #expect(stranger.trouble?.detail == "bundle-for-others" && stranger.stage == .none)
    let letter = jonas.folder.file("letter.txt")
    try Data("Dear diary".utf8).write(to: URL(fileURLWithPath: letter))
    jonas.shell.file = letter
    await stranger.open()
    #expect(stranger.trouble?.detail == "not-a-bundle")
    let half = jonas.folder.file("half.belay")
    let whole = try Data(contentsOf: URL(fileURLWithPath: path))
    try whole.prefix(whole.count / 2).write(to: URL(fileURLWithPath: half))
    let opening = BundleModel(mira.services)
    mira.shell.file = half
    await opening.open()
    if case .read(let view) = opening.stage {
      #expect(view.ending == .cutShort)
    } else {
      #expect(opening.trouble?.detail == "bundle-cut-short")
    }
  }

  @Test("A file that another program hands over waits for the store, and is opened on its page")
  func handedOver() async throws {
    let person = try await TestPerson("Sam")
    let app = AppModel(door: person.door, shell: person.shell, language: "en")
    person.services.changes.stop()
    try await person.core.shutdown()
    let path = person.shell.newFile(named: "handed")
    try Data("no bundle".utf8).write(to: URL(fileURLWithPath: path))
    app.open(file: path)
    await app.start()
    let services = try #require(app.services)
    #expect(services.router.over == .carry)
    let model = BundleModel(services)
    await model.load()
    #expect(model.trouble?.detail == "not-a-bundle")
    #expect(!FileManager.default.fileExists(atPath: path))
    await model.load()
    #expect(model.stage == .none)
  }
}
