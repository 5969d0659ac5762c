import BelayCore
import BelayKit
import BelayTesting
import Testing

@MainActor
@Suite("Screens that stay fresh")
struct FollowTests {
  private func write(_ person: TestPerson, _ text: String, on: CivilDay) async throws -> EntryView {
    try await person.core.writeEntry(new: NewEntry(text: text, on: on, tags: [], goals: []))
  }

  @Test("What is written elsewhere shows up by itself, and a screen that is left listens no more")
  func followsChanges() async throws {
    let person = try await TestPerson("Sam")
    let model = TodayModel(person.services)
    let following = Task { await model.follow() }
    try await waitUntil { model.page.value != nil }
    _ = try await person.core.writeCheckIn(new: .saying(mood: 4, win: "called my sister"))
    try await waitUntil { model.checkIn?.checkIn.win == "called my sister" }
    #expect(person.services.changes.listenerCount == 1)
    following.cancel()
    await following.value
    try await waitUntil { person.services.changes.listenerCount == 0 }
  }

  @Test("Entries stand by month, newest first, and a new one shows up by itself")
  func byMonth() async throws {
    let person = try await TestPerson("Sam")
    _ = try await write(person, "November", on: "2026-11-20")
    _ = try await write(person, "October", on: "2026-10-02")
    let model = JournalModel(person.services)
    let following = Task { await model.follow() }
    try await waitUntil { model.months.count == 2 }
    #expect(model.months.map(\.first) == ["2026-11-01", "2026-10-01"])
    try await waitUntil { model.months[0].lines != nil }
    #expect(model.months[0].lines?.map(\.excerpt) == ["November"])
    _ = try await write(person, "Another", on: "2026-11-21")
    try await waitUntil { model.months.first?.lines?.count == 2 }
    #expect(model.months[0].lines?.map(\.excerpt) == ["Another", "November"])
    following.cancel()
    await following.value
  }

  @Test("A change of something else leaves a page alone, and a burst of changes is one")
  func onlyWhatIsShown() async throws {
    let person = try await TestPerson("Sam")
    var heard = 0
    let listening = Task {
      for await _ in person.services.changes.stream(of: [.goals]) { heard += 1 }
    }
    try await waitUntil { heard == 1 }
    _ = try await person.core.writeEntry(new: NewEntry(text: "x", tags: [], goals: []))
    _ = try await person.core.addGoal(new: NewGoal(title: "Walk", schedule: .daily, audience: [:]))
    try await waitUntil { heard == 2 }
    #expect(heard == 2)
    listening.cancel()
    await listening.value
  }

  @Test("An observer that stands beside the app's and is dropped disturbs nobody")
  func anotherObserver() async throws {
    final class Forgetful: ChangeObserver {
      func onChange(areas: [ChangeArea], ids: [DocName], revision: UInt64) {}
    }
    let person = try await TestPerson("Sam")
    var beside: Subscription? = try person.core.subscribe(observer: Forgetful())
    #expect(beside != nil)
    beside = nil
    let model = TodayModel(person.services)
    let following = Task { await model.follow() }
    try await waitUntil { model.page.value != nil }
    _ = try await person.core.writeCheckIn(new: .saying(mood: 5))
    try await waitUntil { model.checkIn?.checkIn.mood == 5 }
    following.cancel()
    await following.value
  }

  @Test("After the store was closed, screens that listen end")
  func ending() async throws {
    let person = try await TestPerson("Sam")
    let model = TodayModel(person.services)
    let following = Task { await model.follow() }
    try await waitUntil { model.page.value != nil }
    person.services.changes.stop()
    await following.value
    #expect(person.services.changes.listenerCount == 0)
  }
}
