import BelayCore
import Observation

/// The recovery words in shares that trusted people keep, and what this person keeps for others.
@MainActor
@Observable
public final class SharesModel: PageModel {
  /// The fewest that make sense together.
  public static let fewest: UInt8 = 2
  /// The most that can be printed.
  public static let mostOnPaper: UInt8 = 8

  public let services: Services
  public var page: Loadable<RecoveryView> = .loading
  public var trouble: Problem?
  /// Partners one can be given to.
  public private(set) var partners: [PartnerView] = []
  /// What is kept for others.
  public private(set) var kept: [KeptShareView] = []
  /// Those who are to keep one.
  public private(set) var chosen: [SpaceId] = []
  /// How many more are to be printed.
  public var onPaper: UInt8 = 0
  /// How many are needed together.
  public var threshold: UInt8 = SharesModel.fewest
  /// The words, where this device has forgotten them. Gone as soon as they were cut.
  public let typed = TypedWords()
  /// The set that was just made; its texts are nowhere else.
  public private(set) var made: MadeSharesView?
  /// A share that is kept for somebody, while it is shown.
  public private(set) var shown: (space: SpaceId, text: String)?
  /// They are being made.
  public private(set) var making = false
  /// It is asked whether all are to be dropped.
  public var asksBack = false

  /// Loads nothing yet.
  public init(_ services: Services) {
    self.services = services
  }

  public let areas: Set<ChangeArea> = [.settings, .partners]

  public func fetch() async throws -> RecoveryView {
    try await services.core.recovery()
  }

  /// Whom one can be given to, and what is kept for others, come after the page itself.
  public func arrived(_ page: RecoveryView) async {
    do {
      partners = try await services.core.partners().filter { $0.standing == .active }
      kept = try await services.core.keptShares()
    } catch {
      trouble = services.problem(error)
    }
  }

  /// Chooses or drops a partner.
  public func toggle(_ space: SpaceId) {
    if chosen.contains(space) { chosen.removeAll { $0 == space } } else { chosen.append(space) }
    threshold = min(threshold, max(Self.fewest, count))
  }

  /// How many there will be.
  public var count: UInt8 { UInt8(clamping: chosen.count) + onPaper }

  /// Enough are chosen. What else is needed, the core says.
  public var canMake: Bool { !making && count >= threshold }

  /// Cuts the words.
  public func make() async {
    guard canMake else { return }
    making = true
    defer { making = false }
    let words = typed.text.given
    let new = NewShares(words: words, threshold: threshold, partners: chosen, onPaper: onPaper)
    guard let made = await attempt({ try await self.services.core.makeShares(new: new) }) else {
      return
    }
    typed.forget()
    self.made = made
    await load()
  }

  /// The shares on paper are written down; they are nowhere any more.
  public func putAway() {
    made = nil
  }

  /// Which share of its set stands on a card: those of partners come first.
  public func number(ofCard card: Int, in made: MadeSharesView) -> Int {
    Int(made.count) - made.onPaper.count + card + 1
  }

  /// How many of a set are on their way to partners.
  public func onTheirWay(of made: MadeSharesView) -> Int { Int(made.count) - made.onPaper.count }

  /// Asks every partner's Belay to drop theirs, after a second yes.
  public func takeBack() async {
    guard asksBack else { return }
    asksBack = false
    if await perform({ try await self.services.core.takeSharesBack() }) { await load() }
  }

  /// Shows what is kept for a partner who asked for it; once more hides it.
  public func show(_ space: SpaceId) async {
    if shown?.space == space { return shown = nil }
    shown = await attempt { try await self.services.core.keptShare(space: space) }
      .map { (space, $0) }
  }
}
