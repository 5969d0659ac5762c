import BelayCore
import BelayWords
import Foundation
import Observation

/// Help now: one's own people first, then the country's lines. It works offline and while Belay is locked, and
/// nothing of it is noted anywhere.
@MainActor
@Observable
public final class HelpNowModel {
  /// What the page has.
  public private(set) var page: Loadable<HelpNowView> = .loading
  /// What the last action met.
  public private(set) var trouble: Problem?
  /// The step of the grounding steps that is shown; `nil` before they begin.
  public private(set) var step: Int?
  /// Countries to choose from, while they are shown.
  public private(set) var countries: [CountryView] = []
  /// Something was put on the clipboard, where other programs can read it.
  public private(set) var hasCopied = false
  /// A part of a country's name.
  public var search = ""

  /// The words.
  public let words: any Words
  private let source: any HelpSource
  private let language: String
  private let shell: any Shell
  private let spoken: Spoken
  /// A country that was chosen for this one look, where it cannot be kept.
  private var looked: String?

  /// Asks this source; the language is a BCP 47 tag.
  public init(source: any HelpSource, language: String, shell: any Shell) {
    self.source = source
    self.language = language
    self.shell = shell
    words = wordsFor(language)
    spoken = Spoken(words: wordsFor(language), language: language, clock: shell)
  }

  /// Loads the page.
  public func load() async {
    do {
      let found = try await source.page(
        region: shell.region, lookedUp: looked, language: language)
      page = .ready(found)
    } catch {
      let problem = Problem(error, words)
      if page.value == nil { page = .failed(problem) } else { trouble = problem }
    }
  }

  /// Whether one's own people stay hidden because Belay is locked.
  public var hidesOwn: Bool {
    guard source is LockedHelp, let page = page.value else { return false }
    return !page.ownShownWhileLocked
  }

  // MARK: Reaching somebody

  /// Calls or writes to one of the person's own people. The last tap is theirs.
  public func reach(_ person: TrustedPersonView) {
    hasCopied = person.channel == .other
    switch person.channel {
    case .call: if let dial = person.dial { shell.reach(.call(dial)) }
    case .text: if let dial = person.dial { shell.reach(.text(to: dial, saying: nil)) }
    case .other: shell.copy(text: person.address, secret: true)
    }
  }

  /// Calls, writes to or opens a line.
  public func reach(_ line: CrisisLineView) {
    switch line.channel {
    case .call: if let dial = line.dial { shell.reach(.call(dial)) }
    case .text:
      if let number = line.textTo {
        shell.reach(.text(to: number, saying: line.textWord))
      } else {
        hasCopied = true
        shell.copy(text: line.address, secret: false)
      }
    case .chat, .web: shell.reach(.page(line.address))
    }
  }

  /// What the button of one of the person's own people does.
  public func way(to person: TrustedPersonView) -> String {
    switch person.channel {
    case .call: words.helpCall(name: person.name)
    case .text: words.helpWriteTo(address: person.name)
    case .other: words.commonCopy
    }
  }

  /// How one of the person's own people is reached, and what was noted of them.
  public func details(of person: TrustedPersonView) -> String {
    [person.channel == .other ? person.name : nil, person.address, person.note]
      .compactMap { $0 }.joined(separator: " · ")
  }

  /// From when a line's source is, and when somebody read it last.
  public func dated(_ line: CrisisLineView) -> String {
    let checked = spoken.sourceDate(line.checkedOn)
    return line.sourceDate.map { words.helpDated(date: spoken.sourceDate($0), checked: checked) }
      ?? words.helpUndated(checked: checked)
  }

  // MARK: The country

  /// Shows the countries to choose from.
  public func showCountries() {
    do {
      countries = try listOfCountries()
    } catch {
      trouble = Problem(error, words)
    }
  }

  /// The countries whose name has what was typed.
  public func found() -> [CountryView] {
    let part = search.trimmed.lowercased()
    let named = countries.map { (country: $0, name: name(of: $0)) }
    let found = part.isEmpty ? named : named.filter { $0.name.lowercased().contains(part) }
    let locale = Locale(identifier: language)
    return found.sorted { $0.name.compare($1.name, locale: locale) == .orderedAscending }
      .map(\.country)
  }

  /// A country's name in the person's language.
  public func name(of country: CountryView) -> String {
    Locale(identifier: language).localizedString(forRegionCode: country.code) ?? country.name
  }

  /// Chooses a country; while Belay is locked only for this one look.
  public func choose(_ country: String?) async {
    countries = []
    search = ""
    trouble = nil
    do {
      looked = try await source.choose(country: country) ? nil : country
    } catch {
      trouble = Problem(error, words)
      return
    }
    await load()
  }

  // MARK: A minute for you

  /// Begins the steps.
  public func beginSteps() {
    step = page.value?.grounding.steps.isEmpty == false ? 0 : nil
  }

  /// The next step; after the last they are over.
  public func nextStep() {
    guard let step, let count = page.value?.grounding.steps.count else { return }
    self.step = step + 1 < count ? step + 1 : nil
  }

  /// Ends the steps, whenever one likes.
  public func endSteps() {
    step = nil
  }
}

// The core's own function, under a name that the model's property does not hide.
private func listOfCountries() throws -> [CountryView] {
  try countries()
}
