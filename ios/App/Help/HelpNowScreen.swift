import BelayCore
import BelayKit
import BelayWords
import SwiftUI

/// Help now: the person's own people first, then numbers of the country with hours, sources and dates. Nothing that is
/// opened or called here is written down.
struct HelpNowScreen: View {
  let model: HelpNowModel
  var close: (@MainActor () -> Void)? = nil
  var editOwn: (@MainActor () -> Void)? = nil
  private var words: any Words { model.words }

  var body: some View {
    PageScroll {
      if model.hasCopied { Note(words.helpCopied) }
      if let trouble = model.trouble { ProblemCard(problem: trouble, words: words) }
      LoadableView(page: model.page, words: words, retry: model.load) { page in
        own(page)
        lines(words.helpEmergencyTitle, page.emergency, none: words.helpEmergencyNone)
        country(page)
        if !page.more.isEmpty { lines(words.helpLinesMore, page.more, none: "") }
        if page.hiddenAsOld > 0 { Note(words.helpHiddenAsOld) }
        Note(words.helpNumbersChange)
        grounding(page)
        Note(words.helpWhatBelayIsNot)
        Note(words.helpPrivate)
        if words.helpNotYetReviewed { Note(words.commonNotYetReviewed) }
        CountryPicker(model: model, page: page)
        lines(words.helpDirectoryTitle, lead: words.helpDirectoryBody, page.directory, none: "")
      }
      if let close { Button(words.commonClose, action: close).buttonStyle(QuietButton()) }
    }
    .navigationTitle(words.helpTitle)
    .task { await model.load() }
  }

  @ViewBuilder private func own(_ page: HelpNowView) -> some View {
    Heading(words.helpOwnTitle)
    if model.hidesOwn {
      Note(words.helpOwnHiddenLocked)
    } else {
      if page.own.isEmpty { Note(words.helpOwnEmpty) }
      ForEach(Array(page.own.enumerated()), id: \.offset) { _, person in
        Button(model.way(to: person)) { model.reach(person) }
          .buttonStyle(MainButton())
        Note(model.details(of: person))
      }
      if let editOwn { Button(words.helpOwnEdit, action: editOwn).buttonStyle(QuietButton(.sky)) }
    }
  }

  @ViewBuilder private func country(_ page: HelpNowView) -> some View {
    if let country = page.country {
      lines(
        words.helpLinesTitle(country: model.name(of: country)), page.lines,
        none: words.helpLinesNone)
    } else {
      Heading(words.helpCountryUnknown)
    }
  }

  @ViewBuilder private func lines(
    _ title: String, lead: String? = nil, _ lines: [CrisisLineView], none: String
  ) -> some View {
    Heading(title)
    if let lead { Note(lead) }
    if lines.isEmpty, !none.isEmpty { Note(none) }
    ForEach(Array(lines.enumerated()), id: \.offset) { _, line in
      CrisisLineCard(line: line, dated: model.dated(line), words: words) { model.reach(line) }
    }
  }

  @ViewBuilder private func grounding(_ page: HelpNowView) -> some View {
    Card(.sky) {
      Heading(words.helpGroundingTitle)
      if let step = model.step {
        Note(
          words.helpGroundingPlace(
            number: String(step + 1), of: String(page.grounding.steps.count)))
        let shown = page.grounding.steps[step]
        Text(shown.step).font(.heading).foregroundStyle(Color.onSkySoft)
        if let how = shown.how { Text(how).foregroundStyle(Color.onSkySoft) }
        Button(words.helpGroundingNext) { model.nextStep() }.buttonStyle(MainButton())
        Button(words.commonDone) { model.endSteps() }.buttonStyle(QuietButton(.sky))
      } else {
        Text(words.helpGroundingLead).foregroundStyle(Color.onSkySoft)
        Button(words.commonShow) { model.beginSteps() }.buttonStyle(QuietButton(.sky))
      }
      if !page.grounding.reviewed { Note(words.commonNotYetReviewed) }
    }
  }
}

/// Another country, and the directory for all others.
struct CountryPicker: View {
  @Bindable var model: HelpNowModel
  let page: HelpNowView
  private var words: any Words { model.words }

  var body: some View {
    Button(
      page.country.map { words.helpCountry(country: model.name(of: $0)) } ?? words.helpCountryUnknown
    ) { model.showCountries() }
    .buttonStyle(QuietButton(.sky))
    if !model.countries.isEmpty {
      FieldRow(name: words.helpCountrySearch, text: $model.search)
      let found = model.found()
      if found.isEmpty { Note(words.helpCountryNone) }
      ForEach(found, id: \.code) { country in
        Button(model.name(of: country)) { Task { await model.choose(country.code) } }
          .buttonStyle(QuietButton(.sky))
      }
    }
  }
}
