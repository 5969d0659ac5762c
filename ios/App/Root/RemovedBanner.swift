import BelayKit
import BelayWords
import SwiftUI

/// Says on every place that another own device removed this one, and leads to what that means.
struct RemovedBanner: View {
  let model: StandingModel
  private var words: any Words { model.services.words }

  var body: some View {
    VStack(spacing: 0) {
      if model.isRemoved {
        Card(.clay) {
          Text(words.devicesGoneTitle)
            .font(.text.weight(.medium)).foregroundStyle(Color.onClaySoft)
          Button(words.devicesGoneLook) { model.services.router.go(.ownDevices) }
            .buttonStyle(QuietButton(.clay))
        }
        .padding(Tokens.Spaces.l)
      }
    }
    .keptFresh(model)
  }
}
