import BelayCore
import BelayWords
import Foundation
import SwiftUI

/// What is known of an attachment: its small picture, what it is called, what it is, and whether it is here.
struct AttachmentFacts: View {
  let attachment: AttachmentView
  let small: Data?
  let words: any Words
  private var name: String { words.name(attachment.name, attachment.kind) }

  var body: some View {
    VStack(alignment: .leading, spacing: Tokens.Spaces.s) {
      if let small {
        SmallPicture(data: small, description: words.attachmentsPicture(name: name))
      }
      Text(name).font(.text.weight(.medium))
      Text(
        words.attachmentsKindAndSize(
          kind: words.word(attachment.kind), size: size(attachment.bytes))
      ).font(.label)
      switch attachment.state {
      case .here: EmptyView()
      case .coming(let held, let of):
        Text(words.attachmentsComing(percent: String(of == 0 ? 0 : held * 100 / of))).font(.label)
      case .notHereYet: Text(words.attachmentsNotHere).font(.label)
      }
    }
  }
}
