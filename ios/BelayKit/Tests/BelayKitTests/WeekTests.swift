import BelayCore
import BelayTesting
import Testing

@testable import BelayKit

@MainActor
@Suite("The review of a week")
struct WeekTests {
  @Test("It begins with what went well and ends with a look ahead, and leads to the weeks before")
  func week() async throws {
    let person = try await TestPerson("Sam")
    let goal = try await person.core.addGoal(
      new: NewGoal(title: "Walk", schedule: .daily, audience: [:]))
    _ = try await person.core.logOutcome(new: NewOutcome(goal: goal.name, status: .done))
    _ = try await person.core.writeCheckIn(new: .saying(mood: 4, win: "I asked for help"))
    let model = WeekModel(person.services)
    await model.load()
    let parts = try #require(model.page.value?.parts, "\(String(describing: model.page.problem))")
    guard case .wins(let wins)? = parts.first else {
      Issue.record("no win first: \(parts)")
      return
    }
    #expect(wins.map(\.text) == ["I asked for help"] && parts.last == .lookAhead)
    #expect(model.title(of: goal.name) == "Walk" && !model.hasLater)
    let first = try #require(model.page.value?.week.first)
    await model.turn(by: 1)
    #expect(model.page.value?.week.first == first)
    await model.turn(by: -1)
    #expect(model.page.value?.week.last ?? first < first && model.hasLater)
    await model.turn(by: 1)
    #expect(model.page.value?.week.first == first && model.trouble == nil)
  }
}
