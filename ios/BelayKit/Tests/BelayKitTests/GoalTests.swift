import BelayCore
import BelayKit
import BelayTesting
import Testing

@MainActor
@Suite("Goals")
struct GoalTests {
  @Test("A goal is begun in words, for chosen days, and shared with nobody unless the person says so")
  func begun() async throws {
    let person = try await TestPerson("Sam")
    let editor = GoalEditorModel(person.services)
    #expect(!editor.isBegun)
    editor.title = "Walk before breakfast"
    editor.why = "it clears the head"
    editor.choose([.monday, .friday])
    editor.toggle(.sunday)
    editor.toggle(.friday)
    person.services.router.present(.goalEditor(name: nil))
    await editor.save()
    let goal = try #require(editor.saved)
    #expect(goal.goal.schedule == .weekdays([.monday, .sunday]))
    #expect(goal.goal.why == "it clears the head" && goal.sharedWith.isEmpty)
    #expect(person.services.router.current == nil)
    let list = GoalsModel(person.services)
    await list.load()
    #expect(list.page.value?.goals.map(\.goal.name) == [goal.name])
    list.open(goal)
    #expect(person.services.router.current == .goal(name: goal.name))
  }

  @Test("All seven days are every day; no day and no title are refused, and what was typed stays")
  func refused() async throws {
    let person = try await TestPerson("Sam")
    let editor = GoalEditorModel(person.services)
    editor.why = "because"
    await editor.save()
    #expect(editor.saved == nil && editor.trouble?.way == .change(field: "title"))
    editor.title = "Read"
    editor.choose([])
    await editor.save()
    #expect(editor.saved == nil && editor.trouble?.code == "invalid-input")
    #expect(editor.why == "because" && editor.title == "Read")
    editor.choose(Weekday.week)
    await editor.save()
    #expect(editor.saved?.goal.schedule == .daily)
  }

  @Test("An earlier day is filled in, counted kindly and taken back")
  func backfilled() async throws {
    let person = try await TestPerson("Sam")
    let goal = try await person.core.addGoal(
      new: NewGoal(title: "Walk", schedule: .daily, audience: [:]))
    person.clock.advance(hours: 48)
    let model = GoalModel(person.services, goal.name)
    await model.load()
    await model.log(on: "2026-11-23", .done)
    await model.log(on: "2026-11-24", .skipped, reason: "ill")
    let last = try #require(model.goal?.last14)
    #expect(last.days.count == 14 && last.done == 1)
    #expect(last.days.suffix(2).map(\.mark) == [.done, .skipped])
    #expect(model.noted("2026-11-24")?.reason == "ill" && model.said != nil)
    await model.note("2026-11-23")
    #expect(model.said == nil && model.noting == "2026-11-23")
    model.writing?.status = .partly
    await model.settle()
    #expect(model.previews.allSatisfy { $0.outcomes.isEmpty })
    await model.open("2026-11-23")
    #expect(model.noted("2026-11-23") == nil && model.noting == nil && model.said != nil)
    await model.log(on: "2027-01-01", .done)
    #expect(model.trouble?.detail?.hasSuffix("in_the_future") == true)
  }

  @Test("A goal that is gone says so")
  func gone() async throws {
    let person = try await TestPerson("Sam")
    let name = String(repeating: "0", count: 32)
    let model = GoalModel(person.services, name)
    await model.load()
    #expect(model.page.problem != nil)
  }
}
