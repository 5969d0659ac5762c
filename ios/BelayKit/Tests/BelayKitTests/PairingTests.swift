import BelayCore
import BelayKit
import BelayTesting
import Testing

@MainActor
@Suite("Meeting")
struct PairingTests {
  @Test(
    "A foreign code gets a kind answer and stays typed",
    arguments: ["https://example.org/menu", "WIFI:S:cafe;;", "", "belay:pair1:nonsense", "🪢"])
  func foreignCode(text: String) async throws {
    let relay = try RelayProcess()
    let sam = try await TestPerson("Sam", clock: .atTheRelaysTime())
    try await sam.agree(on: relay)
    let model = PairingModel(sam.services, .together)
    sam.shell.code = text
    await model.scan()
    let trouble = try #require(model.trouble)
    #expect(["not-an-invitation", "invitation-damaged"].contains(trouble.detail))
    #expect(!trouble.title.isEmpty && !trouble.advice.isEmpty)
    #expect(model.typed == text)
    guard case .together = model.stage else {
      Issue.record("not back at the beginning: \(model.stage)")
      return
    }
  }

  @Test("Turning back from the camera changes nothing")
  func turnedBack() async throws {
    let sam = try await TestPerson("Sam")
    let model = PairingModel(sam.services, .together)
    await model.scan()
    #expect(model.trouble == nil && model.typed.isEmpty)
  }

  @Test("A mistyped word is named with the nearest, which can be taken")
  func mistypedWord() async throws {
    let relay = try RelayProcess()
    let (sam, mira) = (
      try await TestPerson("Sam", clock: .atTheRelaysTime()),
      try await TestPerson("Mira", clock: .atTheRelaysTime())
    )
    for person in [sam, mira] { try await person.agree(on: relay) }
    let inviting = PairingModel(sam.services, .apart)
    await inviting.inviteApart(by: .words)
    guard case .inviting(let open) = inviting.stage, let words = open.text else {
      Issue.record("no words: \(String(describing: inviting.trouble))")
      return
    }
    inviting.shareInvitation()
    #expect(sam.shell.shared == [words])
    let accepting = PairingModel(mira.services, .apart)
    var typed = words.split(whereSeparator: { !$0.isLetter }).map(String.init)
    let right = typed[1]
    typed[1] = right + "x"
    accepting.typed = typed.joined(separator: " ")
    await accepting.answerApart()
    #expect(accepting.mistyped?.position == 2)
    #expect(accepting.mistyped?.nearest == right)
    #expect(accepting.trouble?.way == .change(field: "invitation"))
    accepting.takeNearest()
    #expect(accepting.mistyped == nil && accepting.trouble == nil)
    await accepting.answerApart()
    guard case .accepted = accepting.stage else {
      Issue.record("not accepted: \(String(describing: accepting.trouble))")
      return
    }
    async let made: Void = inviting.waitForThem()
    async let answered: Void = accepting.waitForThem()
    _ = await (made, answered)
    #expect(inviting.partner?.comparisonWords == accepting.partner?.comparisonWords)
    #expect(accepting.partner?.space.isEmpty == false)
  }

  @Test("Waiting that was broken off says so, and can be tried again")
  func waitingBrokenOff() async throws {
    let sam = try await TestPerson("Sam")
    let fake = FakeCore()
    fake.on("inviteApart") {
      OpenInvitationView(
        id: "i", madeHere: true, text: "four little words here", relay: "r", madeAtMs: 0,
        expiresAtMs: 0, state: .waiting, lastError: nil)
    }
    fake.refuse("awaitPairing", .Offline)
    let model = PairingModel(Services(core: fake, language: "en", shell: sam.shell), .apart)
    await model.inviteApart(by: .words)
    #expect(!model.hasStoppedWaiting)
    await model.waitForThem()
    #expect(model.hasStoppedWaiting && model.trouble?.code == "offline")
    let gate = Gate()
    fake.on("awaitPairing") {
      await gate.pass()
      throw BelayError.Offline
    }
    let again = Task { await model.waitForThem() }
    try await waitUntil { gate.waiting == 1 }
    #expect(!model.hasStoppedWaiting && model.trouble == nil)
    gate.open()
    await again.value
    #expect(model.hasStoppedWaiting)
  }

