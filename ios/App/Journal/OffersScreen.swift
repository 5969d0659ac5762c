import BelayCore
import BelayKit
import BelayWords
import SwiftUI

/// Questions and templates to write by; choosing one leads back to the page that is written.
struct OffersScreen: View {
  @Bindable var model: OffersModel
  let editor: EntryEditorModel
  let close: @MainActor () -> Void
  private var words: any Words { model.services.words }

  var body: some View {
    PageScroll {
      Heading(words.offersTitle)
      LoadableView(page: model.page, words: words, retry: model.retry) { page in
        if model.showsAll { all } else { forTheDay(page) }
        Button(model.showsAll ? words.offersFewer : words.offersAll) { model.showsAll.toggle() }
          .buttonStyle(QuietButton())
        if !page.templates.isEmpty {
          Heading(words.offersTemplates)
          Note(words.offersTemplatesLead)
          ForEach(page.templates, id: \.name) { template($0) }
        }
      }
      Button(words.commonNotNow, action: close).buttonStyle(QuietButton(.ink2))
    }
    .task { await model.load() }
  }

  @ViewBuilder private func forTheDay(_ page: WritingOffersView) -> some View {
    Text(
      editor.form.map { $0.today == page.on } ?? true
        ? words.offersForTheDay : words.offersForAnotherDay(day: model.services.spoken.day(page.on))
    )
    .font(.label).foregroundStyle(Color.ink2).accessibilityAddTraits(.isHeader)
    ForEach(page.forTheDay, id: \.name) { question($0) }
  }

  private var all: some View {
    ForEach(Array(model.groups.enumerated()), id: \.offset) { _, group in
      Text(words.word(group.about)).font(.label).foregroundStyle(Color.ink2)
        .accessibilityAddTraits(.isHeader)
      ForEach(group.prompts, id: \.name) { question($0) }
    }
  }

  private func question(_ prompt: PromptView) -> some View {
    Button {
      editor.begin(with: prompt)
      close()
    } label: {
      Card(.mine) {
        Text(prompt.ask).font(.writing).multilineTextAlignment(.leading)
          .foregroundStyle(Color.onMineSoft)
        if let hint = prompt.hint {
          Text(hint).font(.label).multilineTextAlignment(.leading).foregroundStyle(Color.onMineSoft)
        }
      }
    }
    .buttonStyle(.plain)
  }

  private func template(_ template: TemplateView) -> some View {
    Card {
      Text(template.title).font(.text.weight(.medium)).accessibilityAddTraits(.isHeader)
      Note(template.about)
      ForEach(template.notes, id: \.self) { Note($0) }
      if let notReviewed = template.notReviewed { Note(notReviewed) }
      let looking = model.looking == template.name
      Button(looking ? words.offersFold(title: template.title) : words.offersLook(title: template.title)) {
        model.look(at: template)
      }
      .buttonStyle(QuietButton(.ink2))
      if looking { steps(template) }
      Button(words.offersBegin(title: template.title)) {
        editor.begin(with: template)
        close()
      }
      .buttonStyle(QuietButton())
    }
  }

  @ViewBuilder private func steps(_ template: TemplateView) -> some View {
    Text(words.offersSteps).font(.label).accessibilityAddTraits(.isHeader)
    ForEach(template.steps, id: \.id) { step in
      VStack(alignment: .leading, spacing: Tokens.Spaces.xs) {
        Text(step.title).font(.text.weight(.medium))
        Text(step.ask)
        if let hint = step.hint { Note(hint) }
        ForEach(step.examples, id: \.self) { Note(words.offersExample(example: $0)) }
      }
    }
  }
}

/// The question that an entry is written by, and the way to write without it.
struct WrittenBy: View {
  let model: EntryEditorModel
  @State private var chooses = false
  private var words: any Words { model.services.words }

  var body: some View {
    Group {
      if let question = model.writing.prompt {
        Card(.mine) {
          Text(model.name == nil ? words.offersAnswering : words.offersAnswered).font(.label)
            .foregroundStyle(Color.onMineSoft)
          Text(question).font(.writing).foregroundStyle(Color.onMineSoft)
          if model.name == nil {
            Button(words.offersWithout) { model.writeFreely() }.buttonStyle(QuietButton())
          }
        }
      }
      if model.name == nil {
        Button(words.offersOpen) { chooses = true }.buttonStyle(QuietButton())
      }
    }
    .sheet(isPresented: $chooses) {
      WithHelp(model.services) {
        OffersScreen(model: model.offers, editor: model, close: { chooses = false })
      }
    }
  }
}

extension Words {
  /// What a question is about.
  func word(_ group: PromptGroup) -> String {
    switch group {
    case .wins: offersGroupWins
    case .helped: offersGroupHelped
    case .people: offersGroupPeople
    case .now: offersGroupNow
    case .hard: offersGroupHard
    case .ahead: offersGroupAhead
    case .oneself: offersGroupOneself
    }
  }
}
