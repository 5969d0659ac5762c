import BelayCore
import Observation

/// The twenty-four words: shown, written down, and confirmed by typing a few of them. It may be put off, and stays
/// due.
@MainActor
@Observable
public final class RecoveryWordsModel: PageModel {
  /// The pages, in order.
  public enum Step: Sendable {
    /// What they are for, and then the words.
    case showing
    /// A few of them are asked for.
    case asking
    /// They were right; this phone has forgotten them.
    case confirmed
  }

  /// So many words are asked for.
  public static let askedFor = 3

  public let services: Services
  public var page: Loadable<[String]> = .loading
  public var trouble: Problem?
  /// The page.
  public private(set) var step: Step = .showing
  /// The places of the words that are asked for, from 0, in order.
  public private(set) var asked: [Int] = []
  /// What was typed for each of them. Kept when it is not the same.
  public var typed: [Int: String] = [:]
  /// They are being compared.
  public private(set) var confirming = false

  private let draw: @MainActor (Int) -> [Int]

  /// Loads nothing yet. `draw` shuffles the places from 0 to below its argument.
  public init(
    _ services: Services, draw: @escaping @MainActor (Int) -> [Int] = { (0..<$0).shuffled() }
  ) {
    self.services = services
    self.draw = draw
  }

  public let areas: Set<ChangeArea> = [.settings]

  public func fetch() async throws -> [String] {
    try await services.core.recoveryWords()
  }

  /// The person has written them down: a few are asked for.
  public func ask() {
    guard let words = page.value, !words.isEmpty else { return }
    asked = draw(words.count).prefix(Self.askedFor).sorted()
    typed = [:]
    trouble = nil
    step = .asking
  }

  /// Shows the words again.
  public func showAgain() {
    trouble = nil
    step = .showing
  }

  /// Something stands in every field.
  public var canConfirm: Bool {
    !confirming && step == .asking && asked.allSatisfy { !(typed[$0] ?? "").isBlank }
  }

  /// Takes what was typed in the places of the words. Whether they are the same, the core says.
  public func confirm() async {
    guard canConfirm, var words = page.value else { return }
    confirming = true
    defer { confirming = false }
    for place in asked { words[place] = typed[place]?.trimmed ?? "" }
    let said = words.joined(separator: " ")
    let done = await perform { try await self.services.core.confirmRecoveryWords(words: said) }
    guard done else { return }
    typed = [:]
    page = .ready([])
    step = .confirmed
  }

  /// Later: they wait in Settings.
  public func putOff() {
    services.router.back()
  }
}
