import BelayCore
import BelayKit
import BelayWords
import SwiftUI

/// A line: who answers, when, in which languages, and where that is known from.
struct CrisisLineCard: View {
  let line: CrisisLineView
  let dated: String
  let words: any Words
  let reach: @MainActor () -> Void
  @State private var showsSources = false

  var body: some View {
    Card {
      Text(line.organisation).font(.text.weight(.medium))
      if !line.forWhom.isEmpty { Note(words.helpForWhom(whom: line.forWhom)) }
      Note(line.hours.map { words.helpHours(hours: $0) } ?? words.helpHoursUnknown)
      if let languages = line.languages { Note(words.helpLanguages(languages: languages)) }
      Button(action: reach) { Text(action) }.buttonStyle(MainButton())
      Note(dated)
      if line.readWithCare { Note(words.helpReadWithCare) }
      Button(showsSources ? words.helpSourcesHide : words.helpSourcesShow) {
        showsSources.toggle()
      }
      .buttonStyle(QuietButton(.sky))
      if showsSources {
        ForEach(line.sources, id: \.self) { Text($0).font(.small).textSelection(.enabled) }
      }
    }
  }

  private var action: String {
    switch line.channel {
    case .call: words.helpCallNumber(number: line.address)
    case .text: words.helpWriteTo(address: line.address)
    case .chat, .web: line.address
    }
  }
}
