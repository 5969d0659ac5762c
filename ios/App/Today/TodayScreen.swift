import BelayCore
import BelayKit
import BelayWords
import SwiftUI

/// The day: one thing to do, the goals that are due, and the rope.
struct TodayScreen: View {
  let model: TodayModel
  private var words: any Words { model.services.words }

  var body: some View {
    PageScroll {
      TroubleBar(model: model)
      LoadableView(page: model.page, words: words, retry: model.retry) { today in
        if today.recoveryWordsDue { recovery }
        header(today)
        CheckInCard(model: model, today: today)
        ForEach(today.drafts.filter { $0.on != today.on }, id: \.on) { draft in
          Button(words.todayBegunAbout(day: model.services.spoken.day(draft.on))) {
            model.services.router.present(
              draft.about.map { .checkInEdit(name: $0) } ?? .checkIn(on: draft.on))
          }
          .buttonStyle(QuietButton())
        }
        goals(today)
        Holding(ReachedModel(model.services)) { ReachedCards(model: $0) }
        rope(today)
        OtherYears(years: today.onThisDay, services: model.services)
      }
    }
    .safeAreaInset(edge: .bottom) { undo }
    .keptFresh(model)
  }

  @ViewBuilder private func header(_ today: TodayView) -> some View {
    Text(words.greeting(today.partOfDay, checkedIn: !today.checkIns.isEmpty)).font(.display)
      .accessibilityAddTraits(.isHeader)
    Note(model.services.spoken.day(today.on))
  }

  private var recovery: some View {
    Card(.sky) {
      Text(words.todayRecoveryDue).font(.text.weight(.medium)).foregroundStyle(Color.onSkySoft)
      Text(words.todayRecoveryDueNote).font(.label).foregroundStyle(Color.onSkySoft)
      Button(words.commonShow) { model.services.router.go(.recoveryWords) }
        .buttonStyle(QuietButton(.sky))
    }
  }

  @ViewBuilder private func goals(_ today: TodayView) -> some View {
    if !today.goals.isEmpty {
      Heading(words.todayGoalsTitle)
      ForEach(today.goals, id: \.name) { goal in DueGoalRow(model: model, goal: goal) }
    }
  }

  @ViewBuilder private func rope(_ today: TodayView) -> some View {
    Heading(words.todayRopeTitle)
    if today.partners.isEmpty {
      Card(.rope) {
        Text(words.todayRopeNobody).foregroundStyle(Color.onRopeSoft)
        Text(words.todayRopeNobodyMore).font(.label).foregroundStyle(Color.onRopeSoft)
        Button(words.todayRopeAsk) { model.services.router.present(.pairing(nil)) }
          .buttonStyle(QuietButton(.rope))
      }
    }
    ForEach(today.partners, id: \.partner.space) { partner in
      RopeCard(model: model, partner: partner)
    }
  }

  @ViewBuilder private var undo: some View {
    if let offer = model.undo, case .outcome = offer.deed {
      UndoBar(text: words.commonSavedHere, undo: words.commonUndo) {
        Task { await model.takeBack() }
      }
    }
  }
}

/// The one large card: an invitation, and later a quiet summary.
struct CheckInCard: View {
  let model: TodayModel
  let today: TodayView
  private var words: any Words { model.services.words }

  var body: some View {
    if today.checkIns.isEmpty {
      Card {
        Heading(words.todayHowIsIt)
        Button(today.drafts.contains { $0.on == today.on } ? words.todayGoOn : words.todayCheckIn) {
          model.checkInNow()
        }
        .buttonStyle(MainButton())
      }
    } else {
      ForEach(today.checkIns, id: \.name) { checkIn in
        Card(.mine) {
          CheckInSummary(model: model, checkIn: checkIn)
          if checkIn.name == today.checkIns.last?.name {
            Button(words.todayCheckInAgain) { model.services.router.present(.checkIn(on: nil)) }
              .buttonStyle(QuietButton())
          }
        }
      }
    }
  }
}

/// A check-in of the day: what was said, how far it came, what was answered.
struct CheckInSummary: View {
  let model: TodayModel
  let checkIn: CheckInView
  private var words: any Words { model.services.words }

  var body: some View {
    if let mood = checkIn.checkIn.mood { MoodLabel(mood, words) }
    if !checkIn.checkIn.emotions.isEmpty {
      Text(words.list(checkIn.checkIn.emotions.map(words.word)))
        .foregroundStyle(Color.onMineSoft)
    }
    if let energy = checkIn.checkIn.energy {
      Text(words.sentence(energy: energy)).foregroundStyle(Color.onMineSoft)
    }
    ForEach(Array(texts.enumerated()), id: \.offset) { _, text in
      Text(text).foregroundStyle(Color.onMineSoft)
    }
    Note(words.todayWrittenAt(time: model.services.spoken.time(checkIn.checkIn.written.atMs)))
    ForEach(checkIn.sharedWith, id: \.space) { shared in
      if let delivery = shared.delivery { Note(words.sentence(delivery, to: shared.partner)) }
    }
    ForEach(checkIn.responses, id: \.name) { AnswerLine(response: $0, words: words) }
    Button(words.commonEdit) { model.change(checkIn) }.buttonStyle(QuietButton())
    WhoCanRead(services: model.services, item: .checkIn(name: checkIn.name))
  }

  private var texts: [String] {
    let said = checkIn.checkIn
    return [said.win, said.struggle, said.plan, said.note].compactMap { $0 }
  }
}

/// A goal that is due: one tap says done, the menu says anything else, with a reason where one likes to give it.
struct DueGoalRow: View {
  let model: TodayModel
  let goal: GoalView
  private var words: any Words { model.services.words }

  var body: some View {
    Card {
      HStack(spacing: Tokens.Spaces.m) {
        Button {
          Task { await model.log(goal, .done) }
        } label: {
          Image(systemName: goal.today?.status == .done ? "checkmark.circle.fill" : "circle")
            .font(.heading)
            .frame(width: Tokens.target, height: Tokens.target)
        }
        .buttonStyle(.plain)
        .accessibilityLabel(words.todayGoalMarkDone(goal: goal.goal.title))
        .accessibilityAddTraits(goal.today?.status == .done ? .isSelected : [])
        VStack(alignment: .leading, spacing: Tokens.Spaces.xs) {
          Text(goal.goal.title)
          Note(goal.today.map { words.word($0.status) } ?? words.todayGoalOpen)
        }
        Spacer()
        Menu {
          Button(words.outcomesPartly) { Task { await model.log(goal, .partly) } }
          Button(words.outcomesSkipped) { Task { await model.askWhy(goal) } }
          Button(words.outcomesNotDone) { Task { await model.log(goal, .notDone) } }
          if goal.today != nil {
            Button(words.todayGoalTakeBack) { Task { await model.open(goal) } }
          }
        } label: {
          Image(systemName: "ellipsis").frame(width: Tokens.target, height: Tokens.target)
        }
        .accessibilityLabel(words.todayGoalMore(goal: goal.goal.title))
      }
      if model.skipped == goal.name {
        FieldRow(name: words.todayGoalSkipReason, text: reason)
        Button(words.commonSave) { Task { await model.skip(goal) } }.buttonStyle(QuietButton())
        Button(words.commonNotNow) { model.stopSkipping() }.buttonStyle(QuietButton(.ink2))
      }
    }
  }

  private var reason: Binding<String> {
    let model = model
    return Binding(get: { model.skipping?.reason ?? "" }, set: { model.skipping?.reason = $0 })
  }
}
