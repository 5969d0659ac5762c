import BelayCore
import BelayKit
import BelayTesting
import BelayWords
import SwiftUI
import Testing

@testable import BelayApp

/// What the pages of safety say beside their numbers.
@MainActor
@Suite struct SafetyPagesTests {
  private func help(_ person: TestPerson) async -> HelpNowModel {
    let model = HelpNowModel(
      source: OpenHelp(person.core), language: person.services.language, shell: person.shell)
    await model.load()
    return model
  }

  @Test("the directory stands there, and a country that is not known asks for one")
  func theDirectoryStandsThere() async throws {
    let person = try await TestPerson("Sam")
    person.shell.region = nil
    let model = await help(person)
    let page = _Page(of: HelpNowScreen(model: model))
    let words = model.words
    #expect(page.nodes.contains { $0.kind == .heading && $0.label == words.helpCountryUnknown })
    #expect(!page.said.contains(words.helpLinesTitle(country: "")))
    #expect(page.said.contains(words.helpDirectoryBody))
    let directory = try #require(model.page.value?.directory.first)
    page.press(directory.address)
    #expect(person.shell.reached == [.page(directory.address)])
  }

  @Test("every safety text that nobody has reviewed says so")
  func everySafetyTextThatNobodyHasReviewedSaysSo() async throws {
    let person = try await TestPerson("Sam", language: "de")
    let services = person.services
    let words = services.words
    let onboarding = OnboardingModel(door: person.door, problem: services.problem)
    onboarding.next()
    let agreement = AgreementModel(services)
    await agreement.load()
    let settings = SettingsModel(services)
    await settings.load()
    let own = OwnHelpersModel(services)
    await own.load()
    let aside = SetAsideModel(services)
    aside.page = .ready([
      SetAsideView(
        kind: .entry, name: String(repeating: "a", count: 32), excerpt: "", on: nil, by: nil, sinceMs: 0,
        destroyedAtMs: 0)
    ])
    let app = AppModel(door: person.door, shell: person.shell, language: services.language)
    let pages: [(Bool, AnyView)] = [
      (words.helpNotYetReviewed, AnyView(HelpNowScreen(model: await help(person)))),
      (words.helpNotYetReviewed, AnyView(OwnHelpersScreen(model: own))),
      (
        words.onboardingNotYetReviewed,
        AnyView(OnboardingScreen(model: onboarding, words: words, made: { _ in }, joins: {}, restores: {}))
      ),
      (words.pairingNotYetReviewed, AnyView(AgreementScreen(model: agreement))),
      (words.settingsNotYetReviewed, AnyView(SettingsScreen(model: settings, app: app))),
      (words.reachingNotYetReviewed, AnyView(SupportScreen(model: SupportModel(services, nil)))),
      (words.setAsideNotYetReviewed, AnyView(SetAsideSection(model: aside))),
    ]
    for (place, (unreviewed, page)) in pages.enumerated() {
      let said = _Page(of: page).nodes.contains { $0.label == words.commonNotYetReviewed }
      #expect(said == unreviewed, "page \(place)")
    }
  }

  @Test("how one of one's own people is reached is chosen, with a word about them")
  func howSomebodyIsReachedIsChosen() async throws {
    let person = try await TestPerson("Sam")
    let words = person.services.words
    let model = OwnHelpersModel(person.services)
    await model.load()
    model.add()
    _Page(of: OwnHelpersScreen(model: model)).press(words.helpChannelOther)
    #expect(model.people[0].channel == .other)
    _Page(of: OwnHelpersScreen(model: model)).type("the red door", into: words.helpOwnAddress)
    _Page(of: OwnHelpersScreen(model: model)).type("rings twice", into: words.helpOwnNote)
    #expect(model.people[0].address == "the red door" && model.people[0].note == "rings twice")
  }
}
