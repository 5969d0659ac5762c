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
      if let trouble = model.trouble { ProblemCard(problem: trouble, words: words) }
      LoadableView(page: model.page, words: words, retry: model.load) { page in
        own(page)
        lines(words.helpEmergencyTitle, page.emergency, none: words.helpEmergencyNone)
        lines(words.helpLinesTitle(country: page.country?.name ?? ""), page.lines, none: words.helpLinesNone)
        if !page.more.isEmpty { lines(words.helpLinesMore, page.more, none: "") }
        Note(words.helpNumbersChange)
        grounding(page)
        Note(words.helpWhatBelayIsNot)
        Note(words.helpPrivate)
        CountryPicker(model: model, page: page)
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
      ForEach(page.own, id: \.address) { person in
        Button(words.helpCall(name: person.name)) { model.reach(person) }
          .buttonStyle(MainButton())
          .accessibilityHint(person.address)
      }
      if let editOwn { Button(words.helpOwnEdit, action: editOwn).buttonStyle(QuietButton(.sky)) }
    }
  }

  @ViewBuilder private func lines(_ title: String, _ lines: [CrisisLineView], none: String)
    -> some View
  {
    Heading(title)
    if lines.isEmpty { Note(none) }
    ForEach(Array(lines.enumerated()), id: \.offset) { _, line in
      CrisisLineCard(line: line, words: words) { model.reach(line) }
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

/// A line: who answers, when, in which languages, and where that is known from.
struct CrisisLineCard: View {
  let line: CrisisLineView
  let words: any Words
  let reach: @MainActor () -> Void
  @State private var showsSources = false

  var body: some View {
    Card {
      Text(line.organisation).font(.text.weight(.medium))
      if !line.forWhom.isEmpty { Note(words.helpForWhom(whom: line.forWhom)) }
      Note(line.hours.map { words.helpHours(hours: $0) } ?? words.helpHoursUnknown)
      if let languages = line.languages { Note(words.helpLanguages(languages: languages)) }
      Button(action: reach) { Text(action) }.buttonStyle(MainButton())
      Note(
        line.sourceDate.map { words.helpDated(date: $0, checked: line.checkedOn) }
          ?? words.helpUndated(checked: line.checkedOn))
      if line.readWithCare { Note(words.helpReadWithCare) }
      Button(showsSources ? words.helpSourcesHide : words.helpSourcesShow) {
        showsSources.toggle()
      }
      .buttonStyle(QuietButton(.sky))
      if showsSources {
        ForEach(line.sources, id: \.self) { Text($0).font(.small).textSelection(.enabled) }
      }
    }
  }

  private var action: String {
    switch line.channel {
    case .call: words.helpCallNumber(number: line.address)
    case .text: words.helpWriteTo(address: line.address)
    case .chat, .web: line.address
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
      page.country.map { words.helpCountry(country: $0.name) } ?? words.helpCountryUnknown
    ) { model.showCountries() }
    .buttonStyle(QuietButton(.sky))
    if !model.countries.isEmpty {
      FieldRow(name: words.helpCountrySearch, text: $model.search)
      let found = model.found(named: \.name)
      if found.isEmpty { Note(words.helpCountryNone) }
      ForEach(found, id: \.code) { country in
        Button(country.name) { Task { await model.choose(country.code) } }
          .buttonStyle(QuietButton(.sky))
      }
    }
  }
}

/// The people of one's own that stand first on Help now.
struct OwnHelpersScreen: View {
  @Bindable var model: OwnHelpersModel
  private var words: any Words { model.services.words }

  var body: some View {
    PageScroll {
      Note(words.helpOwnEmpty)
      LoadableView(page: model.page, words: words, retry: model.retry) { _ in
        ForEach(Array(model.people.indices), id: \.self) { place in row(place) }
        Button(words.helpOwnAdd) { model.add() }.buttonStyle(QuietButton())
        TroubleBar(model: model)
        Button(words.helpOwnSave) { Task { await model.save() } }
          .buttonStyle(MainButton()).disabled(model.saving)
        if model.saved { Note(words.helpOwnSaved) }
        Toggle(words.helpOwnLockedSwitch, isOn: shownLocked).frame(minHeight: Tokens.target)
        Note(words.helpOwnLockedExplained)
      }
    }
    .navigationTitle(words.helpOwnTitle)
    .keptFresh(model)
  }

  private func row(_ place: Int) -> some View {
    Card {
      FieldRow(name: words.helpOwnName, text: $model.people[place].name)
      FieldRow(name: words.helpOwnNumber, text: $model.people[place].address)
      let name = model.people[place].name
      if place > 0 {
        Button(words.helpOwnMoveUp(name: name)) { model.moveUp(place) }.buttonStyle(QuietButton())
      }
      Button(name.isEmpty ? words.helpOwnRemoveEmpty : words.helpOwnRemove(name: name)) {
        model.remove(at: place)
      }
      .buttonStyle(QuietButton(.clay))
    }
  }

  private var shownLocked: Binding<Bool> {
    let model = model
    return Binding(
      get: { model.shownWhileLocked },
      set: { shown in Task { await model.show(whileLocked: shown) } })
  }
}
