import BelayCore
import Foundation

/// A keystore in memory. It can be locked, lose its key, or throw what no keystore should.
public final class MemorySecrets: SecretStore, @unchecked Sendable {
  /// Something that goes wrong inside the keystore.
  public struct Surprise: Error {
    /// Of no kind that anybody expects.
    public init() {}
  }

  private let lock = NSLock()
  private var secret: Data?
  private var count: UInt64?
  private var shut = false
  private var surprises = false

  /// Empty and open.
  public init() {}

  /// Whether it is shut, as before the phone is unlocked.
  public var isShut: Bool {
    get { lock.withLock { shut } }
    set { lock.withLock { shut = newValue } }
  }

  /// Whether every call throws something unknown.
  public var isBroken: Bool {
    get { lock.withLock { surprises } }
    set { lock.withLock { surprises = newValue } }
  }

  /// Loses the key, as a phone does that was restored from a copy.
  public func loseKey() {
    lock.withLock { secret = nil }
  }

  /// Has another key than the store.
  public func replaceKey() {
    lock.withLock { secret = Data(repeating: 7, count: secret?.count ?? 32) }
  }

  /// Whether there is a key.
  public var hasKey: Bool { lock.withLock { secret != nil } }

  public func load() throws -> Data? { try use { secret } }

  public func save(secret new: Data) throws { try use { secret = new } }

  public func delete() throws {
    try use {
      secret = nil
      count = nil
    }
  }

  public func opens() throws -> UInt64? { try use { count } }

  public func saveOpens(opens: UInt64) throws { try use { count = opens } }

  private func use<Answer>(_ body: () throws -> Answer) throws -> Answer {
    try lock.withLock {
      if surprises { throw Surprise() }
      if shut { throw HostError.Locked }
      return try body()
    }
  }
}
