import BelayTesting
import Testing

@testable import BelayKit

@MainActor
@Suite("Keeping what is typed")
struct LatestTests {
  @Test("While one is being kept the ones between are dropped, and the last one never")
  func theLastOneIsAlwaysDone() async throws {
    let gate = Gate()
    var done: [Int] = []
    let latest = Latest<Int> { wish in
      await gate.pass()
      done.append(wish)
    }
    for wish in 1...5 {
      latest.want(wish)
      try await waitUntil { wish > 1 || gate.waiting == 1 }
    }
    gate.open()
    await latest.settle()
    #expect(done == [1, 5])
  }

  @Test("What was not begun can be forgotten, and what was begun ends before settle does")
  func forgetting() async throws {
    let gate = Gate()
    var done: [Int] = []
    let latest = Latest<Int> { wish in
      await gate.pass()
      done.append(wish)
    }
    latest.want(1)
    try await waitUntil { gate.waiting == 1 }
    latest.want(2)
    latest.forget()
    gate.open()
    await latest.settle()
    #expect(done == [1])
    latest.want(3)
    await latest.settle()
    #expect(done == [1, 3])
  }
}
