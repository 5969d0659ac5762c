import BelayCore
import BelayKit
import Foundation

/// A door that answers as told.
public final class ScriptedDoor: StoreDoor, @unchecked Sendable {
  private let lock = NSLock()
  private var script = Script()

  /// What each question is answered with.
  public struct Script: Sendable {
    /// Whether a store is there.
    public var exists: Result<Bool, BelayError> = .success(true)
    /// Whether a passphrase is needed.
    public var needsPassphrase: Result<Bool, BelayError> = .success(false)
    /// Whether the key is there.
    public var hasKey: Result<Bool, BelayError> = .success(true)
    /// What opening or making gives.
    public var core: Result<any BelayCoreProtocol, BelayError> = .failure(.Internal(code: "no-script"))
    /// What the words bring back.
    public var restored = RestoredView(partnerships: 1, leftOut: 1, otherDevices: 1)
    /// What is left to be said after a deletion.
    public var farewell: Result<FarewellView, BelayError> = .failure(.NotFound(what: "farewell"))
    /// What erasing gives.
    public var erased: Result<Bool, BelayError> = .success(true)
    /// The passphrases that were tried.
    public var tried: [String?] = []
    /// What was made.
    public var made: [NewPerson] = []
  }

  /// Begins with a store that opens to nothing.
  public init(_ change: (inout Script) -> Void = { _ in }) {
    change(&script)
  }

  /// The script as it is.
  public var now: Script { lock.withLock { script } }

  /// Tells it something else.
  public func tell(_ change: (inout Script) -> Void) {
    lock.withLock { change(&script) }
  }

  public func exists() async throws -> Bool { try now.exists.get() }

  public func needsPassphrase() async throws -> Bool { try now.needsPassphrase.get() }

  public func hasKey() async throws -> Bool { try now.hasKey.get() }

  public func create(_ new: NewPerson) async throws -> any BelayCoreProtocol {
    tell { $0.made.append(new) }
    return try now.core.get()
  }

  public func createOwnDevice() async throws -> any BelayCoreProtocol { try now.core.get() }

  public func restore(
    _ new: NewRestored, relay: String, allowPlainHttp: Bool
  ) async throws -> BroughtBack {
    BroughtBack(core: try now.core.get(), restored: now.restored)
  }

  public func restore(_ new: NewRestored, file: String) async throws -> BroughtBack {
    BroughtBack(core: try now.core.get(), restored: now.restored)
  }

  public func restore(_ new: NewRestored, near discovery: (any Discovery)?) async throws -> BroughtBack {
    BroughtBack(core: try now.core.get(), restored: now.restored)
  }

  public func open(words: String, passphrase: String?) async throws -> any BelayCoreProtocol {
    try now.core.get()
  }

  public func open(passphrase: String?) async throws -> any BelayCoreProtocol {
    tell { $0.tried.append(passphrase) }
    return try now.core.get()
  }

  public func finishDeleting(passphrase: String?) async throws -> FarewellView { try now.farewell.get() }

  public func eraseNow() async throws {
    _ = try now.erased.get()
    tell { $0.exists = .success(false) }
  }
}
