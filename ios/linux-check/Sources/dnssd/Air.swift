// swift-format-ignore-file
import Foundation

/// The network of the stand-in: what is registered in this program, and nothing else.
public final class _Air: @unchecked Sendable {
  public struct Shown: Equatable, Sendable {
    public let name: String
    public let kind: String
    public let host: String?
    public let port: UInt16
    public let text: [String: String]
  }

  public static let shared = _Air()
  private let lock = NSLock()
  private var shown: [OpaquePointer: Shown] = [:]
  private var watchers: [Int: @Sendable ([Shown]) -> Void] = [:]
  private var number = 0
  /// What the next registration is answered with.
  public var refuses: Int32 = 0

  /// Everything that is registered now.
  public var all: [Shown] { lock.withLock { sorted } }

  public func watch(_ told: @escaping @Sendable ([Shown]) -> Void) -> Int {
    let (mine, now) = lock.withLock {
      number += 1
      watchers[number] = told
      return (number, sorted)
    }
    told(now)
    return mine
  }

  public func forget(_ watch: Int) {
    lock.withLock { watchers[watch] = nil }
  }

  func show(_ one: Shown, as reference: OpaquePointer) {
    lock.withLock { shown[reference] = one }
    tellAll()
  }

  func take(_ reference: OpaquePointer) {
    if lock.withLock({ shown.removeValue(forKey: reference) }) != nil { tellAll() }
  }

  func find(_ name: String) -> Shown? { all.first { $0.name == name } }

  private var sorted: [Shown] { shown.values.sorted { $0.name < $1.name } }

  private func tellAll() {
    let (now, told) = lock.withLock { (sorted, Array(watchers.values)) }
    for one in told { one(now) }
  }
}
