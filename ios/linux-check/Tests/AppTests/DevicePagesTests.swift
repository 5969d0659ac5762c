import BelayCore
import BelayKit
import BelayTesting
import BelayWords
import SwiftUI
import Testing

@testable import BelayApp

/// One's own devices, as their page and the banner say it.
@MainActor
@Suite struct DevicePagesTests {
  private func id(_ letter: Character) -> String { String(repeating: letter, count: 32) }

  private func row(_ name: String, this: Bool, twice: TwiceAdviceView? = nil, may: Bool = true)
    -> OwnDeviceRowView
  {
    OwnDeviceRowView(
      device: OwnDeviceView(
        device: id(this ? "a" : "b"), name: name, thisDevice: this, asOfAtMs: nil, addedAtMs: 0),
      state: .inUse, twice: twice, mayRename: may, mayRemove: may && !this)
  }

  private func page(_ change: (inout DevicesPageView) -> Void = { _ in }) -> DevicesPageView {
    var page = DevicesPageView(
      standing: .active, devices: [row("Phone", this: true), row("Tablet", this: false)],
      removed: [], arriving: nil, twice: nil, partnershipsElsewhere: 0, sealedCopyAt: nil,
      mayAdd: true, mayTakeIn: false)
    change(&page)
    return page
  }

  private func shown(_ page: DevicesPageView, _ person: TestPerson) async -> (FakeCore, OwnDevicesModel) {
    let fake = FakeCore()
    fake.on("devicesPage") { page }
    let model = OwnDevicesModel(Services(core: fake, language: "en", shell: person.shell))
    await model.load()
    return (fake, model)
  }

  @Test("a device is removed after a second yes, which says what it can still read")
  func removes() async throws {
    let person = try await TestPerson()
    let words = person.services.words
    let (fake, model) = await shown(page(), person)
    fake.on("revokeOwnDevice") { [OwnDeviceView]() }
    let screen = OwnDevicesScreen(model: model)
    var said = _Page(of: screen)
    said.expectNamed("own devices")
    #expect(said.control(words.settingsDeviceAdd) == nil, "without a sealed copy only in one room")
    #expect(said.control(words.nearbyDeviceAdd) != nil)
    said.press(words.devicesRemove)
    said = _Page(of: screen)
    #expect(said.said.contains(words.devicesRemoveQuestion(name: "Tablet")))
    for sentence in [words.devicesRemoveNew, words.devicesRemoveStays, words.devicesRemoveUnsent] {
      #expect(said.said.contains(sentence))
    }
    said.press(words.devicesRemoveYes)
    await eventually("it is removed") { fake.handedIn(DeviceId.self) == [self.id("b")] }
  }

  @Test("what waits of a removed device is taken in after a second yes")
  func takesIn() async throws {
    let person = try await TestPerson()
    let words = person.services.words
    let gone = RemovedDeviceView(
      device: id("c"), name: "Old phone", removedAtMs: 0, waiting: 2, removedBy: "Tablet")
    let (fake, model) = await shown(
      page {
        $0.removed = [gone]
        $0.mayTakeIn = true
      }, person)
    fake.on("takeInFromRemovedDevice") { UInt64(2) }
    let screen = OwnDevicesScreen(model: model)
    #expect(_Page(of: screen).said.contains(words.devicesWaiting(count: 2)))
    #expect(_Page(of: screen).said.contains(words.devicesRemovedBy(name: "Tablet")))
    _Page(of: screen).press(words.devicesTakeIn)
    #expect(model.takingIn == gone && fake.handedIn(DeviceId.self).isEmpty)
    await model.takeIn()
    #expect(_Page(of: screen).said.contains(words.devicesTakenIn(count: 2)))
  }

  @Test("a device that exists twice says what to do, each by where it stands")
  func twice() async throws {
    let person = try await TestPerson()
    let words = person.services.words
    for (advice, sentence) in [
      (TwiceAdviceView.removeFromAnother, words.devicesTwiceDo),
      (.keepOne, words.devicesTwiceKeepOne),
    ] {
      let (_, model) = await shown(page { $0.twice = advice }, person)
      let said = _Page(of: OwnDevicesScreen(model: model)).said
      #expect(said.contains(words.devicesTwiceTitle) && said.contains(sentence))
    }
    let other = row("Tablet", this: false, twice: .removeAndAddAgain)
    let (_, model) = await shown(page { $0.devices[1] = other }, person)
    let said = _Page(of: OwnDevicesScreen(model: model)).said
    #expect(said.contains(words.devicesTwiceOther(name: "Tablet")))
    #expect(said.contains(words.devicesTwiceDoThere) && !said.contains(words.devicesTwiceTitle))
  }

  @Test("a device that things still come to says how many of how many")
  func arriving() async throws {
    let person = try await TestPerson()
    let words = person.services.words
    let (_, model) = await shown(
      page { $0.arriving = ArrivalView(items: 120, ofItems: 480) }, person)
    let said = _Page(of: OwnDevicesScreen(model: model)).said
    #expect(said.contains(words.devicesArriving(here: "120", all: "480")))
  }

  @Test("a device that was removed says so on every place, and what that means on its page")
  func gone() async throws {
    let person = try await TestPerson()
    let words = person.services.words
    let removed = DeviceStandingView.removed(by: "Tablet", atMs: 0)
    let (fake, model) = await shown(
      page {
        $0.standing = removed
        $0.devices = [self.row("Phone", this: true, may: false)]
        $0.mayAdd = false
      }, person)
    fake.on("deviceStanding") { removed }
    let standing = StandingModel(model.services)
    #expect(_Page(of: RemovedBanner(model: standing)).nodes.isEmpty)
    await standing.load()
    _Page(of: RemovedBanner(model: standing)).press(words.devicesGoneLook)
    #expect(model.services.router.current == .ownDevices)
    let page = _Page(of: OwnDevicesScreen(model: model))
    #expect(page.said.contains(words.devicesGoneBy(name: "Tablet")))
    #expect(page.control(words.devicesRename) == nil && page.control(words.nearbyDeviceAdd) == nil)
    page.press(words.devicesGoneErase)
    #expect(model.services.router.current == .deleteEverything)
  }

  @Test("this device is shown to whoever has the words, until it is stopped")
  func handsOver() async throws {
    let person = try await TestPerson("Sam")
    let words = person.services.words
    let room = Room()
    let model = HandOverModel(person.services, room.enter())
    let section = HandOverSection(model: model)
    _Page(of: section).press(words.handOverBegin)
    #expect(_Page(of: section).said.contains(words.handOverWaiting))
    await eventually("it is shown") { room.count == 1 }
    _Page(of: section).press(words.pairingStop)
    #expect(model.stage == .none)
    await eventually("it is shown no more") { room.count == 0 }
  }
}
