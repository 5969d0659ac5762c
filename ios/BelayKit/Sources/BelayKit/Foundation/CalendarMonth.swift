import BelayCore
import Foundation

/// A month as a wall calendar has it: weeks of seven places, the first and last of them partly empty. Which day it
/// is today, and what happened on a day, the core says.
public struct CalendarMonth: Equatable, Sendable {
  private static let monthsOfYear = 12
  private static let signsOfYear = 4
  private let year: Int
  private let month: Int

  private init(year: Int, month: Int) {
    self.year = year
    self.month = month
  }

  /// The month of a day; `nil` for a text that names none.
  public init?(of day: CivilDay) {
    let parts = day.split(separator: "-").compactMap { Int($0) }
    guard parts.count == 3, (1...Self.monthsOfYear).contains(parts[1]) else { return nil }
    self.init(year: parts[0], month: parts[1])
  }

  /// Its first day.
  public var first: CivilDay { name(of: 1) }

  /// The month so many months later, or before.
  public func moved(by months: Int) -> CalendarMonth {
    let at = year * Self.monthsOfYear + month - 1 + months
    return CalendarMonth(
      year: Int((Double(at) / Double(Self.monthsOfYear)).rounded(.down)),
      month: (at % Self.monthsOfYear + Self.monthsOfYear) % Self.monthsOfYear + 1)
  }

  /// Its weeks, each of seven places, beginning on this weekday; `nil` where a place belongs to another month.
  public func weeks(from start: Weekday) -> [[CivilDay?]] {
    let week = Weekday.week.count
    let blank = (weekdayOfFirst - (Weekday.week.firstIndex(of: start) ?? 0) + week) % week
    var places: [CivilDay?] = Array(repeating: nil, count: blank)
    places += (1...length).map(name)
    places += Array(repeating: nil, count: (week - places.count % week) % week)
    return stride(from: 0, to: places.count, by: week).map { Array(places[$0..<$0 + week]) }
  }

  /// The number of a day in its month.
  public static func number(of day: CivilDay) -> Int { Int(day.suffix(2)) ?? 0 }

  private func name(of day: Int) -> CivilDay {
    let padded = [month, day].map { $0 < 10 ? "0\($0)" : "\($0)" }
    let years = String(year)
    let filled = String(repeating: "0", count: max(0, Self.signsOfYear - years.count)) + years
    return ([filled] + padded).joined(separator: "-")
  }

  private static var calendar: Calendar {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = .gmt
    return calendar
  }

  private var firstDate: Date {
    Self.calendar.date(from: DateComponents(year: year, month: month, day: 1)) ?? .distantPast
  }

  private var length: Int {
    Self.calendar.range(of: .day, in: .month, for: firstDate)?.count ?? 0
  }

  /// From Monday, which is 0; Foundation counts from Sunday, which is 1.
  private var weekdayOfFirst: Int {
    (Self.calendar.component(.weekday, from: firstDate) + 5) % Weekday.week.count
  }
}
