import BelayCore
import Observation

/// Letting a goal go, with what was learned. What is typed is kept until it is done.
@MainActor
@Observable
public final class LetGoModel: ScreenModel {
  private static let draft = "letgo"

  public let services: Services
  /// The goal.
  public let goal: DocName
  public var trouble: Problem?
  /// What was learned; for its owner only.
  public var learned = "" { didSet { if begun, learned != oldValue { keep() } } }

  @ObservationIgnored private var begun = false
  @ObservationIgnored private lazy var keeper = DraftKeeper(services.core) { [weak self] error in
    self?.trouble = self?.services.problem(error)
  }

  /// Begins with nothing typed.
  public init(_ services: Services, _ goal: DocName) {
    self.services = services
    self.goal = goal
  }

  /// Brings back what was typed.
  public func load() async {
    guard !begun else { return }
    let kept = await attempt {
      try await self.keeper.takeUp { $1.kind == Self.draft && $1["goal"].first == self.goal }
    }
    if learned.isEmpty, let kept = kept ?? nil { learned = kept.body }
    begun = true
  }

  /// Lets it go. What was typed stays where that cannot be done.
  public func letGo() async {
    await keeper.stop()
    let done = await attempt {
      try await self.services.core.letGoOfGoal(name: self.goal, learned: self.learned.given)
    }
    guard done != nil else { return keep() }
    await attempt { try await self.keeper.drop() }
    services.wasPutAway(goal)
  }

  /// Ready when all that was typed is kept.
  public func settle() async {
    await keeper.settle()
  }

  private func keep() {
    guard !learned.isBlank else { return keeper.want(nil) }
    var draft = KeptDraft(of: Self.draft)
    draft.add("goal", goal)
    draft.body = learned
    keeper.want(draft)
  }
}
