import BelayCore

extension GoalWriting {
  static let draft = "goal"

  /// Something worth keeping was typed.
  var isBegun: Bool {
    let texts = [title, why, amount, unit, step, obstacle, ifThis, thenThat, strengths, resources]
    return texts.contains { !$0.isBlank } || !steps.isEmpty || !dates.isEmpty
  }

  /// All of it, as it is kept while it is not written. The goal it changes stands in the head, where there is one.
  func kept(about name: DocName?) -> KeptDraft {
    var draft = KeptDraft(of: Self.draft)
    draft.add("goal", name)
    for (name, part) in Self.texts { draft.add(name, self[keyPath: part].folded) }
    draft.add("counting", counting.rawValue)
    for step in steps { draft.add("steps", (step.reachedOn ?? "-") + " " + step.title) }
    draft.add("since", since)
    draft.add("often", often.rawValue)
    let chosen = Weekday.week.indices.filter { days.contains(Weekday.week[$0]) }
    draft.add("days", chosen.map(String.init).joined(separator: " "))
    for (name, part) in Self.numbers { draft.add(name, String(self[keyPath: part])) }
    for date in dates { draft.add("date", date) }
    draft.add("until", until)
    draft.add("area", area.map { String(describing: $0) })
    draft.add("starts", startsOn)
    draft.add("ends", endsOn)
    draft.body = why
    return draft
  }

  /// What was kept.
  init(_ draft: KeptDraft) {
    self.init()
    for (name, part) in Self.texts { self[keyPath: part] = (draft[name].first ?? "").unfolded }
    why = draft.body
    counting = draft["counting"].first.flatMap(Counting.init) ?? .yesNo
    steps = draft["steps"].compactMap { line in
      let parts = line.split(separator: " ", maxSplits: 1).map(String.init)
      guard parts.count == 2 else { return nil }
      return Milestone(title: parts[1], reachedOn: parts[0] == "-" ? nil : parts[0])
    }
    let chosen = draft["days"].first?.split(separator: " ").compactMap { Int($0) } ?? []
    days = Set(chosen.filter(Weekday.week.indices.contains).map { Weekday.week[$0] })
    often = draft["often"].first.flatMap(Often.init) ?? .weekdays
    for (name, part) in Self.numbers {
      if let number = draft[name].first.flatMap({ Int($0) }) { self[keyPath: part] = number }
    }
    dates = draft["date"]
    area = LifeArea.all.first { String(describing: $0) == draft["area"].first }
    (since, until) = (draft["since"].first, draft["until"].first)
    (startsOn, endsOn) = (draft["starts"].first, draft["ends"].first)
  }

  private static var texts: [(String, WritableKeyPath<GoalWriting, String>)] {
    [
      ("title", \.title), ("amount", \.amount), ("unit", \.unit), ("step", \.step),
      ("obstacle", \.obstacle), ("ifThis", \.ifThis), ("thenThat", \.thenThat),
      ("strengths", \.strengths), ("resources", \.resources),
    ]
  }

  private static var numbers: [(String, WritableKeyPath<GoalWriting, Int>)] {
    [("perWeek", \.perWeek), ("perMonth", \.perMonth), ("everyDays", \.everyDays)]
  }
}

extension LifeArea {
  /// All of them, in the order in which they are offered.
  public static let all: [LifeArea] = [
    .body, .mind, .recovery, .people, .care, .work, .home, .learning, .joy, .meaning,
  ]
}

extension PauseReason {
  /// All of them, in the order in which they are offered.
  public static let all: [PauseReason] = [.holiday, .ill, .rest]
}

extension String {
  /// On one line, for the head of a draft.
  fileprivate var folded: String {
    var folded = ""
    for sign in self {
      switch sign {
      case "\\": folded += "\\\\"
      case _ where sign.isNewline: folded += "\\n"
      default: folded.append(sign)
      }
    }
    return folded
  }

  /// As it was before ``folded``.
  fileprivate var unfolded: String {
    var (text, escaped) = ("", false)
    for sign in self {
      switch (escaped, sign) {
      case (true, "n"): text += "\n"
      case (true, _): text.append(sign)
      case (false, "\\"): break
      case (false, _): text.append(sign)
      }
      escaped = !escaped && sign == "\\"
    }
    return text
  }
}
