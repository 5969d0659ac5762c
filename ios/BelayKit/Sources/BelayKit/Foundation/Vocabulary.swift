import BelayCore
import BelayWords

/// The words for what the core can only name.
extension Words {
  /// A mood, 1 to 5.
  public func word(_ mood: Mood) -> String {
    switch mood {
    case 1: moodsVeryHard
    case 2: moodsHard
    case 3: moodsInBetween
    case 4: moodsGood
    default: moodsVeryGood
    }
  }

  /// How much energy there is, 1 to 5.
  public func word(energy: Energy) -> String {
    switch energy {
    case 1: energiesEmpty
    case 2: energiesLow
    case 3: energiesSteady
    case 4: energiesStrong
    default: energiesFull
    }
  }

  /// How much energy there is, with what it is about: "Energy: low".
  public func sentence(energy: Energy) -> String {
    todayAnswered(name: checkInEnergy, answer: word(energy: energy))
  }

  /// A kind of check-in.
  public func word(_ template: CheckInTemplate) -> String {
    switch template {
    case .free: templatesFree
    case .morning: templatesMorning
    case .evening: templatesEvening
    }
  }

  /// A feeling.
  public func word(_ emotion: Emotion) -> String {
    let id = String(describing: emotion)
    return feelingsText(id) ?? id
  }

  /// What is needed.
  public func word(_ need: Need) -> String {
    switch need {
    case .justListen: needsJustListen
    case .askMe: needsAskMe
    case .ideasWelcome: needsIdeasWelcome
    case .nothing: needsNothing
    }
  }

  /// What came of a goal.
  public func word(_ status: OutcomeStatus) -> String {
    switch status {
    case .done: outcomesDone
    case .partly: outcomesPartly
    case .skipped: outcomesSkipped
    case .notDone: outcomesNotDone
    }
  }

  /// A kind of answer.
  public func word(_ kind: ResponseKind) -> String {
    switch kind {
    case .seen: responsesSeen
    case .iHearYou: responsesIHearYou
    case .encouragement: responsesEncouragement
    case .question: responsesQuestion
    case .ownExperience: responsesOwnExperience
    case .thankYou: responsesThankYou
    }
  }

  /// A field of a check-in.
  public func word(_ field: CheckInField) -> String {
    switch field {
    case .mood: fieldsCheckInMood
    case .emotions: fieldsCheckInEmotions
    case .energy: fieldsCheckInEnergy
    case .win: fieldsCheckInWin
    case .struggle: fieldsCheckInStruggle
    case .plan: fieldsCheckInPlan
    case .need: fieldsCheckInNeed
    case .note: fieldsCheckInNote
    }
  }

  /// A field of a goal.
  public func word(_ field: GoalField) -> String {
    switch field {
    case .title: fieldsGoalTitle
    case .schedule: fieldsGoalSchedule
    case .why: fieldsGoalWhy
    case .status: fieldsGoalStatus
    case .note: fieldsGoalNote
    case .skipReason: fieldsGoalSkipReason
    case .misses: fieldsGoalMisses
    case .amount: fieldsGoalAmount
    case .plan: fieldsGoalPlan
    }
  }

  /// A way to reach somebody.
  public func word(_ channel: TrustedChannel) -> String {
    switch channel {
    case .call: helpChannelCall
    case .text: helpChannelText
    case .other: helpChannelOther
    }
  }

  /// A weekday, whole.
  public func word(_ day: Weekday) -> String {
    switch day {
    case .monday: weekdaysMonday
    case .tuesday: weekdaysTuesday
    case .wednesday: weekdaysWednesday
    case .thursday: weekdaysThursday
    case .friday: weekdaysFriday
    case .saturday: weekdaysSaturday
    case .sunday: weekdaysSunday
    }
  }

  /// A weekday, short.
  public func shortWord(_ day: Weekday) -> String {
    switch day {
    case .monday: weekdaysShortMonday
    case .tuesday: weekdaysShortTuesday
    case .wednesday: weekdaysShortWednesday
    case .thursday: weekdaysShortThursday
    case .friday: weekdaysShortFriday
    case .saturday: weekdaysShortSaturday
    case .sunday: weekdaysShortSunday
    }
  }

  /// A partner's weekday: "their Tuesday".
  public func theirWord(_ day: Weekday) -> String {
    switch day {
    case .monday: weekdaysTheirMonday
    case .tuesday: weekdaysTheirTuesday
    case .wednesday: weekdaysTheirWednesday
    case .thursday: weekdaysTheirThursday
    case .friday: weekdaysTheirFriday
    case .saturday: weekdaysTheirSaturday
    case .sunday: weekdaysTheirSunday
    }
  }

  /// How often a goal is due; `day` says a date in the person's language.
  public func word(_ schedule: Schedule?, day: (CivilDay) -> String = { $0 }) -> String {
    switch schedule {
    case nil: goalsScheduleNone
    case .timesPerWeek(let times): goalsScheduleWeek(count: Int(times))
    case .timesPerMonth(let times): goalsScheduleMonth(count: Int(times))
    case .everyDays(let days): goalsScheduleEvery(count: Int(days))
    case .dates(let dates): goalsScheduleDates(dates: list(dates.map(day)))
    case .onceUntil(let last): goalsScheduleOnce(day: day(last))
    case .daily: timesDaily
    case .weekdays(let days): timesWeekdaysOnly(days: list(days.map(shortWord)))
    }
  }

  /// A greeting for the part of the day: it invites, or it says that all is noted.
  public func greeting(_ part: PartOfDay, checkedIn: Bool) -> String {
    switch (part, checkedIn) {
    case (.morning, false): todayGreetingMorning
    case (.day, false): todayGreetingDay
    case (.evening, false): todayGreetingEvening
    case (.night, false): todayGreetingNight
    case (.morning, true): todayGreetedMorning
    case (.day, true): todayGreetedDay
    case (.evening, true): todayGreetedEvening
    case (.night, true): todayGreetedNight
    }
  }

  /// Several words as one reads them out: "mood, win and plan".
  public func list(_ words: [String]) -> String {
    guard let last = words.last else { return "" }
    let before = words.dropLast()
    guard let beforeLast = before.last else { return last }
    let end = commonAnd(first: beforeLast, last: last)
    return before.dropLast().reversed().reduce(end) { commonComma(first: $1, rest: $0) }
  }
}