  @Test("Four words that lead nowhere are told apart from a slip")
  func wrongWords() async throws {
    let relay = try RelayProcess()
    let sam = try await TestPerson("Sam", clock: .atTheRelaysTime())
    try await sam.agree(on: relay)
    let model = PairingModel(sam.services, .apart)
    model.typed = "abandon ability able about"
    await model.answerApart()
    #expect(model.mistyped == nil)
    #expect(model.trouble?.detail == "invitation-not-found")
    #expect(model.typed == "abandon ability able about")
  }

  @Test("Who opens an invitation before age and terms are said is led there, and back with what was typed")
  func agreesFirst() async throws {
    let relay = try RelayProcess()
    let sam = try await TestPerson("Sam", clock: .atTheRelaysTime())
    let router = sam.services.router
    sam.services.take(invitation: "https://relay.example/pair/#secret")
    let model = PairingModel(sam.services, .apart)
    await model.answerApart()
    #expect(model.needsMore)
    model.sayWhatIsNeeded()
    #expect(router.over == .agreement)
    let agreement = AgreementModel(sam.services)
    await agreement.load()
    await agreement.finish()
    #expect(router.over == .agreement)
    agreement.relay = relay.origin
    agreement.allowsPlainHttp = true
    agreement.isOldEnough = true
    agreement.agrees = true
    await agreement.finish()
    #expect(router.over == .pairing(.apart))
    #expect(PairingModel(sam.services, .apart).typed == "https://relay.example/pair/#secret")
    router.over = nil
    router.go(.settings)
    router.go(.agreement)
    await agreement.finish()
    #expect(router.current == .settings)
  }

  @Test("A code that was opened with the camera is answered as a code, also while pairing is open")
  func codeFromOutside() async throws {
    let relay = try RelayProcess()
    let (sam, mira) = (
      try await TestPerson("Sam", clock: .atTheRelaysTime()),
      try await TestPerson("Mira", clock: .atTheRelaysTime())
    )
    for person in [sam, mira] { try await person.agree(on: relay) }
    let invitation = try await mira.core.invite()
    sam.services.take(invitation: invitation.text)
    #expect(sam.services.router.over == .pairing(.together))
    let model = PairingModel(sam.services, .together)
    #expect(model.typed == invitation.text)
    model.stand()
    sam.services.take(invitation: "four little words here")
    guard case .apart = model.stage else {
      Issue.record("not taken up: \(model.stage)")
      return
    }
    #expect(model.typed == "four little words here")
    sam.services.take(invitation: invitation.text)
    guard case .together = model.stage else {
      Issue.record("not taken up: \(model.stage)")
      return
    }
    async let shown = mira.core.awaitPartner(invitationId: invitation.id)
    await model.answerCode()
    #expect(model.partner != nil)
    _ = try await shown
  }

  @Test("A code that came before age and terms were said is answered as a code afterwards")
  func codeWhileAgreeing() async throws {
    let relay = try RelayProcess()
    let (sam, mira) = (
      try await TestPerson("Sam", clock: .atTheRelaysTime()),
      try await TestPerson("Mira", clock: .atTheRelaysTime())
    )
    try await mira.agree(on: relay)
    let router = sam.services.router
    router.present(.agreement)
    sam.services.take(invitation: try await mira.core.invite().text)
    #expect(router.over == .agreement)
    try await sam.agree(on: relay)
    let agreement = AgreementModel(sam.services)
    await agreement.load()
    await agreement.finish()
    #expect(router.over == .pairing(.together))
  }

  @Test("Without a relay, a way to one is offered; with one that is away, what is safe is said")
  func noRelay() async throws {
    let relay = try RelayProcess()
    let sam = try await TestPerson("Sam", clock: .atTheRelaysTime())
    let model = PairingModel(sam.services, .together)
    await model.showCode()
    #expect(model.trouble?.way == .relay || model.trouble?.way == .agree)
    try await sam.agree(on: relay)
    relay.switchOff()
    await model.showCode()
    #expect(model.trouble?.code == "offline")
    #expect(model.code == nil)
  }

