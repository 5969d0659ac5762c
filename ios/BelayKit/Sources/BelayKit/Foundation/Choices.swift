import BelayCore

extension Weekday {
  /// All seven, from Monday.
  public static let week: [Weekday] = [
    .monday, .tuesday, .wednesday, .thursday, .friday, .saturday, .sunday,
  ]
}

extension ChangeArea {
  /// Everything.
  public static let everything: Set<ChangeArea> = [
    .checkIns, .goals, .journal, .drafts, .partners, .invitations, .settings, .devices, .delivery, .status,
  ]
}

extension Need {
  /// All of them, in the order in which they are offered.
  public static let all: [Need] = [.justListen, .askMe, .ideasWelcome, .nothing]
}

extension ResponseKind {
  /// All of them, in the order in which they are offered.
  public static let all: [ResponseKind] = [
    .seen, .iHearYou, .encouragement, .question, .ownExperience, .thankYou,
  ]

  /// Those that say something by themselves, for one tap on Today.
  public static let wordless: [ResponseKind] = [.seen, .iHearYou, .thankYou]
}

extension TrustedChannel {
  /// All of them, in the order in which they are offered.
  public static let all: [TrustedChannel] = [.call, .text, .other]
}

extension CheckInField {
  /// All of them, in the order of the form.
  public static let all: [CheckInField] = [
    .mood, .emotions, .energy, .win, .struggle, .plan, .need, .note,
  ]
}

extension GoalField {
  /// All of them, in the order of the editor.
  public static let all: [GoalField] = [
    .title, .schedule, .why, .status, .note, .skipReason, .misses, .amount, .plan,
  ]
}

extension PartnerView {
  /// Something can be meant for them: nobody left or was blocked. Somebody who has not been heard from yet counts;
  /// whether something may go to them now, the core says.
  public var isTogether: Bool { standing == .active || standing == .waiting }
}

/// What can come of a goal, in the order in which it is offered.
public let offeredOutcomes: [OutcomeStatus] = [.done, .partly, .skipped, .notDone]

/// The five steps of energy, from empty to full.
public let energies: [Energy] = [1, 2, 3, 4, 5]

/// The five moods, from very hard to very good.
public let moods: [Mood] = [1, 2, 3, 4, 5]
