import BelayCore
import BelayWords
import Observation

/// Two people become partners: together by a code that one shows and the other scans, apart by four words on a
/// call or a link in a message.
@MainActor
@Observable
public final class PairingModel: ScreenModel {
  /// How far it has come.
  public enum Stage: Sendable {
    /// Together or apart?
    case choosing
    /// Together: show a code, or scan theirs?
    case together
    /// Together: this code is shown until the other side has answered.
    case showing(InvitationView)
    /// Apart: invite, or answer an invitation?
    case apart
    /// Apart: made here, to be told or sent; the other side answers when they can.
    case inviting(OpenInvitationView)
    /// Apart: answered here; syncing goes on with it.
    case accepted(OpenInvitationView)
    /// The other side is being asked; it may take as long as the network.
    case answering
    /// There is a partnership; the words come next.
    case paired(PartnerView)
  }

  public let services: Services
  public var trouble: Problem?
  /// How far it has come.
  public private(set) var stage: Stage
  /// What was typed or pasted: an invitation's text, a link, or four words. Kept when it does not do.
  public var typed = ""
  /// Where four words lead, when the two have no relay in common yet.
  public var relay = ""
  /// The first word that is in no list, with the nearest that is.
  public private(set) var mistyped: MistypedWordView?

  /// The two met in one room, without a relay: they need to find each other there again.
  public private(set) var metInRoom = false

  /// Nobody is waited for any more, because waiting was broken off; it can be tried again.
  public private(set) var hasStoppedWaiting = false

  @ObservationIgnored private var attempts = 0

  /// Begins with the two big choices, or behind one of them; with what was handed over from outside, if something
  /// was.
  public init(_ services: Services, _ way: PairingWay?) {
    self.services = services
    stage = Self.beginning(way)
    typed = services.takeHandedOver() ?? ""
  }

  /// The page is shown: what comes from outside meanwhile is taken up here.
  public func stand() {
    services.shows(self)
  }

  /// Takes up an invitation that came while the page was open.
  func take(_ invitation: String) {
    choose(services.way(of: invitation))
    typed = invitation
  }

  /// The text of the code that is shown, for a QR code.
  public var code: String? {
    if case .showing(let invitation) = stage { invitation.text } else { nil }
  }

  /// The new partner.
  public var partner: PartnerView? {
    if case .paired(let partner) = stage { partner } else { nil }
  }

  private static func beginning(_ way: PairingWay?) -> Stage {
    switch way {
    case .together: .together
    case .apart: .apart
    case nil: .choosing
    }
  }

  /// One of the two big choices.
  public func choose(_ way: PairingWay?) {
    attempts += 1
    trouble = nil
    mistyped = nil
    stage = Self.beginning(way)
  }

  /// Something that is needed before the first sharing is still missing.
  public var needsMore: Bool { trouble.map { $0.way == .agree || $0.way == .relay } ?? false }

  /// Goes to where it is said. What was typed is there again afterwards.
  public func sayWhatIsNeeded() {
    if let typed = typed.given { services.keep(invitation: typed) }
    services.router.present(.agreement)
  }

  // MARK: Together

  /// Shows a code and waits for whoever scans it; in one room both meet without a relay.
  public func showCode(inRoom: Bool = false) async {
    let mine = begin()
    let core = services.core
    let invitation = await attempt {
      inRoom ? try await core.inviteNear() : try await core.invite()
    }
    guard let invitation else { return fallBack(to: .together, mine) }
    guard mine == attempts else { return }
    stage = .showing(invitation)
    let paired = await attempt { try await core.awaitPartner(invitationId: invitation.id) }
    await arrive(paired, elseBackTo: .together, mine)
  }

  /// Scans the code that the other shows.
  public func scan() async {
    guard let text = await services.shell.scan() else { return }
    typed = text
    await answerCode()
  }

  /// Answers the code whose text was typed or scanned.
  public func answerCode() async {
    let mine = begin()
    let text = typed
    let paired = await attempt { try await self.services.core.acceptInvitation(text: text) }
    await arrive(paired, elseBackTo: .together, mine)
  }

  // MARK: Apart

  /// Makes an invitation for somebody who is somewhere else.
  public func inviteApart(by: InviteBy) async {
    let mine = begin()
    let open = await attempt { try await self.services.core.inviteApart(by: by) }
    guard mine == attempts else { return }
    if let open { stage = .inviting(open) } else { stage = .apart }
  }

  /// Offers the link or the words to another program.
  public func shareInvitation() {
    if case .inviting(let open) = stage, let text = open.text { services.shell.share(text: text) }
  }

  /// Answers a link or four words. A word that is in no list is named, with the nearest that is.
  public func answerApart() async {
    let mine = begin()
    let text = typed
    let relay = relay.given
    let open = await attempt {
      try await self.services.core.acceptApart(text: text, relay: relay)
    }
    guard mine == attempts else { return }
    if let open {
      stage = .accepted(open)
    } else {
      stage = .apart
      mistyped = try? mistypedWord(text: text)
    }
  }

  /// Puts the nearest word in the place of the mistyped one.
  public func takeNearest() {
    guard let slip = mistyped else { return }
    var words = typed.split(whereSeparator: { !$0.isLetter }).map(String.init)
    let place = Int(slip.position) - 1
    guard words.indices.contains(place) else { return }
    words[place] = slip.nearest
    typed = words.joined(separator: " ")
    mistyped = nil
    trouble = nil
  }

  /// Waits on the page until the other side is there. Leaving the page breaks nothing off: syncing goes on.
  public func waitForThem() async {
    let mine = attempts
    let id: String
    switch stage {
    case .inviting(let open), .accepted(let open): id = open.id
    default: return
    }
    let before = stage
    hasStoppedWaiting = false
    let paired = await attempt { try await self.services.core.awaitPairing(id: id) }
    if mine == attempts { hasStoppedWaiting = paired == nil }
    await arrive(paired, elseBackTo: before, mine)
  }

  // MARK: -

  /// Goes to the four words.
  public func compare() {
    if case .paired(let partner) = stage {
      services.router.replace(with: .compare(space: partner.space))
    }
  }

  /// A new try: what an earlier one still brings is not shown any more.
  private func begin() -> Int {
    attempts += 1
    mistyped = nil
    stage = .answering
    return attempts
  }

  private func fallBack(to before: Stage, _ mine: Int) {
    if mine == attempts { stage = before }
  }

  private func arrive(_ paired: PairedView?, elseBackTo before: Stage, _ mine: Int) async {
    guard mine == attempts else { return }
    if let paired {
      metInRoom = await hasNoRelay(paired.partner.space)
      typed = ""
      stage = .paired(paired.partner)
    } else {
      stage = before
    }
  }
  /// Whether only a network in common carries what the two write. A page that cannot find out says nothing of it.
  private func hasNoRelay(_ space: SpaceId) async -> Bool {
    let spaces = try? await services.core.status().spaces
    return spaces?.first { $0.space == space }?.relays.isEmpty ?? false
  }
}
