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
          Button(words.goalFormPausesEverything) { model.services.router.go(.pauses(goal: nil)) }
            .buttonStyle(QuietButton())
        }
        Button(words.reviewOpen) { model.services.router.go(.week) }.buttonStyle(QuietButton())
        Button(words.goalFormAwayTitle) { model.services.router.go(.putAway) }
          .buttonStyle(QuietButton(.ink2))
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
        GoalToday(goal: row.goal, services: model.services)
        if row.goal.goal.measure.hasDays { Last14Row(last14: row.goal.last14, words: words) }
        if let days = row.backAfterDays { Note(words.timesBackAfter(count: Int(days))) }
      }
    }
    .buttonStyle(.plain)
  }
}

/// How it stands with a goal today, where there is more to say than done or not.
struct GoalToday: View {
  let goal: GoalView
  let services: Services
  private var words: any Words { services.words }

  var body: some View {
    if let counts = words.sentence(goal.goal.measure, services.spoken) { Note(counts) }
    if goal.pausedToday {
      Note(words.goalFormPausedToday)
    } else if let left = goal.timesLeft, let until = goal.dueUntil {
      Note(words.goalFormTimesLeft(count: Int(left), day: services.spoken.day(until)))
    }
    if let days = goal.daysSince { Note(words.goalFormDaysNow(count: Int(days.now))) }
  }
}
