import BelayCore

/// All that can be typed or chosen of a goal, as it stands on the form. What fits together, the core says.
public struct GoalWriting: Equatable, Sendable {
  /// What counts.
  public enum Counting: String, CaseIterable, Sendable {
    /// Done or not.
    case yesNo
    /// At least so much.
    case atLeast
    /// At most so much.
    case atMost
    /// Leave something be.
    case avoid
    /// Step by step.
    case steps
    /// Days since something.
    case daysSince
  }

  /// How often it is due.
  public enum Often: String, CaseIterable, Sendable {
    /// Every day.
    case daily
    /// On chosen weekdays.
    case weekdays
    /// Some times a week.
    case timesPerWeek
    /// Some times a month.
    case timesPerMonth
    /// Every few days.
    case everyDays
    /// On dates.
    case dates
    /// Once, by a day.
    case once
  }

  /// What, in the person's words.
  public var title = ""
  /// Why it matters.
  public var why = ""
  /// What counts.
  public var counting = Counting.yesNo
  /// How much, as it was typed.
  public var amount = ""
  /// Of what.
  public var unit = ""
  /// Its steps, in order.
  public var steps: [Milestone] = []
  /// A step that is being typed.
  public var step = ""
  /// Since when days are counted.
  public var since: CivilDay?
  /// How often it is due.
  public var often = Often.daily
  /// Chosen weekdays.
  public var days: Set<Weekday> = Set(Weekday.week)
  /// How many times a week.
  public var perWeek = 3
  /// How many times a month.
  public var perMonth = 4
  /// From one time to the next.
  public var everyDays = 2
  /// Chosen dates.
  public var dates: [CivilDay] = []
  /// The last day on which once will do.
  public var until: CivilDay?
  /// What may come in the way.
  public var obstacle = ""
  /// If this happens.
  public var ifThis = ""
  /// Then I do that.
  public var thenThat = ""
  /// What I am good at that helps.
  public var strengths = ""
  /// Who and what helps.
  public var resources = ""
  /// Which part of life it belongs to.
  public var area: LifeArea?
  /// The first day.
  public var startsOn: CivilDay?
  /// The last day.
  public var endsOn: CivilDay?

  /// Nothing written yet.
  public init() {}

  /// How often it is due can be chosen: not where it goes in steps or counts days.
  public var isDue: Bool { counting != .steps && counting != .daysSince }

  /// An amount is counted.
  public var countsAmounts: Bool { counting == .atLeast || counting == .atMost }

  /// Adds the step that was typed.
  public mutating func addStep() {
    guard let title = step.given?.trimmed else { return }
    steps.append(Milestone(title: title, reachedOn: nil))
    step = ""
  }

  /// Adds a date; chosen twice it is there once.
  public mutating func add(date: CivilDay) {
    if !dates.contains(date) { dates = (dates + [date]).sorted() }
  }

  /// As the core takes it; what is no amount, or a day that was not chosen, is said with its field.
  func new(_ audience: GoalAudience, today: CivilDay?) throws -> NewGoal {
    var goal = NewGoal(title: title, schedule: try schedule(), why: why.given, audience: audience)
    goal.measure = try measure(today: today)
    (goal.startsOn, goal.endsOn) = (startsOn, endsOn)
    (goal.obstacle, goal.ifThis, goal.thenThat) = (obstacle.given, ifThis.given, thenThat.given)
    (goal.strengths, goal.resources, goal.area) = (strengths.given, resources.given, area)
    return goal
  }

  private func measure(today: CivilDay?) throws -> Measure? {
    switch counting {
    case .yesNo: nil
    case .atLeast: .atLeast(amount: try Amounts.thousandths(amount), unit: unit.trimmed)
    case .atMost: .atMost(amount: try Amounts.thousandths(amount), unit: unit.trimmed)
    case .avoid: .avoid
    case .steps:
      .milestones(steps + (step.given.map { [Milestone(title: $0.trimmed, reachedOn: nil)] } ?? []))
    case .daysSince: .daysSince(since: try (since ?? today).chosen("since"))
    }
  }

  private func schedule() throws -> Schedule {
    switch often {
    case .daily: .daily
    case .weekdays:
      days.count == Weekday.week.count ? .daily : .weekdays(Weekday.week.filter(days.contains))
    case .timesPerWeek: .timesPerWeek(UInt8(clamping: perWeek))
    case .timesPerMonth: .timesPerMonth(UInt8(clamping: perMonth))
    case .everyDays: .everyDays(UInt16(clamping: everyDays))
    case .dates: .dates(dates)
    case .once: .onceUntil(try until.chosen("schedule"))
    }
  }
}

extension GoalWriting {
  /// What a goal says, for changing it.
  init(_ goal: Goal) {
    self.init()
    (title, why) = (goal.title, goal.why ?? "")
    (obstacle, ifThis, thenThat) = (goal.obstacle ?? "", goal.ifThis ?? "", goal.thenThat ?? "")
    (strengths, resources, area) = (goal.strengths ?? "", goal.resources ?? "", goal.area)
    (startsOn, endsOn) = (goal.startsOn, goal.endsOn)
    take(goal.measure)
    if let schedule = goal.schedule { take(schedule) }
  }

  private mutating func take(_ measure: Measure) {
    switch measure {
    case .yesNo: counting = .yesNo
    case .atLeast(let amount, let unit):
      (counting, self.amount, self.unit) = (.atLeast, Amounts.typed(amount), unit)
    case .atMost(let amount, let unit):
      (counting, self.amount, self.unit) = (.atMost, Amounts.typed(amount), unit)
    case .avoid: counting = .avoid
    case .milestones(let steps): (counting, self.steps) = (.steps, steps)
    case .daysSince(let since): (counting, self.since) = (.daysSince, since)
    }
  }

  private mutating func take(_ schedule: Schedule) {
    switch schedule {
    case .daily: often = .daily
    case .weekdays(let days): (often, self.days) = (.weekdays, Set(days))
    case .timesPerWeek(let times): (often, perWeek) = (.timesPerWeek, Int(times))
    case .timesPerMonth(let times): (often, perMonth) = (.timesPerMonth, Int(times))
    case .everyDays(let days): (often, everyDays) = (.everyDays, Int(days))
    case .dates(let dates): (often, self.dates) = (.dates, dates)
    case .onceUntil(let day): (often, until) = (.once, day)
    }
  }
}

extension CivilDay? {
  /// The day; one that was not chosen is said with its field.
  fileprivate func chosen(_ field: String) throws -> CivilDay {
    guard let self else { throw BelayError.InvalidInput(field: field, rule: "empty") }
    return self
  }
}
