import BelayCore
import BelayKit
import BelayTesting
import BelayWords
import Testing

@MainActor
@Suite("Help now")
struct HelpTests {
  private nonisolated static let today: CivilDay = "2026-11-22"

  private func open(_ person: TestPerson) async -> HelpNowModel {
    let model = HelpNowModel(source: OpenHelp(person.core), language: "en", shell: person.shell)
    await model.load()
    return model
  }

  private func locked(_ person: TestPerson, on day: CivilDay = Self.today) async -> HelpNowModel {
    let source = LockedHelp(folder: person.folder.file("store"), today: { day })
    let model = HelpNowModel(source: source, language: "de", shell: person.shell)
    await model.load()
    return model
  }

  private func note(_ person: TestPerson, _ name: String, _ number: String) async -> OwnHelpersModel {
    let model = OwnHelpersModel(person.services)
    await model.load()
    model.add()
    model.people[model.people.count - 1].name = name
    model.people[model.people.count - 1].address = number
    await model.save()
    return model
  }

  @Test("The device's country is a hint, and every line says who, where from and when")
  func country() async throws {
    let person = try await TestPerson("Sam")
    person.shell.region = "DE"
    let page = try #require(await open(person).page.value)
    #expect(page.country?.code == "DE")
    #expect(!page.emergency.isEmpty && !page.lines.isEmpty && !page.directory.isEmpty)
    for line in page.emergency + page.lines + page.more {
      #expect(!line.organisation.isEmpty && !line.address.isEmpty && !line.sources.isEmpty)
    }
  }

  @Test("A country nobody knows still has the directory and the steps")
  func unknownCountry() async throws {
    let person = try await TestPerson("Sam")
    person.shell.region = "AQ"
    let model = await open(person)
    let page = try #require(model.page.value)
    #expect(page.lines.isEmpty && !page.directory.isEmpty)
    #expect(model.step == nil)
    model.beginSteps()
    var shown = 0
    while model.step != nil {
      shown += 1
      model.nextStep()
    }
    #expect(shown == page.grounding.steps.count && shown > 0)
  }

  @Test("Numbers that nobody looked at for long are hidden, and the page says that there are such")
  func hiddenAsOld() async throws {
    let person = try await TestPerson("Sam")
    person.shell.region = "DE"
    let (now, later) = (await locked(person), await locked(person, on: "2032-11-22"))
    #expect(now.page.value?.hiddenAsOld == 0)
    let page = try #require(later.page.value)
    #expect(page.hiddenAsOld > 0)
    #expect(page.lines.count < (now.page.value?.lines.count ?? 0))
  }

  @Test("A chosen country counts more than the device's, also after a restart")
  func chosenCountry() async throws {
    let person = try await TestPerson("Sam")
    person.shell.region = "DE"
    let model = await open(person)
    model.showCountries()
    model.search = "spa"
    let found = model.found()
    #expect(found.map(\.code).contains("ES") && found.count < model.countries.count)
    await model.choose("ES")
    #expect(model.page.value?.country?.code == "ES" && model.countries.isEmpty)
    try await person.restart()
    #expect(await open(person).page.value?.chosenCountry == "ES")
    #expect(await locked(person).page.value?.lines.isEmpty == false)
  }

  @Test("While locked another country can be looked at for once, although one was chosen")
  func lookedUpWhileLocked() async throws {
    let person = try await TestPerson("Sam")
    await open(person).choose("ES")
    let model = await locked(person)
    await model.choose("DE")
    #expect(model.page.value?.country?.code == "DE")
    #expect(model.page.value?.lines.isEmpty == false)
  }

  @Test("One's own people come first, and are reached by one tap")
  func ownPeople() async throws {
    let person = try await TestPerson("Sam")
    let noted = await note(person, "Jonas", "+49 30 1234567")
    #expect(noted.saved && noted.trouble == nil)
    let model = await open(person)
    let jonas = try #require(model.page.value?.own.first)
    model.reach(jonas)
    let number = try #require(jonas.dial)
    #expect(person.shell.reached == [.call(number)])
  }

