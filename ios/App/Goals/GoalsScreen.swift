import BelayCore
import BelayKit
import BelayWords
import SwiftUI

/// The goals, each with its last fourteen days and one kind sentence.
struct GoalsScreen: View {
  let model: GoalsModel
  private var words: any Words { model.services.words }

  var body: some View {
    PageScroll {
      TroubleBar(model: model)
      LoadableView(page: model.page, words: words, retry: model.retry) { page in
        if page.goals.isEmpty {
          EmptyPage(
            title: words.goalsEmptyTitle, text: words.goalsEmptyBody, action: words.goalsBegin,
            go: { model.begin() })
        } else {
          ForEach(page.goals, id: \.goal.name) { row($0) }
          Button(words.goalsBegin) { model.begin() }.buttonStyle(MainButton())
        }
      }
    }
    .keptFresh(model)
  }

  private func row(_ row: GoalRowView) -> some View {
    Button {
      model.open(row.goal)
    } label: {
      Card {
        Text(row.goal.goal.title).font(.text.weight(.medium)).multilineTextAlignment(.leading)
        Note(words.word(row.goal.goal.schedule, day: model.services.spoken.day))
        Last14Row(last14: row.goal.last14, words: words)
        if let days = row.backAfterDays { Note(words.timesBackAfter(count: Int(days))) }
      }
    }
    .buttonStyle(.plain)
  }
}

/// A new goal: what, how often, why. Who sees it is folded, and begins with nobody.
struct GoalEditorScreen: View {
  @Bindable var model: GoalEditorModel
  @State private var showsPartners = false
  private var words: any Words { model.services.words }

  var body: some View {
    PageScroll {
      FieldRow(name: words.goalsEditWhat, hint: words.goalsEditWhatHint, text: $model.title)
      Heading(words.goalsEditWhen)
      ChipFlow {
        ForEach(Weekday.week, id: \.self) { day in
          Chip(text: words.word(day), chosen: model.days.contains(day)) { model.toggle(day) }
        }
      }
      if model.days.isEmpty { Note(words.goalsEditDayNeeded) }
      FieldRow(name: words.goalsEditWhy, hint: words.goalsEditWhyHint, text: $model.why)
      audience
      TroubleBar(model: model)
      Button(words.goalsEditSave) { Task { await model.save() } }
        .buttonStyle(MainButton())
        .disabled(model.saving)
      if model.isBegun {
        Button(words.journalDraftDrop) { Task { await model.discard() } }.buttonStyle(QuietButton())
      }
    }
    .navigationTitle(words.goalsBegin)
    .navigationBarTitleDisplayMode(.inline)
    .task { await model.load() }
  }

  @ViewBuilder private var audience: some View {
    if showsPartners {
      if model.partners.isEmpty { Note(words.goalsWhoNobodyYet) }
      ForEach(model.partners, id: \.space) { partner in
        GoalFieldSwitches(
          name: partner.name, fields: model.audience[partner.space] ?? [], words: words
        ) { model.toggle($0, for: partner.space) }
      }
    } else {
      Note(words.goalsEditPrivate)
      Button(words.goalsEditMore) { showsPartners = true }
        .buttonStyle(QuietButton(.rope))
    }
  }
}

/// What a partner sees of a goal: a switch a field.
struct GoalFieldSwitches: View {
  let name: String
  let fields: [GoalField]
  let words: any Words
  let toggle: @MainActor (GoalField) -> Void

  var body: some View {
    Card(.rope) {
      Text(words.goalsWhoChoose(name: name)).foregroundStyle(Color.onRopeSoft)
        .accessibilityAddTraits(.isHeader)
      ForEach(GoalField.all, id: \.self) { field in
        Toggle(words.word(field), isOn: seen(field)).frame(minHeight: Tokens.target)
      }
    }
  }

  private func seen(_ field: GoalField) -> Binding<Bool> {
    let (fields, toggle) = (fields, toggle)
    return Binding(get: { fields.contains(field) }, set: { _ in toggle(field) })
  }
}
