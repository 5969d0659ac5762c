import BelayCore
import Observation

/// Asking partners for support, and what became of it: told honestly, for nobody can wake another phone.
@MainActor
@Observable
public final class SupportModel: PageModel {
  private static let draft = "support"

  public let services: Services
  public var page: Loadable<[SupportRequestView]> = .loading
  public var trouble: Problem?
  /// Partners who can be asked.
  public private(set) var partners: [PartnerView] = []
  /// Who is asked.
  public var spaces: Set<SpaceId> = []
  /// How much is needed; `nil` until the person says so.
  public var level: SupportLevel? { didSet { if level != oldValue { keep() } } }
  /// In own words.
  public var text = "" { didSet { if text != oldValue { keep() } } }
  /// What would help.
  public var need: Need? { didSet { if need != oldValue { keep() } } }
  /// It is being asked.
  public private(set) var asking = false

  @ObservationIgnored private var begun = false
  @ObservationIgnored private lazy var keeper = DraftKeeper(services.core) { [weak self] error in
    self?.trouble = self?.services.problem(error)
  }

  /// Loads nothing yet. Somebody is chosen already where the person comes from their page.
  public init(_ services: Services, _ space: SpaceId?) {
    self.services = services
    spaces = space.map { [$0] } ?? []
  }

  public let areas: Set<ChangeArea> = [.partners, .delivery]

  public func fetch() async throws -> [SupportRequestView] {
    try await services.core.supportRequests()
  }

  /// Who can be asked comes after the page itself, and with it what was typed and not asked. Whom it was meant for is
  /// chosen anew.
  public func arrived(_ page: [SupportRequestView]) async {
    let form = await attempt { try await self.services.core.goalForm() }
    partners = form?.partners.filter(\.isTogether) ?? []
    if spaces.isEmpty, partners.count == 1 { spaces = Set(partners.map(\.space)) }
    guard !begun else { return }
    if let kept = keeper.takeUp(among: form?.drafts ?? [], where: { $1.kind == Self.draft }), text.isEmpty {
      text = kept.body
      level = SupportLevel.all.first { String(describing: $0) == kept["level"].first }
      need = Need.all.first { String(describing: $0) == kept["need"].first }
    }
    begun = true
  }

  /// Requests of the person's own, latest first.
  public var own: [SupportRequestView] { page.value?.filter(\.own) ?? [] }

  /// Requests of partners.
  public var theirs: [SupportRequestView] { page.value?.filter { !$0.own } ?? [] }

  /// It can be asked.
  public var canAsk: Bool { level != nil && !spaces.isEmpty && !asking }

  /// Chooses a partner, or not after all.
  public func toggle(_ space: SpaceId) {
    if spaces.remove(space) == nil { spaces.insert(space) }
  }

  /// Asks. What was typed stays where that cannot be done.
  public func ask() async {
    guard let level, canAsk else { return }
    asking = true
    defer { asking = false }
    await keeper.stop()
    let new = NewSupportRequest(
      spaces: partners.map(\.space).filter(spaces.contains), level: level, text: text.given, need: need)
    guard await attempt({ try await self.services.core.askForSupport(new: new) }) != nil else {
      return keep()
    }
    begun = false
    (self.level, text, need) = (nil, "", nil)
    begun = true
    await attempt { try await self.keeper.drop() }
    // It is not to wait for the next round.
    try? services.core.lookNow()
    await load()
  }

  /// Takes an own request back.
  public func takeBack(_ request: SupportRequestView) async {
    let done = await perform {
      try await self.services.core.takeBackRequest(space: request.space, name: request.name)
    }
    if done { await load() }
  }

  /// Ready when all that was typed is kept.
  public func settle() async {
    await keeper.settle()
  }

  private func keep() {
    guard begun else { return }
    guard level != nil || !text.isBlank else { return keeper.want(nil) }
    var draft = KeptDraft(of: Self.draft)
    draft.add("level", level.map { String(describing: $0) })
    draft.add("need", need.map { String(describing: $0) })
    draft.body = text
    keeper.want(draft)
  }
}

/// What partners brought up: nudges and requests for support, as far as the person's own cards let them.
@MainActor
@Observable
public final class ReachedModel: PageModel {
  public let services: Services
  public var page: Loadable<ReachedView> = .loading
  public var trouble: Problem?

  /// Loads nothing yet.
  public init(_ services: Services) {
    self.services = services
  }

  public let areas: Set<ChangeArea> = [.partners]

  public func fetch() async throws -> ReachedView {
    try await services.core.reached()
  }
}

extension PartnerModel {
  /// Nudges the partner: says that one thinks of them, and perhaps about what.
  public func nudge(_ topic: String? = nil) async {
    isNudged =
      await attempt {
        try await self.services.core.nudge(space: self.space, topic: topic)
      } != nil
  }
}
