import BelayCore
import Observation

/// Everything back on an empty phone: the words, or enough shares of them, and the relay that kept a sealed copy.
@MainActor
@Observable
public final class RestoreModel {
  /// The words, or the shares one a line; kept when they do not do.
  public var typed = ""
  /// Where the sealed copy lies.
  public var relay = ""
  /// What this phone is to be called among the person's devices.
  public var deviceName = ""
  /// The address is not encrypted on the way, and the person wants it all the same.
  public var allowsPlainHttp = false
  /// The first word that is in no list, with the nearest that is.
  public private(set) var mistyped: MistypedWordView?
  /// What could not be done.
  public private(set) var trouble: Problem?
  /// The copy is being looked for.
  public private(set) var busy = false
  /// What came back.
  public private(set) var restored: RestoredView?
  /// The store, once it is back.
  public private(set) var core: (any BelayCoreProtocol)?

  private let door: any StoreDoor
  private let problem: @MainActor (any Error) -> Problem

  /// Makes the store behind this door.
  public init(door: any StoreDoor, problem: @escaping @MainActor (any Error) -> Problem) {
    self.door = door
    self.problem = problem
  }

  /// Everything was said.
  public var canRestore: Bool { !busy && core == nil && !typed.isBlank && !relay.isBlank }

  /// Looks for the copy, and brings back what it holds. What was typed stays where that cannot be done.
  public func restore() async {
    guard canRestore else { return }
    busy = true
    defer { busy = false }
    trouble = nil
    mistyped = nil
    do {
      let words = try wordsTyped()
      let new = NewRestored(words: words, deviceName: deviceName.given?.trimmed, passphrase: nil)
      let back = try await door.restore(
        new, relay: relay.trimmed, allowPlainHttp: allowsPlainHttp)
      restored = back.restored
      core = back.core
      typed = ""
    } catch {
      trouble = problem(error)
      mistyped = slip(in: typed)
    }
  }

  /// Puts the nearest word in the place of the mistyped one.
  public func takeNearest() {
    guard let slip = mistyped else { return }
    typed = typed.replacing(slip)
    mistyped = nil
    trouble = nil
  }

  /// Shares are put together first; anything else is the words.
  private func wordsTyped() throws -> String {
    let lines = typed.split(whereSeparator: \.isNewline).map { String($0).trimmed }
    let shares = lines.filter { $0.uppercased().hasPrefix(shareMark) }
    return shares.isEmpty ? typed.trimmed : try wordsOfShares(texts: shares)
  }
}

/// How every share begins.
private let shareMark = "BELAY-SHARE"

extension String {
  /// The words with the nearest one in the place of the slip.
  func replacing(_ slip: MistypedWordView) -> String {
    var words = split(whereSeparator: { !$0.isLetter }).map(String.init)
    let place = Int(slip.position) - 1
    guard words.indices.contains(place) else { return self }
    words[place] = slip.nearest
    return words.joined(separator: " ")
  }
}
