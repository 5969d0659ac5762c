import BelayCore
import BelayWords

/// What went wrong, for a person: what happened, what is safe and what helps. It is made here and nowhere else, and
/// it never holds what somebody wrote.
public struct Problem: Error, Equatable, Sendable {
  /// What the page can offer beside the words.
  public enum Way: Equatable, Sendable {
    /// The same again, in a moment.
    case tryAgain
    /// Change what was typed in this field.
    case change(field: String)
    /// Unlock the phone, or type the passphrase.
    case unlock
    /// Set or change the relay.
    case relay
    /// State age and agree to the terms.
    case agree
    /// Compare the four words.
    case compare
    /// Go back to a list; what was asked for is not there any more.
    case back
    /// Nothing but to read it.
    case nothing
  }

  /// What happened, in a sentence.
  public let title: String
  /// What is safe, and what helps.
  public let advice: String
  /// The core's stable code, for whoever helps to find the fault.
  public let code: String
  /// What the code is about: field and rule, reason, or the relay's own code.
  public let detail: String?
  /// What the page can offer.
  public let way: Way

  /// Puts an error in words. Whatever does not come from the core is a fault of the program.
  public init(_ error: any Error, _ words: any Words) {
    let known = (error as? BelayError) ?? .Internal(code: "shell")
    (code, detail) = Self.name(known)
    way = Self.way(from: known)
    let said = words.problem(code, detail: detail)
    title = said.title
    advice = said.whatToDo
  }

  /// Puts in words what a round of syncing met, by the code that the report has of it: `relay-refused.busy`.
  public init(trouble: String, _ words: any Words) {
    let parts = trouble.split(separator: ".", maxSplits: 1).map(String.init)
    code = parts.first ?? trouble
    detail = parts.count > 1 ? parts[1] : nil
    way = .tryAgain
    let said = words.problem(code, detail: detail)
    title = said.title
    advice = said.whatToDo
  }

  /// The sentences in one, for a screen reader.
  public var spoken: String { title + " " + advice }

  private static func name(_ error: BelayError) -> (code: String, detail: String?) {
    switch error {
    case .InvalidInput(let field, let rule): ("invalid-input", "\(field).\(rule)")
    case .NotFound(let what): ("not-found", what)
    case .Locked: ("locked", nil)
    case .WrongSecret: ("wrong-secret", nil)
    case .Offline: ("offline", nil)
    case .RelayRefused(let code): ("relay-refused", code)
    case .NewerData: ("newer-data", nil)
    case .DataDamaged: ("data-damaged", nil)
    case .StorageFull: ("storage-full", nil)
    case .Unavailable(let reason): ("unavailable", reason)
    case .Closed: ("closed", nil)
    case .Internal(let code): ("internal", code)
    }
  }

  private static func way(from error: BelayError) -> Way {
    switch error {
    case .InvalidInput(let field, _): .change(field: field)
    case .NotFound: .back
    case .Locked, .WrongSecret: .unlock
    case .Offline, .RelayRefused, .StorageFull: .tryAgain
    case .Unavailable(let reason): way(from: reason)
    case .NewerData, .DataDamaged, .Closed, .Internal: .nothing
    }
  }

  private static func way(from reason: String) -> Way {
    switch reason {
    case "no-relay", "relay-plain-http", "relay-untrusted", "relay-needs-token": .relay
    case "not-agreed": .agree
    case "not-compared": .compare
    case "already-syncing", "busy", "relay-answer", "waiting-for-partner": .tryAgain
    default: .nothing
    }
  }
}
