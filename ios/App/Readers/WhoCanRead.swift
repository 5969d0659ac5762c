import BelayCore
import BelayKit
import BelayWords
import SwiftUI

/// The way to "who can read this", on every thing; it is asked only when somebody wants to know.
struct WhoCanRead: View {
  let services: Services
  let item: Readable
  /// Which thing, for whoever hears several of these buttons on one page.
  var about: String? = nil
  @State private var isOpen = false
  private var words: any Words { services.words }

  var body: some View {
    VStack(alignment: .leading, spacing: Tokens.Spaces.xs) {
      Button(isOpen ? words.readersHide : words.readersTitle) { isOpen.toggle() }
        .buttonStyle(QuietButton(.sky)).accessibilityHint(about ?? "")
      if isOpen { Holding(WhoModel(services, item)) { WhoLines(model: $0) } }
    }
  }
}

/// Who can read it, one line each.
struct WhoLines: View {
  let model: WhoModel
  private var words: any Words { model.services.words }

  var body: some View {
    LoadableView(page: model.page, words: words, retry: model.retry) { readers in
      Card(.sky) {
        ForEach(Array(words.sentences(readers).enumerated()), id: \.offset) { _, line in
          Text(line).font(.label).foregroundStyle(Color.onSkySoft)
        }
      }
    }
    .keptFresh(model)
  }
}
