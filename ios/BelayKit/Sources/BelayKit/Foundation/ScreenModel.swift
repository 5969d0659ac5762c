import BelayCore
import Observation

/// What every screen model has: the world it runs in, and the last thing that could not be done. The screen
/// shows that beside its content, which stays, as does everything typed.
@MainActor
public protocol ScreenModel: AnyObject, Observable {
  /// The world.
  var services: Services { get }
  /// What the last action met; `nil` when it went well or the person has put it away.
  var trouble: Problem? { get set }
}

extension ScreenModel {
  /// Does something the person asked for. What goes wrong becomes ``trouble`` and the answer `nil`; an action
  /// begins by putting an earlier trouble away. A cancelled task is no trouble: the person went elsewhere.
  @discardableResult
  func attempt<Answer: Sendable>(
    _ action: @MainActor () async throws -> Answer
  ) async -> Answer? {
    trouble = nil
    do {
      return try await action()
    } catch is CancellationError {
      return nil
    } catch {
      trouble = services.problem(error)
      return nil
    }
  }

  /// Does something that has no answer; says whether it went well.
  func perform(_ action: @MainActor () async throws -> Void) async -> Bool {
    await attempt {
      try await action()
      return true
    } ?? false
  }

  /// The person has read what went wrong.
  public func putTroubleAway() {
    trouble = nil
  }
}

/// A screen whose content is one answer of the core, asked for again whenever the core says it is stale.
@MainActor
public protocol PageModel: ScreenModel {
  /// The content.
  associatedtype Page: Sendable
  /// What the screen has of it.
  var page: Loadable<Page> { get set }
  /// Which areas, once changed, make the content stale.
  var areas: Set<ChangeArea> { get }
  /// Asks the core, once.
  func fetch() async throws -> Page
  /// Called after every answer, for what a model derives of it.
  func arrived(_ page: Page) async
}

extension PageModel {
  /// Nothing is derived unless a model says so.
  public func arrived(_ page: Page) async {}

  /// Loads the content. While there is some on the screen it stays there until the new one is here, also when
  /// that could not be had: then it is ``ScreenModel/trouble``.
  public func load() async {
    do {
      let fetched = try await fetch()
      try Task.checkCancellation()
      page = .ready(fetched)
      await arrived(fetched)
    } catch is CancellationError {
      return
    } catch {
      let problem = services.problem(error)
      if page.value == nil { page = .failed(problem) } else { trouble = problem }
    }
  }

  /// Loads the content again after a problem.
  public func retry() async {
    if page.problem != nil { page = .loading }
    trouble = nil
    await load()
  }

  /// Keeps the content fresh as long as the calling task lives: a screen runs this while it is shown.
  public func follow() async {
    for await _ in services.changes.stream(of: areas) {
      await load()
    }
  }
}
