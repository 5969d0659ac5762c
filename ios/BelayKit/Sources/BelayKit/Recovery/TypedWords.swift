import BelayCore
import Observation

/// Recovery words, or shares of them, as they are typed: the core looks at them with every letter.
@MainActor
@Observable
public final class TypedWords {
  /// What was typed; kept when it does not do.
  public var text = "" {
    didSet { if text != oldValue { look = Self.look(at: text) } }
  }
  /// What is to be said of it; `nil` while nothing is typed, and of shares.
  public private(set) var look: TypedWordsView?

  /// Nothing typed.
  public init() {}

  /// Nothing but space stands there.
  public var isBlank: Bool { text.isBlank }

  /// Puts the nearest word in the place of a mistyped one.
  public func take(nearestOf slip: MistypedWordView) {
    text = text.replacing(slip)
  }

  /// Lets go of what was typed.
  public func forget() {
    text = ""
  }

  /// As the core takes it where shares are taken, too: each in one line.
  var forDrill: String {
    let shares = text.shares
    return shares.isEmpty ? text.trimmed : shares.joined(separator: "\n")
  }

  /// The words. Shares are put together first.
  func words() throws -> String {
    let shares = text.shares
    return shares.isEmpty ? text.trimmed : try wordsOfShares(texts: shares)
  }

  private static func look(at text: String) -> TypedWordsView? {
    guard !text.isBlank, text.shares.isEmpty else { return nil }
    // It refuses nothing: whatever is typed can be looked at.
    return try? checkWords(text: text)
  }
}

/// How every share begins.
private let shareMark = "BELAY-SHARE"

/// So many letters stand between two hyphens of a share.
private let shareGroup = 4

extension String {
  /// The shares in it, however they were broken into lines: one goes on as long as lines hold nothing but its groups.
  var shares: [String] {
    var found: [String] = []
    var goesOn = false
    for line in split(whereSeparator: \.isNewline).map({ String($0).trimmed }) {
      if line.uppercased().hasPrefix(shareMark) {
        found.append(line)
        goesOn = true
      } else if goesOn, line.isOfGroups {
        found[found.count - 1] += line
      } else {
        goesOn = false
      }
    }
    return found
  }

  /// Nothing but groups of a share stand in it.
  private var isOfGroups: Bool {
    allSatisfy { $0 == "-" || ($0.isASCII && ($0.isLetter || $0.isNumber)) }
      && split(separator: "-").allSatisfy { $0.count <= shareGroup }
  }

  /// The words with the nearest one in the place of the slip.
  func replacing(_ slip: MistypedWordView) -> String {
    var words = split(whereSeparator: { !$0.isLetter }).map(String.init)
    let place = Int(slip.position) - 1
    guard words.indices.contains(place) else { return self }
    words[place] = slip.nearest
    return words.joined(separator: " ")
  }
}
