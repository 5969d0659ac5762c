import BelayCore
import Observation

/// The card that says how a partner may reach the person. What is typed is kept until it is saved.
@MainActor
@Observable
public final class BoundaryCardModel: PageModel {
  private static let draft = "card"

  public let services: Services
  /// The space the two share.
  public let space: SpaceId
  public var page: Loadable<BoundaryCardsView> = .loading
  public var trouble: Problem?
  /// The card as it stands on the form.
  public var card = BoundaryCard() { didSet { if begun, card != oldValue { keep() } } }
  /// A topic that is being typed.
  public var topic = ""
  /// When quiet hours that are being chosen begin, as `22:00`.
  public var from = "22:00"
  /// When they end.
  public var to = "07:00"
  /// It is being written.
  public private(set) var saving = false
  /// It was saved.
  public private(set) var isSaved = false

  @ObservationIgnored private var begun = false
  @ObservationIgnored private var before = BoundaryCard()
  @ObservationIgnored private lazy var keeper = DraftKeeper(services.core) { [weak self] error in
    self?.trouble = self?.services.problem(error)
  }

  /// Loads nothing yet.
  public init(_ services: Services, _ space: SpaceId) {
    self.services = services
    self.space = space
  }

  public let areas: Set<ChangeArea> = [.partners]

  public func fetch() async throws -> BoundaryCardsView {
    try await services.core.boundaryCards(space: space)
  }

  /// The form begins with the card that stands, or with what was typed and not saved.
  public func arrived(_ page: BoundaryCardsView) async {
    guard !begun else { return }
    before = page.own ?? BoundaryCard()
    let kept = await attempt {
      try await self.keeper.takeUp { $1.kind == Self.draft && $1["space"].first == self.space }
    }
    card = (kept ?? nil).map(BoundaryCard.init) ?? before
    begun = true
  }

  /// Something was typed that is not saved.
  public var isChanged: Bool { card != before }

  /// Adds the topic that was typed, as one that is welcome or not.
  public func addTopic(isWelcome: Bool) {
    guard let topic = topic.given?.trimmed else { return }
    if isWelcome { card.welcome.append(topic) } else { card.unwelcome.append(topic) }
    self.topic = ""
  }

  /// Takes a topic out.
  public func remove(topic: String) {
    card.welcome.removeAll { $0 == topic }
    card.unwelcome.removeAll { $0 == topic }
  }

  /// Adds the hours that were chosen.
  public func addQuietHours() {
    card.quiet.append(QuietHours(from: from, to: to))
  }

  /// Chooses a kind of answer, or not after all.
  public func toggle(_ kind: ResponseKind) {
    if card.answers.contains(kind) {
      card.answers.removeAll { $0 == kind }
    } else {
      card.answers.append(kind)
    }
  }

  /// Saves it. What was typed stays where that cannot be done.
  public func save() async {
    guard !saving else { return }
    saving = true
    defer { saving = false }
    await keeper.stop()
    var written = card
    (written.helps, written.doesNotHelp) = (card.helps?.given, card.doesNotHelp?.given)
    let saved = await attempt {
      try await self.services.core.setBoundaryCard(space: self.space, card: written)
    }
    guard let saved else { return keep() }
    await attempt { try await self.keeper.drop() }
    page = .ready(saved)
    before = saved.own ?? BoundaryCard()
    card = before
    isSaved = true
  }

  /// Ready when all that was typed is kept.
  public func settle() async {
    await keeper.settle()
  }

  private func keep() {
    isSaved = false
    keeper.want(isChanged ? card.kept(of: Self.draft, space) : nil)
  }
}

extension BoundaryCard {
  fileprivate func kept(of kind: String, _ space: SpaceId) -> KeptDraft {
    var draft = KeptDraft(of: kind)
    draft.add("space", space)
    draft.add("nudges", String(nudgesADay))
    for hours in quiet { draft.add("quiet", hours.from + " " + hours.to) }
    for topic in welcome { draft.add("welcome", topic) }
    for topic in unwelcome { draft.add("unwelcome", topic) }
    for kind in answers { draft.add("answer", String(describing: kind)) }
    draft.add("need", need.map { String(describing: $0) })
    draft.add("night", reachAtNight.map { String(describing: $0) })
    draft.add("not", doesNotHelp)
    draft.body = helps ?? ""
    return draft
  }

  fileprivate init(_ draft: KeptDraft) {
    self.init()
    nudgesADay = draft["nudges"].first.flatMap { UInt8($0) } ?? 0
    quiet = draft["quiet"].compactMap { line in
      let times = line.split(separator: " ").map(String.init)
      return times.count == 2 ? QuietHours(from: times[0], to: times[1]) : nil
    }
    (welcome, unwelcome) = (draft["welcome"], draft["unwelcome"])
    let kept = draft["answer"]
    answers = kept.compactMap { name in ResponseKind.all.first { String(describing: $0) == name } }
    need = Need.all.first { String(describing: $0) == draft["need"].first }
    reachAtNight = SupportLevel.all.first { String(describing: $0) == draft["night"].first }
    doesNotHelp = draft["not"].first
    helps = draft.body.given
  }
}

extension SupportLevel {
  /// All of them, from little to much.
  public static let all: [SupportLevel] = [.kindWord, .talkToday, .somebodyNow]
}
