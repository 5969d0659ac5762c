import BelayCore
import BelayKit
import BelayWords
import SwiftUI

/// What helps with a goal: its plan, its strengths, who is there. It stands at the top, for a hard day.
struct GoalPlan: View {
  let goal: Goal
  let words: any Words

  var body: some View {
    if goal.why != nil || goal.ifThis != nil || !lines.isEmpty {
      Card(.mine) {
        if let why = goal.why {
          Text(words.goalsWhyTitle).font(.label)
          Text(why)
        }
        if let this = goal.ifThis, let that = goal.thenThat {
          Text(words.goalFormPlanIf(cause: this, deed: that)).font(.text.weight(.medium))
        }
        ForEach(lines, id: \.name) { line in
          Text(line.name).font(.label)
          Text(line.text)
        }
      }
      .foregroundStyle(Color.onMineSoft)
    }
  }

  private var lines: [(name: String, text: String)] {
    [
      (words.goalFormObstacle, goal.obstacle), (words.goalFormStrengths, goal.strengths),
      (words.goalFormResources, goal.resources),
    ]
    .compactMap { name, text in text.map { (name, $0) } }
  }
}

/// How it goes with a goal that has no days of its own: its steps, or the days since.
struct GoalCourse: View {
  let model: GoalModel
  let goal: GoalView
  private var words: any Words { model.services.words }

  var body: some View {
    if case .milestones(let steps) = goal.goal.measure {
      Heading(words.goalFormStepsTitle)
      ForEach(steps, id: \.title) { step in
        Button {
          Task { await model.reach(step) }
        } label: {
          Card(step.reachedOn == nil ? .plain : .mine) {
            Label {
              Text(step.title).multilineTextAlignment(.leading)
            } icon: {
              Image(systemName: step.reachedOn == nil ? "circle" : "checkmark.circle.fill")
                .accessibilityHidden(true)
            }
            if let day = step.reachedOn {
              Text(words.goalFormStepReached(day: model.services.spoken.day(day))).font(.label)
            }
          }
        }
        .buttonStyle(.plain)
        .accessibilityAddTraits(step.reachedOn == nil ? [] : .isSelected)
      }
    }
    if let days = goal.daysSince {
      Text(words.goalFormDaysNow(count: Int(days.now))).font(.display)
      if days.longest > days.now { Note(words.goalFormDaysLongest(count: Int(days.longest))) }
      Note(words.goalFormDaysInAll(count: Int(days.total)))
      Button(words.goalFormDaysAgain) { Task { await model.beginToCountAnew() } }
        .buttonStyle(QuietButton())
    }
  }
}

/// What is counted over all days: kind sentences, and nothing that scolds.
struct GoalNumbers: View {
  let page: GoalPageView
  let services: Services
  private var words: any Words { services.words }

  var body: some View {
    if !lines.isEmpty {
      Heading(words.goalFormNumbersTitle)
      Card {
        ForEach(lines, id: \.self) { Text($0) }
      }
      DayMap(days: page.days, services: services)
    }
  }

  private var lines: [String] {
    let numbers = page.numbers
    var lines: [String] = []
    if numbers.doneDays > 0 { lines.append(words.goalFormNumbersDone(count: Int(numbers.doneDays))) }
    if numbers.partlyDays > 0 { lines.append(words.goalFormNumbersPartly(count: Int(numbers.partlyDays))) }
    if let total { lines.append(total) }
    if numbers.returns > 0 { lines.append(words.goalFormNumbersReturns(count: Int(numbers.returns))) }
    if let quickest = numbers.bestRecovery {
      lines.append(words.goalFormNumbersQuickest(count: Int(quickest)))
    }
    if let score = numbers.score, page.goal.goal.measure.hasDays {
      lines.append(words.goalFormNumbersSteady(percent: String((Int(score) + 5) / 10)))
    }
    return lines
  }

  private var total: String? {
    guard page.numbers.totalThousandths > 0, let unit = page.goal.goal.measure.unit else { return nil }
    return words.goalFormNumbersTotal(
      amount: services.spoken.amount(page.numbers.totalThousandths), unit: unit)
  }
}

/// The last twelve weeks, a row a week: the same signs as everywhere. What they say stands in sentences beside them.
struct DayMap: View {
  let days: [DayView]
  let services: Services

  var body: some View {
    VStack(alignment: .leading, spacing: Tokens.Spaces.xs) {
      Text(services.words.goalFormMapTitle).font(.label).foregroundStyle(Color.ink2)
      ForEach(Array(weeks.enumerated()), id: \.offset) { _, week in
        HStack(spacing: 0) {
          ForEach(week, id: \.on) { day in
            DaySign(mark: day.mark).lineLimit(1).minimumScaleFactor(smallest)
              .frame(maxWidth: .infinity)
          }
        }
      }
    }
    .accessibilityHidden(true)
  }

  private var weeks: [[DayView]] {
    let shown = Array(days.suffix(weeksShown * Weekday.week.count))
    let week = Weekday.week.count
    return stride(from: 0, to: shown.count, by: week).map { Array(shown[$0..<min($0 + week, shown.count)]) }
  }
}

private let weeksShown = 12
private let smallest: CGFloat = 0.5

extension Measure {
  /// What is counted is called so.
  var unit: String? {
    switch self {
    case .atLeast(_, let unit), .atMost(_, let unit): unit
    case .yesNo, .avoid, .milestones, .daysSince: nil
    }
  }

  /// Days are noted one by one.
  var hasDays: Bool {
    switch self {
    case .yesNo, .atLeast, .atMost, .avoid: true
    case .milestones, .daysSince: false
    }
  }
}
