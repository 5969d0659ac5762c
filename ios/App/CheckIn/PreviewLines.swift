import BelayCore
import BelayKit
import BelayWords
import SwiftUI

/// Exactly what a partner will see: the check-in, and what came of goals with the words beside it.
struct PreviewLines: View {
  let preview: PreviewView
  let services: Services
  private var words: any Words { services.words }

  var body: some View {
    if let seen = preview.checkIn { SharedCheckInLines(checkIn: seen, services: services) }
    ForEach(Array(preview.outcomes.enumerated()), id: \.offset) { _, seen in
      VStack(alignment: .leading, spacing: Tokens.Spaces.xs) {
        Text(words.todayAnswered(name: seen.goalTitle, answer: words.word(seen.outcome.status)))
        ForEach(said(seen.outcome), id: \.self) { Text($0).font(.label) }
        if seen.outcome.late { Note(words.peopleSharedLate) }
      }
      .foregroundStyle(Color.onRopeSoft)
      .accessibilityElement(children: .combine)
    }
  }

  private func said(_ outcome: SharedOutcome) -> [String] {
    [outcome.reason, outcome.note].compactMap { $0 }
  }
}
