import BelayCore
import BelayKit
import BelayTesting
import Foundation
import Testing

/// The story that every shell has to tell: two people with real stores, a real relay in a process of its own, and
/// nothing but screen models in between.
@MainActor
@Suite("Ten steps of two people")
struct ScenarioTests {
  @Test("From the first meeting to the end of everything")
  func tenSteps() async throws {
    let relay = try RelayProcess()
    let sam = try await TestPerson("Sam", clock: ManualClock.atTheRelaysTime())
    let mira = try await TestPerson("Mira", clock: ManualClock.atTheRelaysTime())
    for person in [sam, mira] { try await person.agree(on: relay) }

    // 1. They meet, and compare the words.
    let showing = PairingModel(sam.services, .together)
    let scanning = PairingModel(mira.services, .together)
    let shown = Task { await showing.showCode() }
    try await waitUntil { showing.code != nil || showing.trouble != nil }
    #expect(showing.trouble == nil)
    mira.shell.code = showing.code
    await scanning.scan()
    await shown.value
    let partnerOfSam = try #require(showing.partner)
    let partnerOfMira = try #require(scanning.partner)
    #expect(partnerOfSam.comparisonWords == partnerOfMira.comparisonWords)
    #expect(partnerOfSam.comparisonWords.count == 4)
    showing.compare()
    let comparing = CompareModel(sam.services, partnerOfSam.space)
    await comparing.load()
    await comparing.answer(same: true)
    #expect(comparing.answered == .same)
    let alsoComparing = CompareModel(mira.services, partnerOfMira.space)
    await alsoComparing.answer(same: true)
    let (toMira, toSam) = (partnerOfSam.space, partnerOfMira.space)

    // 2. Sam begins a goal, and shares its title and how it goes.
    let editor = GoalEditorModel(sam.services)
    editor.title = "Walk before breakfast"
    editor.why = "it clears the head"
    editor.choose([.monday, .wednesday, .friday, .sunday])
    editor.toggle(.title, for: toMira)
    editor.toggle(.status, for: toMira)
    await editor.save()
    let goal = try #require(editor.saved)

    // 3. Without a network, Sam checks in; a kill in between loses nothing.
    relay.switchOff()
    let form = CheckInModel(sam.services, .new(on: nil))
    await form.load()
    form.choose(mood: 2)
    form.toggle(.overwhelmed)
    form.writing.winText = "I asked for help"
    form.writing.struggleText = "not for Mira’s eyes"
    await form.settle()
    try await sam.restart()
    let again = CheckInModel(sam.services, .new(on: nil))
    await again.load()
    #expect(again.writing.winText == "I asked for help")
    again.log(goal.name, .done)

    // 4. Sam looks at exactly what Mira will see, and leaves one thing out.
    for field in again.fields(for: toMira) { again.toggle(field, for: toMira) }
    for field in [CheckInField.mood, .win] { again.toggle(field, for: toMira) }
    await again.settle()
    let preview = try #require(again.preview(for: toMira))
    #expect(preview.checkIn?.win == "I asked for help")
    #expect(preview.checkIn?.struggle == nil)
    #expect(preview.outcomes.map(\.goalTitle) == ["Walk before breakfast"])
    await again.save()
    let saved = try #require(again.saved)
    #expect(saved.sharedWith.first?.delivery != nil)
    let offline = SelfCheckModel(sam.services)
    await offline.syncNow()
    #expect(offline.report?.troubles.isEmpty == false || offline.trouble?.code == "offline")

    // 5. The network is back; what was shared arrives as it was previewed, and nothing else.
    try relay.switchOn()
    try await exchange(sam, mira)
    let page = PartnerModel(mira.services, toSam)
    await page.load()
    let received = try #require(page.page.value?.checkIns.first)
    #expect(received.checkIn == preview.checkIn)
    #expect(page.page.value?.goals.map(\.goal.title) == ["Walk before breakfast"])
    #expect(page.page.value?.goals.first?.goal.why == nil)

    // 6. Mira answers; Sam sees it at the check-in.
    await page.beginAnswer(to: received.name, .iHearYou)
    #expect(!page.beginnings.isEmpty)
    page.text = "That took courage."
    await page.giveAnswer()
    #expect(page.answering == nil && page.trouble == nil)
    try await exchange(mira, sam)
    let today = TodayModel(sam.services)
    await today.load()
    #expect(today.checkIn?.responses.map(\.response.text) == ["That took courage."])

    // 7. Sam writes in the journal and gives Mira one passage of it.
    let entry = EntryEditorModel(sam.services, .new(on: nil, draft: nil))
    await entry.load()
    entry.writing.text = "Nobody knows this. But today the river was high and loud."
    #expect(await entry.save())
    let share = SharePassageModel(sam.services, try #require(entry.name))
    await share.load()
    share.text = "today the river was high and loud."
    await share.show(to: toMira)
    #expect(!share.needsSecondYes)
    await share.give()
    #expect(share.given != nil)
    try await exchange(sam, mira)
    await page.load()
    #expect(page.page.value?.passages.map(\.passage.text) == ["today the river was high and loud."])

    // 8. Sam pauses; nothing new reaches Mira, who is not told.
    let boundary = PartnerModel(sam.services, toMira)
    await boundary.load()
    await boundary.pause()
    #expect(boundary.partner?.paused == true)
    var quiet = NewCheckIn.saying(mood: 1, win: "kept to myself")
    quiet.audience = [toMira: [.mood, .win]]
    _ = try await sam.core.writeCheckIn(new: quiet)
    try await exchange(sam, mira)
    await page.load()
    #expect(page.page.value?.checkIns.count == 1)
    #expect(page.partner?.standing == .active)
    await boundary.resume()
    #expect(boundary.question == .whatWaited(1))
    await boundary.resume(.keep)
    #expect(boundary.partner?.paused == false)

    // 9. Sam leaves. Mira learns that, and keeps what she was given.
    await boundary.leave()
    #expect(boundary.partner?.standing == .left)
    try await exchange(sam, mira)
    await page.load()
    #expect(page.partner?.standing == .partnerLeft)
    #expect(page.page.value?.checkIns.count == 1)

    // 10. Sam deletes everything: the relay is told, and nothing is left on the phone.
    let end = DeleteEverythingModel(sam.services, left: {})
    end.ask()
    await end.delete()
    #expect(end.stage == .emptied)
    let opening = OpeningModel(door: sam.door, problem: sam.services.problem)
    await opening.start()
    await opening.finishDeleting()
    #expect(opening.opening == .gone)
    #expect(try await !sam.door.exists())
    #expect(!sam.secrets.hasKey)
    await opening.start()
    #expect(opening.opening == .welcome)
  }

  /// What one wrote leaves, once its hold is over, and reaches the other.
  private func exchange(_ from: TestPerson, _ to: TestPerson) async throws {
    for person in [from, to] { person.clock.advance(minutes: 1) }
    for person in [from, to] {
      let check = SelfCheckModel(person.services)
      await check.syncNow()
      #expect(check.trouble == nil)
      #expect(check.report?.troubles.isEmpty == true)
    }
  }
}
