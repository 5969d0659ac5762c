import BelayCore
import Observation

/// The review of a week: what went well first, how it was, and one look ahead. Nothing of it leaves the device.
@MainActor
@Observable
public final class WeekModel: PageModel {
  public let services: Services
  public var page: Loadable<WeekReviewView> = .loading
  public var trouble: Problem?
  /// A day of the week; `nil` for the present one.
  public private(set) var day: CivilDay?

  /// Loads nothing yet.
  public init(_ services: Services) {
    self.services = services
  }

  public let areas: Set<ChangeArea> = [.checkIns, .goals, .journal, .settings]

  public func fetch() async throws -> WeekReviewView {
    try await services.core.weekReview(day: day)
  }

  /// There is a week after it that has begun.
  public var hasLater: Bool { page.value?.hasLater ?? false }

  /// Shows the week before, or after.
  public func turn(by weeks: Int) async {
    guard weeks < 0 || hasLater, let first = page.value?.week.first else { return }
    let before = day
    day = services.spoken.moved(first, by: weeks * Weekday.week.count)
    await load()
    if trouble != nil { day = before }
  }

  /// What a goal is called.
  public func title(of goal: DocName) -> String {
    page.value?.goals.first { $0.name == goal }?.title ?? ""
  }
}
