import BelayCore
import BelayKit
import BelayTesting
import BelayWords
import Testing

@MainActor
@Suite("What stands between a person and their store")
struct OpeningTests {
  private func stand(before door: ScriptedDoor) async -> OpeningModel {
    let model = OpeningModel(door: door, problem: { Problem($0, WordsEn()) })
    await model.start()
    return model
  }

  @Test("Without a store there are the welcome pages")
  func welcome() async {
    let model = await stand(before: ScriptedDoor { $0.exists = .success(false) })
    #expect(model.opening == .welcome)
  }

  @Test("A store without a passphrase opens by itself")
  func opens() async {
    let model = await stand(before: ScriptedDoor { $0.core = .success(FakeCore()) })
    #expect(model.opening == .open)
    #expect(model.core != nil)
  }

  @Test("A wrong passphrase is told kindly and stays in its field; the right one opens")
  func passphrase() async {
    let door = ScriptedDoor {
      $0.needsPassphrase = .success(true)
      $0.core = .failure(.WrongSecret)
    }
    let model = await stand(before: door)
    #expect(model.opening == .passphrase)
    model.passphrase = "pear"
    await model.unlock()
    #expect(model.opening == .passphrase)
    #expect(model.passphrase == "pear")
    #expect(model.trouble?.code == "wrong-secret")
    door.tell { $0.core = .success(FakeCore()) }
    await model.unlock()
    #expect(model.opening == .open)
    #expect(model.passphrase.isEmpty)
    #expect(model.trouble == nil)
  }

  @Test("A phone that was restored from a copy has lost the key, and says so")
  func keyLost() async {
    let model = await stand(before: ScriptedDoor { $0.hasKey = .success(false) })
    #expect(model.opening == .keyLost)
  }

  @Test("A key that is not this store's is a lost key, too")
  func anotherKey() async {
    let model = await stand(before: ScriptedDoor { $0.core = .failure(.WrongSecret) })
    #expect(model.opening == .keyLost)
  }

  @Test(
    "What stands in the way has its own page",
    arguments: [
      (BelayError.Locked, Opening.locked),
      (.NewerData, .newer),
      (.DataDamaged(backupPath: "/aside"), .damaged(setAside: "/aside")),
      (.Unavailable(reason: "being-deleted"), .beingDeleted(nil)),
    ])
  func pages(error: BelayError, page: Opening) async {
    let model = await stand(before: ScriptedDoor { $0.core = .failure(error) })
    #expect(model.opening == page)
  }

  @Test("The keystore may be shut while it is asked for its key")
  func keystoreShut() async {
    let door = ScriptedDoor { $0.hasKey = .failure(.Locked) }
    let model = await stand(before: door)
    #expect(model.opening == .locked)
    door.tell {
      $0.hasKey = .success(true)
      $0.core = .success(FakeCore())
    }
    await model.start()
    #expect(model.opening == .open)
  }

  @Test("Anything else is told with its way out, and can be tried again")
  func stuck() async {
    let door = ScriptedDoor { $0.core = .failure(.StorageFull) }
    let model = await stand(before: door)
    guard case .stuck(let problem) = model.opening else {
      Issue.record("not stuck: \(model.opening)")
      return
    }
    #expect(problem.way == .tryAgain)
    door.tell { $0.core = .success(FakeCore()) }
    await model.start()
    #expect(model.opening == .open)
  }

  @Test("A deletion that still has something to tell goes on, and says when all is said")
  func beingDeleted() async {
    let left = FarewellView(envelopes: 1, erasures: 2, troubles: ["offline"], finished: false)
    let door = ScriptedDoor {
      $0.core = .failure(.Unavailable(reason: "being-deleted"))
      $0.farewell = .success(left)
    }
    let model = await stand(before: door)
    await model.finishDeleting()
    #expect(model.opening == .beingDeleted(left))
    door.tell {
      $0.farewell = .success(FarewellView(envelopes: 0, erasures: 0, troubles: [], finished: true))
    }
    await model.finishDeleting()
    #expect(model.opening == .gone)
  }

  @Test("Erasing a store whose key is lost begins anew")
  func erasing() async {
    let model = await stand(before: ScriptedDoor { $0.hasKey = .success(false) })
    await model.eraseNow()
    #expect(model.opening == .welcome)
  }
}
