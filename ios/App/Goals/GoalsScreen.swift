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
      LoadableView(page: model.page, words: words, retry: model.retry) { goals in
        if goals.isEmpty {
          EmptyPage(
            title: words.goalsEmptyTitle, text: words.goalsEmptyBody, action: words.goalsBegin,
            go: { model.begin() })
        } else {
          ForEach(goals, id: \.name) { goal in row(goal) }
          Button(words.goalsBegin) { model.begin() }.buttonStyle(MainButton())
        }
      }
    }
    .keptFresh(model)
  }

  private func row(_ goal: GoalView) -> some View {
    Button {
      model.open(goal)
    } label: {
      Card {
        Text(goal.goal.title).font(.text.weight(.medium)).multilineTextAlignment(.leading)
        Note(words.word(goal.goal.schedule))
        Last14Row(last14: goal.last14, words: words)
      }
    }
    .buttonStyle(.plain)
  }
}

/// One goal: why it matters, how the last days went, who sees what of it.
struct GoalScreen: View {
  let model: GoalModel
  @State private var day: CivilDay?
  private var words: any Words { model.services.words }

  var body: some View {
    PageScroll {
      TroubleBar(model: model)
      LoadableView(page: model.page, words: words, retry: model.retry) { goal in
        Text(goal.goal.title).font(.display).accessibilityAddTraits(.isHeader)
        Note(words.word(goal.goal.schedule))
        if let why = goal.goal.why {
          Card(.mine) {
            Note(words.goalsWhyTitle)
            Text(why).foregroundStyle(Color.onMineSoft)
          }
        }
        Heading(words.goalsLastDaysTitle)
        Last14Row(last14: goal.last14, words: words)
        days(goal)
        Heading(words.goalsWhoTitle)
        GoalAudienceList(model: model, goal: goal)
      }
    }
    .keptFresh(model)
  }

  private func days(_ goal: GoalView) -> some View {
    ForEach(goal.last14.days.reversed().filter { $0.mark != .notDue }, id: \.on) { shown in
      Menu {
        ForEach([OutcomeStatus.done, .partly, .skipped, .notDone], id: \.self) { status in
          Button(words.word(status)) { Task { await model.log(on: shown.on, status) } }
        }
      } label: {
        HStack {
          Text(model.services.spoken.day(shown.on))
          Spacer()
          Text(words.word(shown.mark)).foregroundStyle(Color.ink2)
        }
        .frame(minHeight: Tokens.target)
      }
      .foregroundStyle(Color.ink)
    }
  }
}

/// Who sees what of a goal: a switch a field.
struct GoalAudienceList: View {
  let model: GoalModel
  let goal: GoalView
  private var words: any Words { model.services.words }

  var body: some View {
    if goal.sharedWith.isEmpty { Note(words.goalsWhoNobodyYet) }
    ForEach(goal.sharedWith, id: \.space) { shared in
      Card(.rope) {
        Text(words.goalsWhoChoose(name: shared.partner)).foregroundStyle(Color.onRopeSoft)
        ForEach(GoalField.all, id: \.self) { field in
          Toggle(words.word(field), isOn: seen(field, shared)).frame(minHeight: Tokens.target)
        }
        Note(words.goalsWhoChooseLead)
        if let delivery = shared.delivery { Note(words.sentence(delivery, to: shared.partner)) }
      }
    }
  }

  private func seen(_ field: GoalField, _ shared: SharedWithView) -> Binding<Bool> {
    let model = model
    let fields: [GoalField] = if case .goal(let fields) = shared.fields { fields } else { [] }
    return Binding(
      get: { fields.contains(field) },
      set: { _ in Task { await model.toggle(field, for: shared.space, seen: fields) } })
  }
}

/// A new goal: what, how often, why. Anything else can wait.
struct GoalEditorScreen: View {
  @Bindable var model: GoalEditorModel
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
      Note(words.goalsEditPrivate)
      TroubleBar(model: model)
      Button(words.goalsEditSave) { Task { await model.save() } }
        .buttonStyle(MainButton())
        .disabled(model.saving)
    }
    .navigationTitle(words.goalsBegin)
    .navigationBarTitleDisplayMode(.inline)
  }
}