  @Test("What is no number is refused, and what was typed stays")
  func noNumber() async throws {
    let person = try await TestPerson("Sam")
    let model = await note(person, "Jonas", "the red door")
    #expect(!model.saved)
    #expect(model.trouble?.way == .change(field: "trusted_address"))
    #expect(model.people.map(\.address) == ["the red door"])
    #expect(await open(person).page.value?.own.isEmpty == true)
  }

  @Test("While Belay is locked, one's own people are hidden until the person agreed, and again afterwards")
  func whileLocked() async throws {
    let person = try await TestPerson("Sam")
    let helpers = await note(person, "Jonas", "030 1234567")
    try await person.core.shutdown()
    var model = await locked(person)
    #expect(model.hidesOwn && model.page.value?.own.isEmpty == true)
    #expect(model.page.value?.directory.isEmpty == false)
    try await person.restart()
    let again = OwnHelpersModel(person.services)
    await again.load()
    await again.show(whileLocked: true)
    #expect(again.shownWhileLocked && helpers.people.count == 1)
    model = await locked(person)
    #expect(!model.hidesOwn && model.page.value?.own.map(\.name) == ["Jonas"])
    await again.show(whileLocked: false)
    model = await locked(person)
    #expect(model.hidesOwn && model.page.value?.own.isEmpty == true)
  }

  @Test("A country chosen while locked is for this look alone")
  func lookedAt() async throws {
    let person = try await TestPerson("Sam")
    person.shell.region = "DE"
    let model = await locked(person)
    await model.choose("ES")
    #expect(model.page.value?.country?.code == "ES")
    #expect(await locked(person).page.value?.country?.code == "DE")
  }

  @Test("The order of one's people is one's own")
  func order() async throws {
    let person = try await TestPerson("Sam")
    let model = OwnHelpersModel(person.services)
    await model.load()
    for name in ["Mira", "Jonas", "Ada"] {
      model.add()
      model.people[model.people.count - 1].name = name
      model.people[model.people.count - 1].address = "112"
    }
    model.moveUp(2)
    model.moveUp(0)
    model.remove(at: 0)
    model.remove(at: 9)
    await model.save()
    #expect(await open(person).page.value?.own.map(\.name) == ["Ada", "Jonas"])
  }

  @Test("Countries are named and found in the person's own language, dates said as exactly as their source")
  func ownLanguage() async throws {
    let person = try await TestPerson("Sam")
    person.shell.region = "DE"
    let model = await locked(person)
    let country = try #require(model.page.value?.country)
    #expect(model.name(of: country) == "Deutschland")
    model.showCountries()
    model.search = "öster"
    #expect(model.found().map(\.code) == ["AT"])
    var line = try #require(model.page.value?.lines.first)
    line.checkedOn = "2026-11-22"
    line.sourceDate = "2026-06-02"
    #expect(model.dated(line) == "Quelle vom 2. Juni 2026, gelesen am 22. November 2026")
    line.sourceDate = "2025-06"
    #expect(model.dated(line).contains("Juni 2025"))
    line.sourceDate = "2024"
    #expect(model.dated(line).contains("2024"))
  }

  @Test("Each of one's own people is reached as was chosen, two with one number too")
  func channels() async throws {
    let person = try await TestPerson("Sam")
    let helpers = OwnHelpersModel(person.services)
    await helpers.load()
    helpers.people = [
      TrustedPerson(name: "Mira", channel: .call, address: "112", note: "the desk"),
      TrustedPerson(name: "Jonas", channel: .text, address: "112", note: nil),
      TrustedPerson(name: "Ada", channel: .other, address: "the red door", note: nil),
    ]
    await helpers.save()
    #expect(helpers.saved && helpers.trouble == nil)
    let model = await open(person)
    let own = try #require(model.page.value?.own)
    let words = person.services.words
    #expect(
      own.map(model.way) == [
        words.helpCall(name: "Mira"), words.helpWriteTo(address: "Jonas"), words.commonCopy,
      ])
    #expect(model.details(of: own[0]) == "112 · the desk")
    #expect(model.details(of: own[2]) == "Ada · the red door")
    model.reach(own[2])
    #expect(model.hasCopied && person.shell.copied.map(\.text) == ["the red door"])
    model.reach(own[0])
    #expect(!model.hasCopied)
  }
}
