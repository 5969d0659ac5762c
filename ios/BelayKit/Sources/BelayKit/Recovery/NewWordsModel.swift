import BelayCore
import Observation

/// New recovery words in the place of the old ones: drawn, written down, typed, and only then they count.
@MainActor
@Observable
public final class NewWordsModel: ScreenModel {
  /// How far it has come.
  public enum Stage: Equatable, Sendable {
    /// What it means.
    case explaining
    /// These are to be written down.
    case showing([String])
    /// They are to be typed.
    case typing
    /// They count.
    case done
  }

  public let services: Services
  public var trouble: Problem?
  /// How far it has come.
  public private(set) var stage: Stage = .explaining
  /// What was typed; kept when it is not the same.
  public var typed = ""
  /// The passphrase, where the store has one.
  public var passphrase = ""
  /// The first word that is in no list, with the nearest that is.
  public private(set) var mistyped: MistypedWordView?
  /// It is being done.
  public private(set) var busy = false

  /// Draws nothing yet.
  public init(_ services: Services) {
    self.services = services
  }

  /// Draws them.
  public func draw() async {
    guard let words = await attempt({ try await self.services.core.drawNewWords() }) else { return }
    stage = .showing(words)
  }

  /// The person has written them down: from here on they are on paper only.
  public func written() {
    typed = ""
    stage = .typing
  }

  /// Something was typed.
  public var canConfirm: Bool { !busy && !typed.isBlank }

  /// Puts what was typed in the place of the old words.
  public func confirm() async {
    guard stage == .typing, canConfirm else { return }
    busy = true
    defer { busy = false }
    mistyped = nil
    let (text, secret) = (typed, passphrase.isEmpty ? nil : passphrase)
    let done = await perform {
      try await self.services.core.confirmNewWords(words: text, passphrase: secret)
    }
    guard done else {
      mistyped = slip(in: text)
      return
    }
    typed = ""
    passphrase = ""
    stage = .done
  }
}
