import BelayCore
import BelayWords
import Foundation

/// Days and times in the person's own language and habits. What day it is, and whether something is late, the
/// core has said.
@MainActor
public struct Spoken {
  private static let minute: Int64 = 60_000
  private static let hour: Int64 = 60 * minute
  /// After so many hours the day says more.
  private static let hoursSaid: Int64 = 12

  private let words: any Words
  let locale: Locale
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

  /// The date of a source, no more exact than it is: "2 June 2026", "June 2026", "2026".
  public func sourceDate(_ text: String) -> String {
    switch text.split(separator: "-").count {
    case 3: Self.date(of: text).map { format($0, "dMMMMy", .gmt) } ?? text
    case 2: month(text + "-01")
    default: text
    }
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

  /// How long ago: "just now", "12 min ago", "2 h ago", then the day and the time. A clock that is ahead is now.
  public func ago(_ atMs: Int64) -> String {
    let past = clock.nowMs - atMs
    switch past {
    case ..<Self.minute: return words.timesJustNow
    case ..<Self.hour: return words.timesMinutesAgo(count: Int(past / Self.minute))
    case ..<(Self.hoursSaid * Self.hour): return words.timesHoursAgo(count: Int(past / Self.hour))
    default:
      let on = Self.text(of: atMs, zone: clock.zoneName)
      return words.frameDayAndTime(day: nearDay(on), time: time(atMs))
    }
  }

  /// How fresh a partner's words are, and which day it is about for them: "as of 2 h ago, their Tuesday".
  public func asOf(_ atMs: Int64, theirDay: CivilDay) -> String {
    guard let weekday = Self.weekday(of: theirDay) else { return ago(atMs) }
    return words.timesAsOf(ago: ago(atMs), day: words.theirWord(weekday))
  }

  /// A moment within a day, for a control that knows moments only.
  public func date(of on: CivilDay) -> Date {
    let noon = Self.date(of: on) ?? .distantPast
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = .gmt
    let parts = calendar.dateComponents([.year, .month, .day, .hour], from: noon)
    calendar.timeZone = TimeZone(identifier: clock.zoneName) ?? .gmt
    return calendar.date(from: parts) ?? noon
  }

  /// The day of a moment that such a control gave.
  public func civilDay(of date: Date) -> CivilDay {
    Self.text(of: Int64(date.timeIntervalSince1970 * 1000), zone: clock.zoneName)
  }

  /// The weekday on which a week begins where the person lives.
  public var weekStart: Weekday {
    var calendar = Calendar(identifier: .gregorian)
    calendar.locale = locale
    // Foundation counts from Sunday, which is 1.
    return Weekday.week[(calendar.firstWeekday + 5) % Weekday.week.count]
  }

  /// The day by the clock on the wall, for a calendar to begin with. Which day something is about, the core says.
  public var today: CivilDay { Self.text(of: clock.nowMs, zone: clock.zoneName) }

  /// The day so many days later, or before.
  public func moved(_ on: CivilDay, by days: Int) -> CivilDay { Self.moved(on, by: days) ?? on }

  /// "today", "yesterday", else the day.
  public func nearDay(_ on: CivilDay) -> String {
    let today = Self.text(of: clock.nowMs, zone: clock.zoneName)
    if on == today { return words.frameToday }
    if on == Self.dayBefore(today) { return words.frameYesterday }
    return shortDay(on)
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

  private static func weekday(of on: CivilDay) -> Weekday? {
    guard let date = date(of: on) else { return nil }
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = .gmt
    // Foundation counts from Sunday, which is 1.
    return Weekday.week[(calendar.component(.weekday, from: date) + 5) % 7]
  }

  private static func dayBefore(_ on: CivilDay) -> CivilDay? { moved(on, by: -1) }

  private static func moved(_ on: CivilDay, by days: Int) -> CivilDay? {
    let day: TimeInterval = 24 * 60 * 60
    return date(of: on).map {
      text(of: Int64(($0.timeIntervalSince1970 + TimeInterval(days) * day) * 1000), zone: "GMT")
    }
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
