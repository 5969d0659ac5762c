import BelayCore
import Observation

/// The pauses of a goal, or those of all goals: days that count for nothing, neither way.
@MainActor
@Observable
public final class PausesModel: PageModel {
  public let services: Services
  /// The goal; `nil` for all of them.
  public let goal: DocName?
  public var page: Loadable<[Pause]> = .loading
  public var trouble: Problem?
  /// The first day of a new pause.
  public var first: CivilDay
  /// Its last day; `nil` until the person goes on.
  public var last: CivilDay?
  /// Why.
  public var reason: PauseReason?
  /// It is being written.
  public private(set) var saving = false

  /// Loads nothing yet. A new pause begins on the present day, unless the person says otherwise.
  public init(_ services: Services, _ goal: DocName?) {
    self.services = services
    self.goal = goal
    first = services.spoken.today
  }

  public let areas: Set<ChangeArea> = [.goals, .settings]

  public func fetch() async throws -> [Pause] {
    try await services.core.pauses(of: goal)
  }

  /// Something is paused on the present day.
  public var isPausedToday: Bool {
    let today = services.spoken.today
    return page.value?.contains { $0.first <= today && today <= $0.last ?? today } ?? false
  }

  /// Pauses the chosen days.
  public func pause() async {
    let new = Pause(first: first, last: last, reason: reason)
    if await change({ try await $0.pauseGoals(of: self.goal, pause: new) }) {
      (first, last, reason) = (services.spoken.today, nil, nil)
    }
  }

  /// Goes on today.
  public func resume() async {
    await change { try await $0.resumeGoals(of: self.goal) }
  }

  /// Takes a pause away, as if it had never been.
  public func takeBack(_ pause: Pause) async {
    await change { try await $0.takeBackPause(of: self.goal, pause: pause) }
  }

  @discardableResult
  private func change(
    _ action: @MainActor (any BelayCoreProtocol) async throws -> [Pause]
  ) async -> Bool {
    guard !saving else { return false }
    saving = true
    defer { saving = false }
    guard let pauses = await attempt({ try await action(self.services.core) }) else { return false }
    page = .ready(pauses)
    return true
  }
}
