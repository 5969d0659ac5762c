import BelayCore

extension TodayModel {
  /// Asks why a goal is skipped today. What was typed of it before and not saved is there again, wherever it was
  /// typed.
  public func askWhy(_ goal: GoalView) async {
    guard let on = page.value?.on else { return }
    var asked = DayNote(on: on, noted: goal.today)
    asked.status = .skipped
    let keeper = DayKeeper(services.core, of: goal.name, asked) { [weak self] error in
      self?.trouble = self?.services.problem(error)
    }
    self.keeper = keeper
    skipped = goal.name
    skipping = asked
    let kept = await attempt { try await keeper.takeUp() } ?? nil
    guard self.keeper === keeper, let typed = skipping else { return }
    if typed != asked {
      keeper.want(typed)
    } else if var kept {
      kept.status = .skipped
      skipping = kept
    }
  }

  /// Skips the goal for the reason that was typed. It stays typed where that cannot be done.
  public func skip(_ goal: GoalView) async {
    guard skipped == goal.name, let why = skipping, let keeper else { return }
    await keeper.stop()
    guard await log(goal, .skipped, on: why.on, reason: why.reason, note: why.note) else {
      return keeper.want(why)
    }
    if self.keeper === keeper { stopSkipping() }
    await attempt { try await keeper.drop() }
  }

  /// Turns back. What was typed is there when it is asked again.
  public func stopSkipping() {
    skipping = nil
    skipped = nil
    keeper = nil
  }

  /// Ready when all that was typed is kept.
  public func settle() async {
    await keeper?.settle()
  }
}
