import BelayCore
import Foundation

/// The device's own clock and zone, as the core asks for them.
public final class SystemHost: HostClock, Sendable {
  /// Nothing to set.
  public init() {}

  public func nowMs() -> Int64 { Int64((Date().timeIntervalSince1970 * 1000).rounded(.down)) }

  public func zoneName() -> String { TimeZone.autoupdatingCurrent.identifier }

  public func offsetSeconds(atMs: Int64) -> Int32? {
    let date = Date(timeIntervalSince1970: TimeInterval(atMs) / 1000)
    return Int32(TimeZone.autoupdatingCurrent.secondsFromGMT(for: date))
  }
}
