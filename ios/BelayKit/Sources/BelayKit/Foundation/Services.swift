import BelayCore
import BelayWords

/// What a screen model is handed: the core, the words, the places to go, and what only a shell can do.
@MainActor
public final class Services {
  /// The core; a fake in some tests.
  public let core: any BelayCoreProtocol
  /// Every text a person reads, in their language.
  public let words: any Words
  /// The language of those texts, as the core's own content is asked for.
  public let language: String
  /// Where the person is and can go.
  public let router: Router
  /// What changed.
  public let changes: Changes
  /// What only a shell can do.
  public let shell: any Shell
  /// What was just done and can be taken back.
  public let undoing: Undoing
  /// How rounds of keeping in touch end.
  public let rounds: Rounds
  /// Days and times in the person's own way.
  public let spoken: Spoken

  /// An invitation that came from outside, by a link or another program, until the page of pairing takes it up. It
  /// is a secret, so it never stands in a route.
  private var handedOver: String?
  /// A copy of a file that another program handed over, until the page that opens it takes it up.
  private var handedFile: String?
  /// The page of pairing that is shown, which takes up what comes from outside.
  private weak var pairing: PairingModel?

  /// Puts a world together. The language is a BCP 47 tag.
  public init(
    core: any BelayCoreProtocol, language: String, shell: any Shell, router: Router = Router(),
    changes: Changes = Changes(), spoken: Spoken? = nil
  ) {
    self.core = core
    self.language = language
    self.words = wordsFor(language)
    self.router = router
    self.changes = changes
    self.shell = shell
    undoing = Undoing(core, shell)
    rounds = Rounds(shell)
    self.spoken = spoken ?? Spoken(words: wordsFor(language), language: language, clock: shell)
  }

  /// Takes an invitation from outside, and shows the page that answers it.
  public func take(invitation: String) {
    switch router.over {
    case .pairing where pairing != nil: pairing?.take(invitation)
    // Age and terms are being said; the page of pairing takes it up after that.
    case .agreement: handedOver = invitation
    default:
      handedOver = invitation
      router.present(.pairing(way(of: invitation)))
    }
  }

  /// Takes a copy of a file from outside, and shows the page that opens it.
  public func take(file path: String) {
    if let before = handedFile { shell.remove(file: before) }
    handedFile = path
    router.present(.carry)
  }

  /// Gives out the file that was handed over, once.
  func takeHandedFile() -> String? {
    defer { handedFile = nil }
    return handedFile
  }

  /// This page of pairing is shown from now on.
  func shows(_ page: PairingModel) {
    pairing = page
  }

  /// How a text is answered. What is no invitation at all, the page says.
  func way(of invitation: String) -> PairingWay {
    switch try? invitationKind(text: invitation) {
    case .together: .together
    case .apart, nil: .apart
    }
  }

  /// Keeps an invitation until age and terms are said, for the page of pairing that comes after.
  func keep(invitation: String) {
    handedOver = invitation
  }

  /// How the invitation is answered that waits to be taken up; `nil` where none does.
  var waysOn: PairingWay? { handedOver.map(way(of:)) }

  /// Gives out what was handed over, once.
  func takeHandedOver() -> String? {
    defer { handedOver = nil }
    return handedOver
  }

  /// What went wrong, in words.
  public func problem(_ error: any Error) -> Problem {
    Problem(error, words)
  }
}
