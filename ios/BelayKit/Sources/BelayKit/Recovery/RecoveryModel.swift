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
  public var typed = ""
  /// The first word that is in no list, with the nearest that is.
  public private(set) var mistyped: MistypedWordView?
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
    mistyped = nil
    let text = typed
    if let view = await attempt({ try await self.services.core.drill(typed: text) }) {
      page = .ready(view)
      wasRight = true
      typed = ""
    } else {
      mistyped = slip(in: text)
    }
  }

  /// After how many days it asks again; `nil` for never.
  public func remind(every days: UInt32?) async {
    let view = await attempt { try await self.services.core.setDrillReminder(everyDays: days) }
    if let view { page = .ready(view) }
  }
}

/// The first of 24 words that is in no list. What is no row of words at all has none.
func slip(in text: String) -> MistypedWordView? {
  do { return try mistypedRecoveryWord(text: text) } catch { return nil }
}
