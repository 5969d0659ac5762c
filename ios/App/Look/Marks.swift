import BelayCore
import BelayKit
import BelayWords
import SwiftUI

/// What came of a goal on a day, as one sign. The sign alone is enough to tell them apart.
struct DaySign: View {
  let mark: DayMark

  var body: some View {
    Text(sign).font(.label.monospacedDigit()).foregroundStyle(colour)
  }

  private var sign: String {
    switch mark {
    case .done: "●"
    case .partly: "◐"
    case .skipped: "⊖"
    case .notDone: "○"
    case .nothing: "·"
    case .notDue: " "
    }
  }

  private var colour: Color {
    switch mark {
    case .done, .partly: .mine
    case .skipped, .notDone, .nothing, .notDue: .ink2
    }
  }
}

/// The last fourteen days: fourteen small signs, and one sentence that says the same.
struct Last14Row: View {
  let last14: Last14
  let words: any Words

  var body: some View {
    VStack(alignment: .leading, spacing: Tokens.Spaces.xs) {
      HStack(spacing: Tokens.Spaces.xs) {
        // Fourteen signs stay beside each other however large the type is.
        ForEach(last14.days, id: \.on) { day in
          DaySign(mark: day.mark).lineLimit(1).minimumScaleFactor(0.5)
        }
      }
      .accessibilityHidden(true)
      Text(words.sentence(last14)).font(.label).foregroundStyle(Color.ink2)
    }
  }
}

extension Words {
  /// "11 of the last 14", and nothing that scolds.
  func sentence(_ last14: Last14) -> String {
    guard last14.of > 0 else { return goalsJustBegun }
    let done = goalsDoneOf(done: String(last14.done), count: Int(last14.of))
    guard last14.partly > 0 else { return done }
    return commonComma(first: done, rest: goalsPartlyToo(count: Int(last14.partly)))
  }

  /// A mark in words.
  func word(_ mark: DayMark) -> String {
    switch mark {
    case .done: outcomesDone
    case .partly: outcomesPartly
    case .skipped: outcomesSkipped
    case .notDone: outcomesNotDone
    case .nothing: frameMarkNothing
    case .notDue: frameMarkNotDue
    }
  }

  /// Where a shared copy is.
  func sentence(_ delivery: DeliveryView, to name: String) -> String {
    switch delivery {
    case .held: deliveryHeldPlain
    case .queued: deliveryQueued(name: name)
    case .paused: deliveryPaused(name: name)
    case .onRelay: deliveryOnRelay
    case .received: deliveryReceived(name: name)
    }
  }
}
