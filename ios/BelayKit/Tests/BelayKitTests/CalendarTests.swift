import BelayCore
import BelayKit
import BelayTesting
import Testing

@MainActor
@Suite("The calendar")
struct CalendarTests {
  @Test("A month has its days in weeks of seven, from whichever weekday the week begins")
  func weeks() throws {
    let november = try #require(CalendarMonth(of: "2026-11-22"))
    let fromMonday = november.weeks(from: .monday)
    // The first of November 2026 is a Sunday.
    #expect(fromMonday.first == [nil, nil, nil, nil, nil, nil, "2026-11-01"])
    #expect(fromMonday.count == 6 && fromMonday.allSatisfy { $0.count == 7 })
    #expect(november.weeks(from: .sunday).first?.first == "2026-11-01")
    #expect(fromMonday.joined().compactMap { $0 }.count == 30)
    let leap = try #require(CalendarMonth(of: "2028-02-01")).weeks(from: .saturday)
    #expect(leap.joined().compactMap { $0 }.last == "2028-02-29")
  }

  @Test("Months go on over the ends of years, and a text that is no day is none")
  func months() throws {
    let november = try #require(CalendarMonth(of: "2026-11-22"))
    #expect(november.moved(by: 2).first == "2027-01-01")
    #expect(november.moved(by: -11).first == "2025-12-01")
    #expect(CalendarMonth(of: "2026-13-01") == nil && CalendarMonth(of: "soon") == nil)
  }

  @Test("A month shows what was written and felt; a day shows its own, and the next month is not yet there")
  func month() async throws {
    let person = try await TestPerson("Sam")
    for (text, on) in [("one", "2026-11-20"), ("two", "2026-11-21"), ("old", "2026-10-31")] {
      _ = try await person.core.writeEntry(new: NewEntry(text: text, on: on, tags: [], goals: []))
    }
    _ = try await person.core.writeCheckIn(new: .saying(mood: 4))
    let journal = JournalModel(person.services)
    await journal.load()
    journal.showCalendar()
    #expect(person.services.router.current == .month(of: "2026-11-22"))
    let model = MonthModel(person.services, of: "2026-11-22")
    await model.load()
    let content = try #require(model.page.value)
    #expect(content.month.days.map(\.on) == ["2026-11-20", "2026-11-21", "2026-11-22"])
    #expect(content.month.days.last?.moods == [4] && content.today == "2026-11-22")
    #expect(model.lines.map(\.excerpt) == ["two", "one"])
    model.choose("2026-11-20")
    #expect(model.lines.map(\.excerpt) == ["one"])
    model.write()
    #expect(person.services.router.current == .newEntry(draft: nil, on: "2026-11-20"))
    model.choose("2026-11-20")
    #expect(model.lines.count == 2 && !model.hasNext)
    await model.turn(by: 1)
    #expect(model.day == "2026-11-22")
    await model.turn(by: -1)
    #expect(model.lines.map(\.excerpt) == ["old"] && model.hasNext)
    await model.turn(by: 1)
    #expect(model.lines.count == 2)
  }

  @Test("A month of more entries than one answer holds is read whole")
  func longMonth() async throws {
    let person = try await TestPerson("Sam")
    for number in 1...130 {
      _ = try await person.core.writeEntry(
        new: NewEntry(text: "entry \(number)", on: "2026-11-03", tags: [], goals: []))
    }
    let model = MonthModel(person.services, of: "2026-11-03")
    await model.load()
    #expect(Set(model.lines.map(\.name)).count == 130)
  }

  @Test("A day that a control gives back is the day it was shown, in any zone")
  func daysOfControls() async throws {
    for zone in ["Pacific/Kiritimati", "Pacific/Pago_Pago", "Europe/Berlin"] {
      let person = try await TestPerson("Sam", clock: ManualClock(zone: zone))
      let spoken = person.services.spoken
      for day in ["2026-03-29", "2026-10-25", "2028-02-29"] {
        #expect(spoken.civilDay(of: spoken.date(of: day)) == day)
      }
    }
  }

  @Test("Today remembers this day in other years")
  func otherYears() async throws {
    let person = try await TestPerson("Sam")
    _ = try await person.core.writeEntry(
      new: NewEntry(text: "the first snow", on: "2024-11-22", tags: [], goals: []))
    let model = TodayModel(person.services)
    await model.load()
    let years = try #require(model.page.value?.onThisDay)
    #expect(years.map(\.yearsAgo) == [2])
    #expect(years.first?.entries.map(\.excerpt) == ["the first snow"])
  }

  @Test("When the day turns or the person travels, what is shown follows")
  func timeMoved() async throws {
    let person = try await TestPerson("Sam")
    let app = AppModel(door: person.door, shell: person.shell, language: "en")
    person.services.changes.stop()
    try await person.core.shutdown()
    await app.start()
    let model = TodayModel(try #require(app.services))
    let following = Task { await model.follow() }
    try await waitUntil { model.page.value?.on == "2026-11-22" }
    person.clock.travel(to: "Pacific/Auckland")
    app.timeMoved()
    try await waitUntil { model.page.value?.on == "2026-11-23" }
    #expect(model.page.value?.zone == "Pacific/Auckland")
    following.cancel()
    await following.value
  }

  @Test("Every page asks the core once for what it shows")
  func oneCall() async throws {
    let person = try await TestPerson("Sam")
    let (core, fake) = (person.core, FakeCore())
    let entry = try await core.writeEntry(new: NewEntry(text: "The lake.", tags: [], goals: []))
    let goal = try await core.addGoal(new: NewGoal(title: "Walk", schedule: .daily, audience: [:]))
    let journal = try await core.journalPage(query: EntryQuery())
    let (goals, today) = (try await core.goalsPage(), try await core.today())
    let month = try await core.monthPage(day: nil, after: nil, limit: nil)
    let editor = try await core.entryEditor(name: entry.name, on: nil)
    let share = try await core.sharePage(entry: entry.name)
    let page = try await core.goalPage(name: goal.name, from: nil, to: nil)
    let (form, settings) = (try await core.goalForm(), try await core.settingsPage())
    fake.on("journalPage") { journal }
    fake.on("goalsPage") { goals }
    fake.on("today") { today }
    fake.on("monthPage") { month }
    fake.on("entryEditor") { editor }
    fake.on("sharePage") { share }
    fake.on("goalPage") { page }
    fake.on("goalForm") { form }
    fake.on("settingsPage") { settings }
    let services = Services(core: fake, language: "en", shell: person.shell)
    await JournalModel(services).load()
    await GoalsModel(services).load()
    await TodayModel(services).load()
    await MonthModel(services, of: "2026-11-22").load()
    await EntryEditorModel(services, .change(entry.name)).load()
    await SharePassageModel(services, entry.name).load()
    await GoalModel(services, goal.name).load()
    await GoalEditorModel(services).load()
    await SettingsModel(services).load()
    #expect(
      fake.calls == [
        "journalPage", "goalsPage", "today", "monthPage", "entryEditor", "sharePage", "goalPage",
        "goalForm", "settingsPage",
      ])
  }
}
