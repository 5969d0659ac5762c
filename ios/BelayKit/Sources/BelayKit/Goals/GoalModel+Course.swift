import BelayCore

extension GoalModel {
  // MARK: Steps and days

  /// Notes that a step was reached today, or that it is open again.
  public func reach(_ step: Milestone) async {
    let reached = step.reachedOn == nil
    let done = await attempt {
      try await self.services.core.reachStep(
        name: self.name, step: step.title, on: nil, reached: reached)
    }
    if done != nil { await load() }
  }

  /// It happened again: days are counted from today on. All days before stay.
  public func beginToCountAnew() async {
    guard let today = page.value?.today else { return }
    await log(on: today, .notDone)
  }

  // MARK: Its end

  /// Puts it away: it is no longer due, and all its days stay. One press takes it up again.
  public func putAway() async {
    guard await attempt({ try await self.services.core.archiveGoal(name: self.name) }) != nil else { return }
    services.wasPutAway(name)
  }

  /// Takes it up again.
  public func takeUp() async {
    if await attempt({ try await self.services.core.takeUpGoal(name: self.name) }) != nil { await load() }
  }
}

extension Services {
  /// A goal is due no more: its page goes, and one press takes it up again.
  func wasPutAway(_ goal: DocName) {
    undoing.offer(UndoOffer(of: .goalPutAway(goal)))
    router.forget { $0 == .goal(name: goal) }
  }
}
