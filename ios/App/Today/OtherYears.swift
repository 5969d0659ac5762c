import BelayCore
import BelayKit
import BelayWords
import SwiftUI

/// What was written on this day in other years, quietly below everything of the present one.
struct OtherYears: View {
  let years: [OnThisDayView]
  let services: Services
  private var words: any Words { services.words }

  var body: some View {
    if !years.isEmpty {
      Heading(words.todayYearsTitle)
      ForEach(years, id: \.on) { year in
        Card {
          Note(words.todayYearsAgo(count: Int(year.yearsAgo)))
          ForEach(Array(year.wins.enumerated()), id: \.offset) { _, win in Text(win) }
          ForEach(year.entries, id: \.name) { line in
            Button {
              services.router.go(.entry(name: line.name))
            } label: {
              Text(title(of: line)).font(.writing).multilineTextAlignment(.leading)
                .frame(maxWidth: .infinity, minHeight: Tokens.target, alignment: .leading)
            }
            .buttonStyle(.plain)
          }
        }
      }
    }
  }

  private func title(of line: EntryLineView) -> String {
    line.title ?? (line.excerpt.isEmpty ? words.journalUntitled : line.excerpt)
  }
}
