import BelayCore
import BelayKit
import BelayWords
import SwiftUI

/// Days that count for nothing: those that are paused, and the way to pause others.
struct PausesScreen: View {
  @Bindable var model: PausesModel
  private var words: any Words { model.services.words }
  private var spoken: Spoken { model.services.spoken }

  var body: some View {
    PageScroll {
      Note(words.goalFormPausesLead)
      TroubleBar(model: model)
      LoadableView(page: model.page, words: words, retry: model.retry) { pauses in
        if model.isPausedToday {
          Button(words.goalFormPauseEnd) { Task { await model.resume() } }
            .buttonStyle(MainButton()).disabled(model.saving)
        }
        if pauses.isEmpty { Note(words.goalFormPausesNone) }
        ForEach(Array(pauses.enumerated()), id: \.offset) { _, pause in
          Card(.sky) {
            Text(words.sentence(pause, spoken)).foregroundStyle(Color.onSkySoft)
            Button(words.goalFormPauseTakeBack) { Task { await model.takeBack(pause) } }
              .buttonStyle(QuietButton(.sky)).disabled(model.saving)
          }
        }
        new
      }
    }
    .navigationTitle(model.goal == nil ? words.goalFormPausesEverything : words.goalFormPausesOne)
    .navigationBarTitleDisplayMode(.inline)
    .keptFresh(model)
  }

  private var new: some View {
    Card {
      DayChoice(name: words.goalFormPauseFrom, day: model.first, spoken: spoken) { model.first = $0 }
      if let last = model.last {
        DayChoice(name: words.goalFormPauseTo, day: last, spoken: spoken) { model.last = $0 }
        Button(words.goalFormPauseOpen) { model.last = nil }.buttonStyle(QuietButton(.ink2))
      } else {
        Note(words.goalFormPauseOpen)
        Button(words.goalFormPauseToChoose) { model.last = model.first }.buttonStyle(QuietButton(.ink2))
      }
      Text(words.goalFormPauseReason).font(.label)
      ChipFlow {
        ForEach(PauseReason.all, id: \.self) { reason in
          Chip(text: words.word(reason), chosen: model.reason == reason) {
            model.reason = model.reason == reason ? nil : reason
          }
        }
      }
      Button(words.goalFormPauseBegin) { Task { await model.pause() } }
        .buttonStyle(MainButton()).disabled(model.saving)
    }
  }
}

/// Goals that were put away or let go.
struct PutAwayScreen: View {
  let model: PutAwayModel
  private var words: any Words { model.services.words }

  var body: some View {
    PageScroll {
      TroubleBar(model: model)
      LoadableView(page: model.page, words: words, retry: model.retry) { goals in
        if goals.isEmpty {
          EmptyPage(title: words.goalFormAwayNone, text: words.goalFormAwayNoneBody)
        }
        ForEach(goals, id: \.name) { row($0) }
      }
    }
    .navigationTitle(words.goalFormAwayTitle)
    .keptFresh(model)
  }

  private func row(_ goal: GoalView) -> some View {
    Card {
      Text(goal.goal.title).font(.text.weight(.medium))
      if let day = goal.goal.archivedOn {
        let said = model.services.spoken.day(day)
        Note(goal.goal.letGo ? words.goalFormGoneSince(day: said) : words.goalFormAwaySince(day: said))
      }
      if let learned = goal.goal.learned {
        Note(words.goalFormLearnedTitle)
        Text(learned).font(.writing)
      }
      Button(words.goalFormTakeUp) { Task { await model.takeUp(goal) } }.buttonStyle(QuietButton())
    }
  }
}

/// Letting a goal go, with what was learned.
struct LetGoSheet: View {
  @Bindable var model: LetGoModel
  let close: @MainActor () -> Void
  private var words: any Words { model.services.words }

  var body: some View {
    PageScroll {
      Heading(words.goalFormLetGo)
      Note(words.goalFormLetGoLead)
      FieldRow(name: words.goalFormLetGoLearned, text: $model.learned)
      TroubleBar(model: model)
      Button(words.goalFormLetGo) { Task { await model.letGo() } }.buttonStyle(MainButton())
      Button(words.commonNotNow, action: close).buttonStyle(QuietButton())
    }
    .task { await model.load() }
  }
}
