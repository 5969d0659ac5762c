import BelayCore
import Foundation

/// The way to the store before it is open: everything the first pages do. Tests stand another door here.
public protocol StoreDoor: Sendable {
  /// Whether there is a store.
  func exists() async throws -> Bool
  /// Whether a passphrase is needed beside the secret of the keystore.
  func needsPassphrase() async throws -> Bool
  /// Whether the keystore still has the secret of this store: a phone that was restored from a copy has not.
  func hasKey() async throws -> Bool
  /// Makes a store.
  func create(_ new: NewPerson) async throws -> any BelayCoreProtocol
  /// Makes an empty store for a further device of somebody who has one; it waits to be admitted.
  func createOwnDevice() async throws -> any BelayCoreProtocol
  /// Makes a store of what the words and the sealed copy on a relay bring back.
  func restore(_ new: NewRestored, relay: String, allowPlainHttp: Bool) async throws -> BroughtBack
  /// Makes a store of what the words and a file of the person's own bring back.
  func restore(_ new: NewRestored, file: String) async throws -> BroughtBack
  /// Makes a store of what the words and another own device in this room bring back, found by these means.
  func restore(_ new: NewRestored, near discovery: (any Discovery)?) async throws -> BroughtBack
  /// Opens the store with the words, where the keystore lost its key.
  func open(words: String, passphrase: String?) async throws -> any BelayCoreProtocol
  /// Opens the store.
  func open(passphrase: String?) async throws -> any BelayCoreProtocol
  /// Goes on with a deletion that still has something to tell relays.
  func finishDeleting(passphrase: String?) async throws -> FarewellView
  /// Removes the store without telling anybody.
  func eraseNow() async throws
}

/// A person who came back.
public struct BroughtBack: Sendable {
  /// Their open store.
  public let core: any BelayCoreProtocol
  /// What came back with the words.
  public let restored: RestoredView

  /// Somebody with this store.
  public init(core: any BelayCoreProtocol, restored: RestoredView) {
    self.core = core
    self.restored = restored
  }
}
