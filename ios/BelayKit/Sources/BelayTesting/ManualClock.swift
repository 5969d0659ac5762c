import BelayCore
import Foundation

/// A clock to move by hand, in a zone to change by hand.
public final class ManualClock: HostClock, @unchecked Sendable {
  private let lock = NSLock()
  private var now: Int64
  private var zone: TimeZone

  /// Begins on a Sunday evening in November 2026 in Berlin, unless told otherwise.
  public init(nowMs: Int64 = 1_795_377_600_000, zone: String = "Europe/Berlin") {
    now = nowMs
    self.zone = TimeZone(identifier: zone) ?? .gmt
  }

  /// Begins with the machine's own time, as a relay expects it.
  public static func atTheRelaysTime() -> ManualClock {
    ManualClock(nowMs: Int64(Date().timeIntervalSince1970 * 1000))
  }

  public func nowMs() -> Int64 { lock.withLock { now } }

  public func zoneName() -> String { lock.withLock { zone.identifier } }

  public func offsetSeconds(atMs: Int64) -> Int32? {
    lock.withLock {
      Int32(zone.secondsFromGMT(for: Date(timeIntervalSince1970: TimeInterval(atMs) / 1000)))
    }
  }

  /// Moves on.
  public func advance(hours: Int64 = 0, minutes: Int64 = 0, seconds: Int64 = 0) {
    lock.withLock { now += ((hours * 60 + minutes) * 60 + seconds) * 1000 }
  }

  /// Goes somewhere else.
  public func travel(to name: String) {
    lock.withLock { zone = TimeZone(identifier: name) ?? zone }
  }
}
