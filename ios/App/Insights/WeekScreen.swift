import BelayCore
import BelayKit
import BelayWords
import SwiftUI

/// The review of a week: it begins with what went well, and ends with a look ahead.
struct WeekScreen: View {
  let model: WeekModel
  private var words: any Words { model.services.words }
  private var spoken: Spoken { model.services.spoken }

  var body: some View {
    PageScroll {
      TroubleBar(model: model)
      LoadableView(page: model.page, words: words, retry: model.retry) { review in
        Heading(
          words.reviewDays(first: spoken.day(review.week.first), last: spoken.day(review.week.last)))
        ForEach(Array(review.parts.enumerated()), id: \.offset) { _, part in
          ReviewedPart(model: model, part: part)
        }
        HStack(spacing: Tokens.Spaces.m) {
          Button(words.reviewEarlier) { Task { await model.turn(by: -1) } }
            .buttonStyle(QuietButton())
          Button(words.reviewLater) { Task { await model.turn(by: 1) } }
            .buttonStyle(QuietButton()).disabled(!model.hasLater)
        }
        Note(words.reviewOnlyHere)
      }
    }
    .navigationTitle(words.reviewTitle)
    .navigationBarTitleDisplayMode(.inline)
    .keptFresh(model)
  }
}

/// One part of a review.
struct ReviewedPart: View {
  let model: WeekModel
  let part: ReviewPart
  private var words: any Words { model.services.words }

  var body: some View {
    switch part {
    case .wins(let lines): said(words.reviewWins, lines, isGood: true)
    case .cameBack(let goal, let after):
      good(words.reviewCameBack(goal: model.title(of: goal), count: Int(after)))
    case .done(let goals):
      ForEach(goals, id: \.goal) { good(sentence($0)) }
    case .wasHere(let days): good(words.reviewWasHere(count: Int(days)))
    case .hereNow: good(words.reviewHereNow)
    case .mood(let mood): how(mood)
    case .feelings(let feelings):
      Text(
        words.reviewFelt(feelings: words.list(feelings.prefix(feelingsSaid).map { words.word($0.emotion) })))
    case .wasHard(let lines): said(words.reviewHard, lines, isGood: false)
    case .lookAhead:
      Card(.sky) {
        Text(words.reviewAhead).font(.writing).foregroundStyle(Color.onSkySoft)
        Button(words.reviewWrite) { model.services.router.go(.newEntry(draft: nil, on: nil)) }
          .buttonStyle(QuietButton(.sky))
      }
    }
  }

  private func good(_ text: String) -> some View {
    Card(.mine) { Text(text).foregroundStyle(Color.onMineSoft) }
  }

  @ViewBuilder private func said(_ name: String, _ lines: [WinLine], isGood: Bool) -> some View {
    Heading(name)
    ForEach(Array(lines.enumerated()), id: \.offset) { _, line in
      Card(isGood ? .mine : .plain) {
        Text(model.services.spoken.day(line.on)).font(.label)
        Text(line.text).font(.writing)
      }
      .foregroundStyle(isGood ? Color.onMineSoft : Color.ink)
    }
  }

  @ViewBuilder private func how(_ week: WeekMood) -> some View {
    Heading(words.reviewHow)
    if let mean = week.moodThousandths {
      let mood = Mood((mean + half) / whole)
      MoodLabel(mood, words)
      if let lowest = week.lowest, let highest = week.highest, lowest != highest {
        Note(words.reviewMoodBetween(lowest: words.word(lowest), highest: words.word(highest)))
      }
    }
  }

  private func sentence(_ goal: ReviewedGoal) -> String {
    let title = model.title(of: goal.goal)
    guard goal.done > 0 else { return words.reviewPartly(goal: title, count: Int(goal.partly)) }
    let done = words.reviewDone(goal: title, count: Int(goal.done))
    guard goal.partly > 0 else { return done }
    return words.commonComma(first: done, rest: words.goalsPartlyToo(count: Int(goal.partly)))
  }
}

/// More feelings than these are a list, not a sentence.
private let feelingsSaid = 5
/// Moods come in thousandths; the nearest one has the word.
private let whole: UInt16 = 1000
private let half: UInt16 = 500
