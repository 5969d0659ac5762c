import BelayCore
import BelayTesting
import Testing

@testable import BelayKit

@MainActor
@Suite("What they will see")
struct PreviewTests {
  private static let mira = String(repeating: "a", count: 32)
  private static let nine = SharedMoment(
    atMs: 0, offsetSeconds: 0, localTime: "2026-11-22T21:00:00")

  private static func partner(paused: Bool = false, wordsDiffer: Bool = false) -> FormPartnerView {
    FormPartnerView(
      space: mira, name: "Mira", usualFields: [.mood, .win], presentFields: nil, paused: paused,
      wordsDiffer: wordsDiffer)
  }

  private func form(
    _ partners: [FormPartnerView], seen: [PreviewView] = []
  ) async throws -> CheckInModel {
    let person = try await TestPerson("Sam")
    var page = try await person.core.checkInForm(on: nil, about: nil, language: "en")
    page.partners = partners
    page.audience = Dictionary(
      uniqueKeysWithValues: partners.filter { !$0.wordsDiffer }.map { ($0.space, $0.usualFields) })
    let shown = page
    let fake = FakeCore()
    fake.on("checkInForm") { shown }
    fake.on("previewCheckIn") { seen }
    fake.on("keepCheckInDraft") { true }
    let model = CheckInModel(Services(core: fake, language: "en", shell: person.shell), .new(on: nil))
    await model.load()
    return model
  }

  private func walked(_ note: String? = nil) -> OutcomePreviewView {
    OutcomePreviewView(
      goalTitle: "Walk",
      outcome: SharedOutcome(
        on: "2026-11-22", status: .done, late: false, written: Self.nine,
        note: note, reason: nil))
  }

  @Test("What came of a goal is seen also where nothing of the check-in is")
  func goalAlone() async throws {
    let seen = PreviewView(
      space: Self.mira, partner: "Mira", fields: [], checkIn: nil, outcomes: [walked()])
    let model = try await form([Self.partner()], seen: [seen])
    let words = model.services.words
    #expect(!seen.isEmpty)
    #expect(
      model.sentence(for: Self.partner())
        == words.checkInSees(name: "Mira", what: words.checkInGoalsCount(count: 1)))
  }

  @Test("The chip names what is said, not what may be said")
  func filledOnly() async throws {
    let copy = SharedCheckIn(
      on: "2026-11-22", written: Self.nine, template: .free, late: false,
      edited: false, mood: nil, emotions: [], energy: nil, win: "the lake", struggle: nil, plan: nil,
      need: nil, note: nil)
    let seen = PreviewView(
      space: Self.mira, partner: "Mira", fields: [.mood, .win], checkIn: copy, outcomes: [])
    let model = try await form([Self.partner()], seen: [seen])
    let words = model.services.words
    #expect(
      model.sentence(for: Self.partner())
        == words.checkInSees(name: "Mira", what: words.fieldsCheckInWin))
    model.writing.winText = "the lake"
    #expect(!model.isEmpty(.win) && model.isEmpty(.mood))
  }

  @Test("Whoever's words differed sees nothing, and is no choice that goes along with another's")
  func wordsDiffer() async throws {
    let differing = Self.partner(wordsDiffer: true)
    let other = FormPartnerView(
      space: String(repeating: "b", count: 32), name: "Jonas", usualFields: [.mood],
      presentFields: nil, paused: false, wordsDiffer: false)
    let model = try await form([differing, other])
    let words = model.services.words
    #expect(model.sentence(for: differing) == words.checkInSeesWordsDiffer(name: "Mira"))
    #expect(model.sentence(for: Self.partner(paused: true)) == words.checkInSeesPaused(name: "Mira"))
    model.toggle(.win, for: other.space)
    #expect(model.writing.audience?.keys.sorted() == [other.space])
    #expect(model.writing.audience?[other.space] == [.mood, .win])
  }

  @Test("Other questions keep what was answered before on the page, and energy is chosen in steps")
  func otherQuestions() async throws {
    let person = try await TestPerson("Sam")
    let model = CheckInModel(person.services, .new(on: nil))
    await model.load()
    model.choose(template: .evening)
    model.writing.struggleText = "a long day"
    model.choose(energy: 2)
    model.choose(template: .morning)
    #expect(model.asked.contains { $0.field == .struggle })
    #expect(Set(model.asked.map(\.field)).count == model.asked.count)
    await model.save()
    let saved = try #require(model.saved?.checkIn)
    #expect(saved.energy == 2 && saved.template == .morning && saved.struggle == "a long day")
    #expect(person.services.words.sentence(energy: 2) == "Energy: Low")
  }

  @Test("What is typed of a goal's day is previewed with every word of it, and carries what is noted")
  func day() async throws {
    let relay = try RelayProcess()
    let sam = try await TestPerson("Sam", clock: ManualClock.atTheRelaysTime())
    let mira = try await TestPerson("Mira", clock: ManualClock.atTheRelaysTime())
    for person in [sam, mira] { try await person.agree(on: relay) }
    let (toMira, _) = try await sam.pair(with: mira)
    _ = try await sam.core.markCompared(space: toMira, same: true)
    let walk = try await sam.core.addGoal(
      new: NewGoal(
        title: "Walk", schedule: .daily, audience: [toMira: [.title, .status, .note]]))
    let model = GoalModel(sam.services, walk.name)
    await model.load()
    let today = try #require(model.page.value?.today)
    await model.note(today)
    model.writing?.status = .done
    model.writing?.note = "slow"
    await model.settle()
    #expect(model.previews.first?.outcomes.first?.outcome.note == "slow")
    model.writing?.note = "slow, and good"
    await model.settle()
    #expect(model.previews.first?.outcomes.first?.outcome.note == "slow, and good")
    await model.save()
    #expect(model.noting == nil && model.trouble == nil)
    await model.note(today)
    #expect(model.writing?.note == "slow, and good" && model.writing?.status == .done)
  }

  @Test("Another word for what came of a goal leaves its note where it was")
  func noteStays() async throws {
    let person = try await TestPerson("Sam")
    let walk = try await person.core.addGoal(
      new: NewGoal(title: "Walk", schedule: .daily, audience: [:]))
    _ = try await person.core.logOutcome(
      new: NewOutcome(goal: walk.name, status: .done, note: "by the lake"))
    let model = TodayModel(person.services)
    await model.load()
    await model.log(try #require(model.page.value?.goals.first), .partly)
    let noted = try #require(model.page.value?.goals.first?.today)
    #expect(noted.status == .partly && noted.note == "by the lake")
    let form = CheckInModel(person.services, .new(on: nil))
    await form.load()
    form.log(walk.name, .done)
    #expect(form.writing.outcomes.map(\.note) == ["by the lake"])
  }
}
