import BelayCore
import BelayKit
import BelayWords

extension Words {
  /// What counts, to choose from.
  func word(_ counting: GoalWriting.Counting) -> String {
    switch counting {
    case .yesNo: goalFormCountsYesNo
    case .atLeast: goalFormCountsAtLeast
    case .atMost: goalFormCountsAtMost
    case .avoid: goalFormCountsAvoid
    case .steps: goalFormCountsSteps
    case .daysSince: goalFormCountsDays
    }
  }

  /// How often, to choose from.
  func word(_ often: GoalWriting.Often) -> String {
    switch often {
    case .daily: goalFormOftenDaily
    case .weekdays: goalFormOftenWeekdays
    case .timesPerWeek: goalFormOftenWeek
    case .timesPerMonth: goalFormOftenMonth
    case .everyDays: goalFormOftenEvery
    case .dates: goalFormOftenDates
    case .once: goalFormOftenOnce
    }
  }

  /// A part of life.
  func word(_ area: LifeArea) -> String {
    switch area {
    case .body: goalFormAreaBody
    case .mind: goalFormAreaMind
    case .recovery: goalFormAreaRecovery
    case .people: goalFormAreaPeople
    case .care: goalFormAreaCare
    case .work: goalFormAreaWork
    case .home: goalFormAreaHome
    case .learning: goalFormAreaLearning
    case .joy: goalFormAreaJoy
    case .meaning: goalFormAreaMeaning
    }
  }

  /// Why somebody pauses.
  func word(_ reason: PauseReason) -> String {
    switch reason {
    case .holiday: goalFormPauseHoliday
    case .ill: goalFormPauseIll
    case .rest: goalFormPauseRest
    }
  }

  /// What a goal counts, where that is more than done or not.
  @MainActor func sentence(_ measure: Measure, _ spoken: Spoken) -> String? {
    switch measure {
    case .yesNo, .milestones, .daysSince: nil
    case .atLeast(let amount, let unit): goalFormAtLeast(amount: spoken.amount(amount), unit: unit)
    case .atMost(let amount, let unit): goalFormAtMost(amount: spoken.amount(amount), unit: unit)
    case .avoid: goalFormCountsAvoid
    }
  }

  /// The days of a pause, and why.
  @MainActor func sentence(_ pause: Pause, _ spoken: Spoken) -> String {
    let days =
      pause.last.map { goalFormPauseDays(first: spoken.day(pause.first), last: spoken.day($0)) }
      ?? goalFormPauseDaysOpen(first: spoken.day(pause.first))
    return pause.reason.map { commonComma(first: days, rest: word($0)) } ?? days
  }
}
