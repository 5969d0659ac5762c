import BelayCore
import BelayKit
import BelayWords
import SwiftUI

/// One goal: why it matters, how the last days went, who sees what of it.
struct GoalScreen: View {
  let model: GoalModel
  private var words: any Words { model.services.words }

  var body: some View {
    PageScroll {
      TroubleBar(model: model)
      LoadableView(page: model.page, words: words, retry: model.retry) { page in
        head(page)
        if let said = model.said { Note(said) }
        Heading(words.goalsLastDaysTitle)
        Last14Row(last14: page.goal.last14, words: words)
        if let days = page.backAfterDays { Note(words.timesBackAfter(count: Int(days))) }
        Note(words.goalsLastDaysHint)
        ForEach(page.goal.last14.days.reversed(), id: \.on) { row($0) }
        DayChoice(
          name: words.goalsLogAnotherDay, day: page.today, last: page.today,
          spoken: model.services.spoken
        ) { day in Task { await model.note(day) } }
        Heading(words.goalsWhoTitle)
        GoalAudience(model: model, goal: page.goal)
        WhoCanRead(services: model.services, item: .goal(name: page.goal.name))
      }
    }
    .sheet(isPresented: noting) {
      if let day = model.noting {
        WithHelp(model.services) { NoteDaySheet(model: model, day: day) }
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
    Note(page.goal.dueToday ? words.goalsDueToday : words.goalsNotDueToday)
    if let why = page.goal.goal.why {
      Card(.mine) {
        Note(words.goalsWhyTitle)
        Text(why).foregroundStyle(Color.onMineSoft)
      }
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
    Text(words.word(shown.mark)).foregroundStyle(Color.ink2)
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
