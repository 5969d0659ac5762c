import BelayCore
import BelayKit
import BelayWords
import SwiftUI

/// Where recovery words, or shares, are typed. What is wrong with them is said while they are.
struct WordsField: View {
  let name: String
  @Bindable var typed: TypedWords
  let words: any Words

  var body: some View {
    VStack(alignment: .leading, spacing: Tokens.Spaces.s) {
      // A keyboard must neither change such a word nor learn it.
      FieldRow(name: name, text: $typed.text)
        .textInputAutocapitalization(.never).autocorrectionDisabled().privacySensitive()
      if let look = typed.look { said(look) }
    }
  }

  @ViewBuilder private func said(_ look: TypedWordsView) -> some View {
    switch look.verdict {
    case .goOn: Note(words.restoreWordsSoFar(count: Int(look.typed)))
    case .mistyped:
      ForEach(look.mistyped, id: \.position) { slip in
        Text(words.recoveryMistyped(position: String(slip.position), nearest: slip.nearest))
          .foregroundStyle(Color.clay)
        Button(words.pairingMistypedUse(nearest: slip.nearest)) { typed.take(nearestOf: slip) }
          .buttonStyle(QuietButton(.clay))
      }
    case .tooMany:
      Text(words.restoreWordsTooMany(count: Int(look.typed - look.needed)))
        .foregroundStyle(Color.clay)
    case .wrongTogether: Text(words.restoreWordsTogether).foregroundStyle(Color.clay)
    case .whole: Note(words.restoreWordsRight)
    }
  }
}
