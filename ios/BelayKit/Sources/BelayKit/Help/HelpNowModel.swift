import BelayCore
import Observation

/// Help now: one's own people first, then the country's lines. It works offline and while Belay is locked, and
/// nothing of it is noted anywhere.
@MainActor
@Observable
public final class HelpNowModel {
  /// What the page has.
  public private(set) var page: Loadable<HelpNowView> = .loading
  /// Steps that work without reading much.
  public private(set) var steps: [String] = []
  /// Countries that can be chosen.
  public private(set) var countries: [String] = []

  private let source: any HelpSource
  private let problem: @MainActor (any Error) -> Problem
  private let reach: @MainActor (String, String) -> Void

  /// Asks this source; the open store, or the table alone while Belay is locked.
  public init(
    source: any HelpSource, problem: @escaping @MainActor (any Error) -> Problem,
    reach: @escaping @MainActor (_ channel: String, _ address: String) -> Void
  ) {
    self.source = source
    self.problem = problem
    self.reach = reach
  }
}
