import BelayCore
import BelayKit
import BelayWords
import SwiftUI

/// What was given along with a passage, by the partner or by the person: each with its small picture, whether it is
/// here, and the way to open it or to look for it.
struct GivenAttachments: View {
  let model: GivenModel
  let attachments: [AttachmentView]
  let partner: String
  var isOwn = false
  private var words: any Words { model.services.words }

  var body: some View {
    if !attachments.isEmpty {
      VStack(alignment: .leading, spacing: Tokens.Spaces.m) {
        Text(isOwn ? words.attachmentsGivenOwnTitle : words.attachmentsGivenTitle).font(.label)
          .accessibilityAddTraits(.isHeader)
        ForEach(attachments, id: \.id) { one in
          AttachmentFacts(attachment: one, small: model.thumbnails[one.id], words: words)
          if one.state == .here { open(one) }
        }
        if attachments.isIncomplete { missing }
      }
      .foregroundStyle(Color.onRopeSoft)
      .task(id: attachments) { await model.draw(attachments) }
    }
  }

  private func open(_ one: AttachmentView) -> some View {
    Button(words.attachmentsOpen(name: words.name(one.name, one.kind))) {
      Task { await model.open(one) }
    }
    .buttonStyle(QuietButton(.rope)).disabled(!model.isFree)
  }

  @ViewBuilder private var missing: some View {
    Text(isOwn ? words.attachmentsNotHereHelp : words.attachmentsGivenNotHereHelp(name: partner))
      .font(.label)
    if model.hasLooked { Text(words.attachmentsLooking).font(.label) }
    Button(words.attachmentsGet) { Task { await model.get() } }
      .buttonStyle(QuietButton(.rope)).disabled(!model.isFree)
  }
}

/// What can go along with a passage: nothing does unless it is chosen.
struct AlongChoices: View {
  let model: SharePassageModel
  let attachments: [AttachmentView]
  private var words: any Words { model.services.words }

  var body: some View {
    if !attachments.isEmpty {
      Heading(words.attachmentsGiveTitle)
      Note(words.attachmentsGiveLead)
      ForEach(attachments, id: \.id) { one in
        Card {
          if one.state == .here {
            Toggle(isOn: chosen(one)) { facts(one) }.frame(minHeight: Tokens.target)
          } else {
            facts(one)
            Note(words.attachmentsGiveNotHere(name: words.name(one.name, one.kind)))
          }
        }
      }
    }
  }

  private func facts(_ one: AttachmentView) -> some View {
    AttachmentFacts(attachment: one, small: model.thumbnails[one.id], words: words)
  }

  private func chosen(_ one: AttachmentView) -> Binding<Bool> {
    let model = model
    return Binding(
      get: { model.along.contains(one.id) }, set: { _ in Task { await model.toggle(one) } })
  }
}
