import BelayKit
import BelayWords
import SwiftUI

/// The way to hand over to a new device in this room.
struct HandOverSection: View {
  let model: HandOverModel
  private var words: any Words { model.services.words }

  var body: some View {
    VStack(alignment: .leading, spacing: Tokens.Spaces.m) {
      TroubleBar(model: model)
      switch model.stage {
      case .none:
        Button(words.handOverBegin) { model.begin() }.buttonStyle(QuietButton())
        Note(words.handOverHelp)
      case .waiting:
        ProgressView(words.handOverWaiting)
        Note(words.handOverHelp)
        Button(words.pairingStop) { model.end() }.buttonStyle(QuietButton(.clay))
      case .came:
        Text(words.handOverCame)
        Button(words.commonClose) { model.end() }.buttonStyle(QuietButton())
      }
    }
    .onDisappear { model.end() }
  }
}
