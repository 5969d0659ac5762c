import BelayCore
import Observation

/// How coming back after a loss stands: what is missing, and the drill, which changes nothing.
@MainActor
@Observable
public final class RecoveryModel: PageModel {
  /// After how many days it can be asked again.
  public static let reminders: [UInt32] = [30, 90, 180]

  public let services: Services
  public var page: Loadable<RecoveryView> = .loading
  public var trouble: Problem?
  /// What was typed for the drill; goes as soon as it was right.
  public let typed = TypedWords()
  /// What was typed was right.
  public private(set) var wasRight = false
  /// It is being tried.
  public private(set) var trying = false

  /// Loads nothing yet.
  public init(_ services: Services) {
    self.services = services
  }

  public let areas: Set<ChangeArea> = [.settings, .devices, .partners, .status]

  public func fetch() async throws -> RecoveryView {
    try await services.core.recovery()
  }

  /// Tries what was typed. It stays where it is not right.
  public func drill() async {
    guard !trying, !typed.isBlank else { return }
    trying = true
    defer { trying = false }
    wasRight = false
    let text = typed.forDrill
    if let view = await attempt({ try await self.services.core.drill(typed: text) }) {
      page = .ready(view)
      wasRight = true
      typed.forget()
    }
  }

  /// After how many days it asks again; `nil` for never.
  public func remind(every days: UInt32?) async {
    let view = await attempt { try await self.services.core.setDrillReminder(everyDays: days) }
    if let view { page = .ready(view) }
  }
}
