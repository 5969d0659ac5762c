import BelayCore
import BelayKit
import BelayWords
import SwiftUI

/// A goal: what, what counts, how often, why. What helps and when it ends is folded, and so is who sees it, which begins
/// with nobody.
struct GoalEditorScreen: View {
  @Bindable var model: GoalEditorModel
  @State private var showsMore = false
  @State private var showsPartners = false
  private var words: any Words { model.services.words }

  var body: some View {
    PageScroll {
      FieldRow(name: words.goalsEditWhat, hint: words.goalsEditWhatHint, text: $model.writing.title)
      GoalCountingFields(model: model)
      if model.writing.isDue { GoalOftenFields(model: model) }
      FieldRow(name: words.goalsEditWhy, hint: words.goalsEditWhyHint, text: $model.writing.why)
      if showsMore { GoalHelpFields(model: model) }
      Button(showsMore ? words.goalFormMoreClose : words.goalFormMore) { showsMore.toggle() }
        .buttonStyle(QuietButton(.ink2))
      if model.name == nil { audience }
      TroubleBar(model: model)
      Button(model.name == nil ? words.goalsEditSave : words.goalFormSave) { Task { await model.save() } }
        .buttonStyle(MainButton())
        .disabled(model.saving || model.isMissing)
      if model.isBegun {
        Button(words.journalDraftDrop) { Task { await model.discard() } }.buttonStyle(QuietButton())
      }
    }
    .navigationTitle(model.name == nil ? words.goalsBegin : words.goalFormTitleEdit)
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

/// What counts: done or not, an amount, steps, days since.
struct GoalCountingFields: View {
  @Bindable var model: GoalEditorModel
  private var words: any Words { model.services.words }

  var body: some View {
    Heading(words.goalFormCounts)
    ChipFlow {
      ForEach(GoalWriting.Counting.allCases, id: \.self) { counting in
        Chip(text: words.word(counting), chosen: model.writing.counting == counting) {
          model.writing.counting = counting
        }
      }
    }
    if model.writing.countsAmounts {
      FieldRow(name: words.goalFormAmount, text: $model.writing.amount)
      FieldRow(name: words.goalFormUnit, hint: words.goalFormUnitHint, text: $model.writing.unit)
    }
    switch model.writing.counting {
    case .steps: steps
    case .daysSince:
      let today = model.today ?? model.services.spoken.today
      DayChoice(
        name: words.goalFormSince, day: model.writing.since ?? today, last: today,
        spoken: model.services.spoken
      ) { model.writing.since = $0 }
    case .yesNo, .atLeast, .atMost, .avoid: EmptyView()
    }
  }

  @ViewBuilder private var steps: some View {
    ForEach(model.writing.steps, id: \.title) { step in
      Card {
        Text(step.title)
        Button(words.goalFormStepRemove(step: step.title)) {
          model.writing.steps.removeAll { $0 == step }
        }
        .buttonStyle(QuietButton(.ink2))
      }
    }
    FieldRow(name: words.goalFormStepNew, text: $model.writing.step)
    Button(words.goalFormStepAdd) { model.writing.addStep() }.buttonStyle(QuietButton())
  }
}

/// How often: the whole language of schedules, in words.
struct GoalOftenFields: View {
  @Bindable var model: GoalEditorModel
  private var words: any Words { model.services.words }
  private var spoken: Spoken { model.services.spoken }
  private var today: CivilDay { model.today ?? spoken.today }

  var body: some View {
    Heading(words.goalsEditWhen)
    ChipFlow {
      ForEach(GoalWriting.Often.allCases, id: \.self) { often in
        Chip(text: words.word(often), chosen: model.writing.often == often) {
          model.writing.often = often
        }
      }
    }
    switch model.writing.often {
    case .daily: EmptyView()
    case .weekdays: weekdays
    case .timesPerWeek:
      CountRow(
        text: words.goalsScheduleWeek(count: model.writing.perWeek), count: $model.writing.perWeek, in: 1...7,
        words: words)
    case .timesPerMonth:
      CountRow(
        text: words.goalsScheduleMonth(count: model.writing.perMonth), count: $model.writing.perMonth,
        in: 1...28, words: words)
    case .everyDays:
      CountRow(
        text: words.goalsScheduleEvery(count: model.writing.everyDays), count: $model.writing.everyDays,
        in: 2...366, words: words)
    case .dates: GoalDates(model: model, today: today)
    case .once:
      DayChoice(name: words.goalFormOnceBy, day: model.writing.until ?? today, spoken: spoken) {
        model.writing.until = $0
      }
      .task { if model.writing.until == nil { model.writing.until = today } }
    }
  }

  @ViewBuilder private var weekdays: some View {
    ChipFlow {
      ForEach(Weekday.week, id: \.self) { day in
        Chip(text: words.word(day), chosen: model.days.contains(day)) { model.toggle(day) }
      }
    }
    if model.days.isEmpty { Note(words.goalsEditDayNeeded) }
  }
}

/// A number said in words, with a step down and a step up.
struct CountRow: View {
  let text: String
  @Binding var count: Int
  let range: ClosedRange<Int>
  let words: any Words

  init(text: String, count: Binding<Int>, in range: ClosedRange<Int>, words: any Words) {
    self.text = text
    _count = count
    self.range = range
    self.words = words
  }

  var body: some View {
    Card {
      Text(text).font(.text.weight(.medium))
      HStack(spacing: Tokens.Spaces.m) {
        Button(words.goalFormFewer) { count = max(range.lowerBound, count - 1) }
          .buttonStyle(QuietButton()).disabled(count <= range.lowerBound)
        Button(words.goalFormOftener) { count = min(range.upperBound, count + 1) }
          .buttonStyle(QuietButton()).disabled(count >= range.upperBound)
      }
    }
  }
}

/// Dates: each can be taken out again.
struct GoalDates: View {
  let model: GoalEditorModel
  let today: CivilDay
  @State private var date: CivilDay?
  private var words: any Words { model.services.words }
  private var spoken: Spoken { model.services.spoken }

  var body: some View {
    let chosen = date ?? today
    ForEach(model.writing.dates, id: \.self) { date in
      Button(words.goalFormDateRemove(day: spoken.day(date))) {
        model.writing.dates.removeAll { $0 == date }
      }
      .buttonStyle(QuietButton(.ink2))
    }
    DayChoice(name: words.goalFormDate, day: chosen, spoken: spoken) { date = $0 }
    Button(words.goalFormDateAdd(day: spoken.day(chosen))) { model.writing.add(date: chosen) }
      .buttonStyle(QuietButton())
  }
}

/// What may come in the way, what helps, which part of life it belongs to, first and last day.
struct GoalHelpFields: View {
  @Bindable var model: GoalEditorModel
  private var words: any Words { model.services.words }
  private var spoken: Spoken { model.services.spoken }
  private var today: CivilDay { model.today ?? spoken.today }

  var body: some View {
    VStack(alignment: .leading, spacing: Tokens.Spaces.l) {
      FieldRow(name: words.goalFormObstacle, text: $model.writing.obstacle)
      FieldRow(name: words.goalFormIfThis, text: $model.writing.ifThis)
      FieldRow(name: words.goalFormThenThat, text: $model.writing.thenThat)
      FieldRow(name: words.goalFormStrengths, text: $model.writing.strengths)
      FieldRow(name: words.goalFormResources, text: $model.writing.resources)
      Text(words.goalFormArea).font(.label).accessibilityAddTraits(.isHeader)
      ChipFlow {
        ForEach(LifeArea.all, id: \.self) { area in
          Chip(text: words.word(area), chosen: model.writing.area == area) {
            model.writing.area = model.writing.area == area ? nil : area
          }
        }
      }
      DayChoice(name: words.goalFormFirstDay, day: model.writing.startsOn ?? today, spoken: spoken) {
        model.writing.startsOn = $0
      }
      if let last = model.writing.endsOn {
        DayChoice(name: words.goalFormLastDay, day: last, spoken: spoken) { model.writing.endsOn = $0 }
        Button(words.goalFormLastDayNone) { model.writing.endsOn = nil }
          .buttonStyle(QuietButton(.ink2))
      } else {
        Button(words.goalFormLastDayChoose) { model.writing.endsOn = model.writing.startsOn ?? today }
          .buttonStyle(QuietButton(.ink2))
      }
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
