import BelayCore
import Observation

/// A partner's page: what they shared, what they see, and the ways to pause and to part.
@MainActor
@Observable
public final class PartnerModel: PageModel {
  /// Something that is asked about once more before it is done.
  public enum Question: Equatable, Sendable {
    /// What becomes of the things that waited during a pause.
    case whatWaited(UInt64)
    /// Leave, for good.
    case leave
    /// Block: leave, and read nothing of theirs any more.
    case block
    /// Remove from this phone what they shared.
    case removeTheirs
  }

  public let services: Services
  /// The space the two share.
  public let space: SpaceId
  public var page: Loadable<PartnerPageView> = .loading
  public var trouble: Problem?
  /// What the person is asked just now.
  public var question: Question?
  /// What is being answered.
  public private(set) var answering: DocName?
  /// The answer's kind.
  public var kind: ResponseKind = .iHearYou
  /// The answer's words; kept when it could not be given, and over the end of the process.
  public var text = "" { didSet { if text != oldValue { keep() } } }
  /// Beginnings of an answer, for whoever looks for words.
  public private(set) var beginnings: [String] = []
  /// How many things were removed.
  public private(set) var removed: UInt64?
  /// They were nudged just now.
  public internal(set) var isNudged = false
  /// What they gave along with passages.
  @ObservationIgnored public private(set) lazy var given = GivenModel(services, space) { [weak self] in
    await self?.load()
  }

  @ObservationIgnored private lazy var keeper = DraftKeeper(services.core) { [weak self] error in
    self?.trouble = self?.services.problem(error)
  }

  /// Loads nothing yet.
  public init(_ services: Services, _ space: SpaceId) {
    self.services = services
    self.space = space
  }

  public let areas: Set<ChangeArea> = [.partners, .delivery]

  public func fetch() async throws -> PartnerPageView {
    try await services.core.partner(space: space)
  }

  /// Small pictures come after the page itself.
  public func arrived(_ page: PartnerPageView) async {
    await given.draw(page.passages.flatMap(\.attachments))
  }

  /// The partner, as named here.
  public var partner: PartnerView? { page.value?.partner }

  // MARK: Answers

  /// Begins an answer to a check-in or a passage of theirs. What was typed of one before is there again.
  public func beginAnswer(to about: DocName, _ kind: ResponseKind) async {
    var kind = kind
    let kept = await attempt {
      try await self.keeper.takeUp { $1.kind == Self.draft && $1["to"].first == about }
    }
    if let kept = kept ?? nil {
      text = kept.body
      kind = ResponseKind.all.first { String(describing: $0) == kept["as"].first } ?? kind
    }
    answering = about
    await choose(kind)
  }

  /// Takes another kind of answer; what was typed stays.
  public func choose(_ kind: ResponseKind) async {
    self.kind = kind
    keep()
    beginnings = await attempt { try starters(kind: kind, language: self.services.language) } ?? []
  }

  /// Puts the answer away without giving it; what was typed of it waits until it is begun again.
  public func putAnswerAway() async {
    await keeper.settle()
    answering = nil
    text = ""
  }

  /// Lets go of the answer and of what was typed of it.
  public func dropAnswer() async {
    await keeper.stop()
    answering = nil
    text = ""
    await attempt { try await self.keeper.drop() }
  }

  /// Gives the answer.
  public func giveAnswer() async {
    guard let about = answering, let person = partner?.person else { return }
    await keeper.stop()
    let new = NewResponse(space: space, person: person, about: about, kind: kind, text: text.given)
    if await attempt({ try await self.services.core.respond(new: new) }) != nil {
      await dropAnswer()
      await load()
    } else {
      keep()
    }
  }

  /// Ready when all that was typed is kept.
  public func settle() async {
    await keeper.settle()
  }

  private static let draft = "answer"

  private func keep() {
    guard let about = answering else { return }
    guard !text.isBlank else { return keeper.want(nil) }
    var draft = KeptDraft(of: Self.draft)
    draft.add("to", about)
    draft.add("as", String(describing: kind))
    draft.body = text
    keeper.want(draft)
  }

  // MARK: Boundaries

  /// Stops everything to them, silently and at once.
  public func pause() async {
    await change { try await $0.pauseSharing(space: self.space) }
  }

  /// Shares again. Where something waited, the person is asked what becomes of it first.
  public func resume() async {
    let waited = await attempt {
      try await self.services.core.waitingToBeShared(space: self.space)
    }
    guard let waited else { return }
    if waited > 0 { question = .whatWaited(waited) } else { await resume(.keep) }
  }

  /// Shares again, with this becoming of what waited.
  public func resume(_ waited: Waited) async {
    question = nil
    await change { try await $0.resumeSharing(space: self.space, waited: waited) }
  }

  /// Lets devices of both meet on one network, or not for this partnership.
  public func meetNearby(_ on: Bool) async {
    await change { try await $0.setPartnerNearby(space: self.space, on: on) }
  }

  /// Leaves, at once and also offline. No reason is asked.
  public func leave() async {
    question = nil
    if await perform({ try await self.services.core.leave(space: self.space) }) {
      await load()
    }
  }

  /// Leaves, and reads nothing of theirs any more.
  public func block() async {
    question = nil
    if await perform({ try await self.services.core.block(space: self.space) }) {
      await load()
    }
  }

  /// Removes from this phone what they shared.
  public func removeTheirs() async {
    question = nil
    removed = await attempt {
      try await self.services.core.removeWhatTheyShared(space: self.space)
    }
    await load()
  }

  private func change(
    _ action: @MainActor (any BelayCoreProtocol) async throws -> PartnerView
  ) async {
    if await attempt({ try await action(self.services.core) }) != nil { await load() }
  }
}