  @Test("An invitation that was left is not brought back by its late answer")
  func leftAlone() async throws {
    let sam = try await TestPerson("Sam")
    let fake = FakeCore()
    let gate = Gate()
    fake.on("invite") { InvitationView(id: "i", text: "belay:pair", expiresAtMs: 0) }
    fake.on("awaitPartner") {
      await gate.pass()
      throw BelayError.Unavailable(reason: "invitation-expired")
    }
    let model = PairingModel(Services(core: fake, language: "en", shell: sam.shell), .together)
    let showing = Task { await model.showCode() }
    try await waitUntil { gate.waiting == 1 }
    #expect(model.code == "belay:pair")
    model.choose(.apart)
    gate.open()
    await showing.value
    guard case .apart = model.stage else {
      Issue.record("brought back: \(model.stage)")
      return
    }
  }

  @Test(
    "Until the words are compared a passage needs a second yes; when they differ nothing more is shared")
  func comparing() async throws {
    let relay = try RelayProcess()
    let (sam, mira) = (
      try await TestPerson("Sam", clock: .atTheRelaysTime()),
      try await TestPerson("Mira", clock: .atTheRelaysTime())
    )
    for person in [sam, mira] { try await person.agree(on: relay) }
    let (space, _) = try await sam.pair(with: mira)
    let entry = try await sam.core.writeEntry(new: NewEntry(text: "a long night", tags: [], goals: []))
    let share = SharePassageModel(sam.services, entry.name)
    await share.load()
    share.text = "a long night"
    await share.show(to: space)
    #expect(share.needsSecondYes)
    await share.give()
    #expect(share.given == nil)
    share.saidYesAgain = true
    await share.give()
    let given = try #require(share.given)
    await share.retract(given)
    #expect(share.given == nil)
    let compare = CompareModel(sam.services, space)
    await compare.load()
    #expect(compare.page.value?.comparisonWords.count == 4)
    await compare.answer(same: false)
    #expect(compare.answered == .different)
    await share.show(to: space)
    #expect(share.preview == nil && share.trouble?.detail == "words-differ")
  }

  @Test("Blocking and removing what they shared are asked about once and done at once")
  func blocking() async throws {
    let relay = try RelayProcess()
    let (sam, mira) = (
      try await TestPerson("Sam", clock: .atTheRelaysTime()),
      try await TestPerson("Mira", clock: .atTheRelaysTime())
    )
    for person in [sam, mira] { try await person.agree(on: relay) }
    let (space, _) = try await sam.pair(with: mira)
    relay.switchOff()
    let people = PeopleModel(sam.services)
    await people.load()
    #expect(people.page.value?.partners.map(\.space) == [space])
    let model = PartnerModel(sam.services, space)
    await model.load()
    let seen = TheySeeModel(sam.services, space)
    await seen.load()
    await seen.toggle(.note)
    #expect(seen.page.value?.usualFields.contains(.note) == true)
    await seen.toggle(.note)
    #expect(seen.page.value?.usualFields.contains(.note) == false)
    let walk = try await sam.core.addGoal(
      new: NewGoal(title: "Walk", schedule: .daily, audience: [:]))
    let goal = GoalModel(sam.services, walk.name)
    await goal.load()
    #expect(goal.partners.map(\.space) == [space] && goal.fields(for: space).isEmpty)
    await goal.toggle(.status, for: space)
    #expect(Set(goal.fields(for: space)) == [.title, .status])
    await seen.load()
    #expect(seen.page.value?.goals.map(\.title) == ["Walk"])
    #expect(seen.page.value?.goals.first?.fields.isEmpty == false)
    await goal.toggle(.title, for: space)
    #expect(goal.fields(for: space).isEmpty)
    model.question = .block
    await model.block()
    #expect(model.question == nil)
    #expect(model.partner?.standing == .blocked)
    await model.removeTheirs()
    #expect(model.removed != nil && model.trouble == nil)
  }
}
