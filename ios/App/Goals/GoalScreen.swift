import BelayCore
import BelayKit
import BelayWords
import SwiftUI

/// One goal: why it matters, how the last days went, who sees what of it.
struct GoalScreen: View {
  let model: GoalModel
  @State private var letsGo = false
  private var words: any Words { model.services.words }

  var body: some View {
    PageScroll {
      TroubleBar(model: model)
      LoadableView(page: model.page, words: words, retry: model.retry) { page in
        head(page)
        if let said = model.said { Note(said) }
        GoalCourse(model: model, goal: page.goal)
        if page.goal.goal.measure.hasDays { days(page) }
        GoalNumbers(page: page, services: model.services)
        Heading(words.goalsWhoTitle)
        GoalAudience(model: model, goal: page.goal)
        WhoCanRead(services: model.services, item: .goal(name: page.goal.name))
        end(page)
      }
    }
    .sheet(isPresented: noting) {
      if let day = model.noting {
        WithHelp(model.services) { NoteDaySheet(model: model, day: day) }
      }
    }
    .sheet(isPresented: $letsGo) {
      WithHelp(model.services) {
        Holding(LetGoModel(model.services, model.name)) { LetGoSheet(model: $0, close: { letsGo = false }) }
      }
    }
    .keptFresh(model)
  }

  private var noting: Binding<Bool> {
    let model = model
    return Binding(get: { model.noting != nil }, set: { if !$0 { model.closeNote() } })
  }

  @ViewBuilder private func head(_ page: GoalPageView) -> some View {
    Text(page.goal.goal.title).font(.display).accessibilityAddTraits(.isHeader)
    Note(words.word(page.goal.goal.schedule, day: model.services.spoken.day))
    if page.goal.goal.measure.hasDays, !page.goal.pausedToday {
      Note(page.goal.dueToday ? words.goalsDueToday : words.goalsNotDueToday)
    }
    GoalToday(goal: page.goal, services: model.services)
    GoalPlan(goal: page.goal.goal, words: words)
    Button(words.goalFormTitleEdit) {
      model.services.router.present(.goalEditor(name: page.goal.name))
    }
    .buttonStyle(QuietButton())
  }

  @ViewBuilder private func days(_ page: GoalPageView) -> some View {
    Heading(words.goalsLastDaysTitle)
    Last14Row(last14: page.goal.last14, words: words)
    if let days = page.backAfterDays { Note(words.timesBackAfter(count: Int(days))) }
    Note(words.goalsLastDaysHint)
    ForEach(page.goal.last14.days.reversed(), id: \.on) { row($0) }
    DayChoice(
      name: words.goalsLogAnotherDay, day: page.today, last: page.today,
      spoken: model.services.spoken
    ) { day in Task { await model.note(day) } }
  }

  /// Pauses, putting away and letting go.
  @ViewBuilder private func end(_ page: GoalPageView) -> some View {
    Heading(words.goalFormEndTitle)
    if page.goal.goal.archivedOn == nil {
      Button(words.goalFormPausesOne) {
        model.services.router.go(.pauses(goal: page.goal.name))
      }
      .buttonStyle(QuietButton())
      Button(words.goalFormPutAway) { Task { await model.putAway() } }
        .buttonStyle(QuietButton(.ink2))
      Note(words.goalFormPutAwayLead)
      Button(words.goalFormLetGo) { letsGo = true }.buttonStyle(QuietButton(.clay))
    } else {
      Button(words.goalFormTakeUp) { Task { await model.takeUp() } }.buttonStyle(QuietButton())
    }
  }

  private func row(_ shown: DayView) -> some View {
    Button {
      Task { await model.note(shown.on) }
    } label: {
      ViewThatFits(in: .horizontal) {
        HStack(spacing: Tokens.Spaces.m) {
          name(shown)
          Spacer()
          mark(shown)
        }
        VStack(alignment: .leading, spacing: Tokens.Spaces.xs) {
          name(shown)
          mark(shown)
        }
      }
      .frame(maxWidth: .infinity, minHeight: Tokens.target, alignment: .leading)
    }
    .buttonStyle(.plain)
  }

  private func name(_ shown: DayView) -> some View { Text(model.services.spoken.day(shown.on)) }

  private func mark(_ shown: DayView) -> some View {
    Text(said(of: shown)).foregroundStyle(Color.ink2)
  }
}

extension GoalScreen {
  /// What came of a day, with how much it was.
  private func said(of shown: DayView) -> String {
    let mark = words.word(shown.mark)
    guard let goal = model.goal?.goal, let unit = goal.measure.unit,
      let amount = model.noted(shown.on)?.amount
    else { return mark }
    let much = words.goalFormAmountOfDay(amount: model.services.spoken.amount(amount), unit: unit)
    return words.commonComma(first: mark, rest: much)
  }
}

/// Who sees what of a goal, and the way to show it to somebody else.
struct GoalAudience: View {
  let model: GoalModel
  let goal: GoalView
  @State private var showsPartners = false
  private var words: any Words { model.services.words }

  var body: some View {
    let seeing = goal.sharedWith.filter { !model.fields(for: $0.space).isEmpty }
    if seeing.isEmpty { Note(words.goalsWhoOnlyYou) }
    ForEach(seeing, id: \.space) { shared in
      switches(shared.space, shared.partner)
      if let delivery = shared.delivery { Note(words.sentence(delivery, to: shared.partner)) }
    }
    if showsPartners {
      if model.partners.isEmpty { Note(words.goalsWhoNobodyYet) }
      ForEach(model.partners.filter { one in !seeing.contains { $0.space == one.space } }, id: \.space) {
        switches($0.space, $0.name)
      }
    } else {
      Button(words.goalsWhoShow) { showsPartners = true }
        .buttonStyle(QuietButton(.rope))
    }
    if !seeing.isEmpty { Note(words.goalsWhoChooseLead) }
  }

  private func switches(_ space: SpaceId, _ name: String) -> some View {
    GoalFieldSwitches(name: name, fields: model.fields(for: space), words: words) { field in
      Task { await model.toggle(field, for: space) }
    }
  }
}
