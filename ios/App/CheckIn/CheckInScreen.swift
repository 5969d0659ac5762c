import BelayCore
import BelayKit
import BelayWords
import SwiftUI

/// The check-in: one page, only the mood is asked for, and below it who will see what.
struct CheckInScreen: View {
  @Bindable var model: CheckInModel
  private var words: any Words { model.services.words }

  var body: some View {
    PageScroll {
      LoadableView(page: model.page, words: words, retry: model.retry) { form in
        if let saved = model.saved {
          SavedCheckIn(model: model, saved: saved)
        } else {
          head(form)
          MoodPicker(chosen: model.writing.mood, words: words) { model.choose(mood: $0) }
          feelings(form)
          energy
          goals(form)
          fields
          needs
          templates(form)
          ShareStrip(model: model, form: form)
          TroubleBar(model: model)
          end
        }
      }
    }
    .navigationTitle(model.name == nil ? words.checkInTitle : words.checkInTitleEdit)
    .navigationBarTitleDisplayMode(.inline)
    .keptFresh(model)
  }

  @ViewBuilder private func head(_ form: CheckInFormView) -> some View {
    if form.on != form.today {
      Note(words.checkInAboutDay(day: model.services.spoken.day(form.on)))
    }
    if form.late { Note(words.checkInLateNote) }
    if let draft = form.draft {
      Note(words.checkInDraftBack(moment: model.services.spoken.moment(draft.atMs)))
    }
  }

  private func feelings(_ form: CheckInFormView) -> some View {
    FeelingWords(model: model, offered: form.emotions)
  }

  @ViewBuilder private func goals(_ form: CheckInFormView) -> some View {
    if !form.goals.isEmpty {
      Heading(words.checkInGoals)
      ForEach(form.goals, id: \.name) { goal in
        Card {
          Text(goal.goal.title)
          ChipFlow {
            ForEach(offeredOutcomes, id: \.self) { status in
              Chip(text: words.word(status), chosen: model.status(of: goal) == status) {
                model.log(goal.name, status)
              }
            }
          }
        }
      }
    }
  }

  private var fields: some View {
    ForEach(model.asked, id: \.field) { question in
      if let text = binding(for: question.field) {
        FieldRow(name: question.ask, hint: question.hint, text: text)
      }
    }
  }

  private func binding(for field: CheckInField) -> Binding<String>? {
    switch field {
    case .win: $model.writing.winText
    case .struggle: $model.writing.struggleText
    case .plan: $model.writing.planText
    case .note: $model.writing.noteText
    case .mood, .emotions, .energy, .need: nil
    }
  }

  private var energy: some View {
    VStack(alignment: .leading, spacing: Tokens.Spaces.s) {
      Heading(words.checkInEnergy)
      ChipFlow {
        ForEach(energies, id: \.self) { step in
          Chip(text: words.word(energy: step), chosen: model.writing.energy == step) {
            model.choose(energy: step)
          }
        }
      }
    }
  }

  @ViewBuilder private func templates(_ form: CheckInFormView) -> some View {
    if model.name == nil, form.templates.count > 1 {
      Heading(words.checkInTemplates)
      ChipFlow {
        ForEach(form.templates, id: \.template) { offered in
          Chip(
            text: words.word(offered.template),
            chosen: model.writing.template == offered.template
          ) { model.choose(template: offered.template) }
        }
      }
    }
  }

  private var needs: some View {
    VStack(alignment: .leading, spacing: Tokens.Spaces.s) {
      Heading(words.fieldsCheckInNeed)
      ChipFlow {
        ForEach(Need.all, id: \.self) { need in
          Chip(text: words.word(need), chosen: model.writing.need == need) {
            model.choose(need: need)
          }
        }
      }
    }
  }

  @ViewBuilder private var end: some View {
    if model.writing.mood == nil { Note(words.checkInMoodFirst) }
    Button(words.checkInSave) { Task { await model.save() } }
      .buttonStyle(MainButton())
      .disabled(!model.canSave)
    Note(words.checkInDraftKept)
    Button(words.checkInDraftDrop) { Task { await model.discard() } }
      .buttonStyle(QuietButton())
  }
}

/// Feeling words: the ones used most first, all of them one tap away.
struct FeelingWords: View {
  let model: CheckInModel
  let offered: [Emotion]
  @State private var all = false
  private var words: any Words { model.services.words }

  var body: some View {
    VStack(alignment: .leading, spacing: Tokens.Spaces.s) {
      Heading(words.fieldsCheckInEmotions)
      ChipFlow {
        ForEach(shown, id: \.self) { emotion in
          Chip(text: words.word(emotion), chosen: model.writing.emotions.contains(emotion)) {
            model.toggle(emotion)
          }
        }
      }
      Button(all ? words.checkInFeelingsLess : words.checkInFeelingsMore) { all.toggle() }
        .buttonStyle(QuietButton())
    }
  }

  private var shown: [Emotion] {
    if all { return offered }
    let first = offered.prefix(shownAtFirst)
    return first + model.writing.emotions.filter { !first.contains($0) }
  }
}

/// So many feeling words stand there before anybody asks for more.
private let shownAtFirst = 8

/// It is written: where it is, and the way back.
struct SavedCheckIn: View {
  let model: CheckInModel
  let saved: CheckInView
  private var words: any Words { model.services.words }

  var body: some View {
    Card(.mine) {
      Text(sentence).foregroundStyle(Color.onMineSoft)
      if model.canUndo {
        Button(words.commonUndo) { Task { await model.undo() } }.buttonStyle(QuietButton())
      }
    }
    Button(words.commonDone) { model.services.router.back() }.buttonStyle(MainButton())
    TroubleBar(model: model)
  }

  private var sentence: String {
    if model.name != nil { return words.checkInChanged }
    let names = saved.sharedWith.filter { $0.delivery != nil }.map(\.partner)
    return names.isEmpty ? words.checkInSavedHere : words.checkInSavedGoes(names: words.list(names))
  }
}
