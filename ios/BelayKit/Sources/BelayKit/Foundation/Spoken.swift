import BelayCore
import BelayWords
import Foundation

/// Days and times in the person's own language and habits. What day it is, and whether something is late, the
/// core has said.
@MainActor
public struct Spoken {
  private static let minute: Int64 = 60_000
  private static let hour: Int64 = 60 * minute
  private static let day: Int64 = 24 * hour
  private static let week: Int64 = 7 * day

  private let words: any Words
  private let locale: Locale
  private let clock: any WallClock

  /// Speaks with these words; the language is a BCP 47 tag.
  public init(words: any Words, language: String, clock: any WallClock) {
    self.words = words
    self.locale = Locale(identifier: language)
    self.clock = clock
  }

  /// A civil day: "Sunday 22 November", with the year where it is another one.
  public func day(_ on: CivilDay) -> String {
    guard let date = Self.date(of: on) else { return on }
    let thisYear = on.prefix(4) == Self.text(of: clock.nowMs, zone: clock.zoneName).prefix(4)
    return format(date, thisYear ? "EEEEdMMMM" : "EEEEdMMMMy", .gmt)
  }

  /// A civil day, short: "22 Nov".
  public func shortDay(_ on: CivilDay) -> String {
    guard let date = Self.date(of: on) else { return on }
    return format(date, "dMMM", .gmt)
  }

  /// The month of a day: "November 2026".
  public func month(_ on: CivilDay) -> String {
    guard let date = Self.date(of: on) else { return on }
    return format(date, "MMMMy", .gmt)
  }

  /// The name of a day's weekday: "Tuesday".
  public func weekday(_ on: CivilDay) -> String {
    guard let date = Self.date(of: on) else { return on }
    return format(date, "EEEE", .gmt)
  }

  /// A time of the clock: "21:40".
  public func time(_ atMs: Int64) -> String {
    let zone = TimeZone(identifier: clock.zoneName) ?? .gmt
    let formatter = formatter(zone)
    formatter.timeStyle = .short
    formatter.dateStyle = .none
    return formatter.string(from: Date(timeIntervalSince1970: TimeInterval(atMs) / 1000))
  }

  /// A day and a time: "22 Nov, 21:40".
  public func moment(_ atMs: Int64) -> String {
    let on = Self.text(of: atMs, zone: clock.zoneName)
    return shortDay(on) + ", " + time(atMs)
  }

  private func format(_ date: Date, _ template: String, _ zone: TimeZone) -> String {
    let formatter = formatter(zone)
    formatter.setLocalizedDateFormatFromTemplate(template)
    return formatter.string(from: date)
  }

  private func formatter(_ zone: TimeZone) -> DateFormatter {
    let formatter = DateFormatter()
    formatter.locale = locale
    formatter.calendar = Calendar(identifier: .gregorian)
    formatter.timeZone = zone
    return formatter
  }

  /// Noon of a civil day, so that no zone can move it to another.
  private static func date(of on: CivilDay) -> Date? {
    let parts = on.split(separator: "-").compactMap { Int($0) }
    guard parts.count == 3 else { return nil }
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = .gmt
    return calendar.date(
      from: DateComponents(year: parts[0], month: parts[1], day: parts[2], hour: 12))
  }

  private static func text(of atMs: Int64, zone: String) -> CivilDay {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = TimeZone(identifier: zone) ?? .gmt
    let parts = calendar.dateComponents(
      [.year, .month, .day], from: Date(timeIntervalSince1970: TimeInterval(atMs) / 1000))
    let year = String(parts.year ?? 0)
    let month = String(parts.month ?? 0)
    let day = String(parts.day ?? 0)
    return [year, month, day].map { $0.count < 2 ? "0" + $0 : $0 }.joined(separator: "-")
  }
}
