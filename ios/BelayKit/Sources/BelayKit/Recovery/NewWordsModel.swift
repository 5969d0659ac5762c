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
  public let typed = TypedWords()
  /// The passphrase, where the store has one.
  public var passphrase = ""
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
    typed.forget()
    stage = .typing
  }

  /// Something was typed.
  public var canConfirm: Bool { !busy && !typed.isBlank }

  /// Puts what was typed in the place of the old words.
  public func confirm() async {
    guard stage == .typing, canConfirm else { return }
    busy = true
    defer { busy = false }
    let (text, secret) = (typed.text, passphrase.isEmpty ? nil : passphrase)
    let done = await perform {
      try await self.services.core.confirmNewWords(words: text, passphrase: secret)
    }
    guard done else { return }
    typed.forget()
    passphrase = ""
    stage = .done
  }
}
