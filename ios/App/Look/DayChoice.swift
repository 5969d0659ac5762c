import BelayCore
import BelayKit
import BelayWords
import Foundation
import SwiftUI

/// Chooses a day, up to the last one that can be chosen where there is one; which that is, the core says.
struct DayChoice: View {
  let name: String
  let day: CivilDay
  var last: CivilDay? = nil
  let spoken: Spoken
  let choose: @MainActor (CivilDay) -> Void

  var body: some View {
    Group {
      if let last {
        DatePicker(name, selection: chosen, in: ...spoken.date(of: last), displayedComponents: [.date])
      } else {
        DatePicker(name, selection: chosen, displayedComponents: [.date])
      }
    }
    .frame(minHeight: Tokens.target)
  }

  private var chosen: Binding<Date> {
    let (spoken, choose, shown) = (spoken, choose, day)
    return Binding(get: { spoken.date(of: shown) }, set: { choose(spoken.civilDay(of: $0)) })
  }
}
