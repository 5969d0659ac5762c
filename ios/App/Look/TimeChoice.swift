import BelayWords
import Foundation
import SwiftUI

/// Chooses a time of the clock on the wall, as the core says one: `22:00`.
struct TimeChoice: View {
  let name: String
  @Binding var time: String

  var body: some View {
    DatePicker(name, selection: chosen, displayedComponents: [.hourAndMinute])
      .frame(minHeight: Tokens.target)
  }

  private var chosen: Binding<Date> {
    let time = $time
    return Binding(
      get: { Self.date(of: time.wrappedValue) }, set: { time.wrappedValue = Self.text(of: $0) })
  }

  static func date(of time: String) -> Date {
    let parts = time.split(separator: ":").compactMap { Int($0) }
    let whole = DateComponents(hour: parts.first ?? 0, minute: parts.count > 1 ? parts[1] : 0)
    return Calendar.current.nextDate(
      after: .distantPast, matching: whole, matchingPolicy: .nextTime) ?? .distantPast
  }

  static func text(of date: Date) -> String {
    let parts = Calendar.current.dateComponents([.hour, .minute], from: date)
    return [parts.hour ?? 0, parts.minute ?? 0].map { $0 < 10 ? "0\($0)" : "\($0)" }.joined(separator: ":")
  }
}
