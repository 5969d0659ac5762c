import BelayCore
import BelayKit
import BelayWords
import Foundation
import SwiftUI

/// What is attached to an entry, what goes in when it is saved, and the ways to add something.
struct AttachmentsSection: View {
  @Bindable var model: AttachmentsModel
  private var words: any Words { model.services.words }

  var body: some View {
    VStack(alignment: .leading, spacing: Tokens.Spaces.m) {
      Heading(words.attachmentsTitle)
      TroubleBar(model: model)
      LoadableView(page: model.page, words: words, retry: model.retry) { attachments in
        ForEach(attachments, id: \.id) { AttachmentCard(model: model, attachment: $0) }
        if model.isIncomplete { missing }
      }
      said
      ForEach(model.waiting) { WaitingCard(model: model, waiting: $0) }
      if model.doing == .adding { ProgressView(words.attachmentsAdding) }
      AddAttachment(model: model)
    }
    .keptFresh(model)
    .onDisappear { Task { await model.left() } }
    .confirmationDialog(
      words.attachmentsRemoveQuestion, isPresented: asking, titleVisibility: .visible
    ) {
      Button(words.attachmentsRemoveYes, role: .destructive) { Task { await model.remove() } }
      Button(words.attachmentsKeep, role: .cancel) {}
    } message: {
      Text(words.attachmentsRemoveBody)
    }
  }

  @ViewBuilder private var missing: some View {
    Note(words.attachmentsNotHereHelp)
    Button(words.attachmentsGet) { Task { await model.get() } }
      .buttonStyle(QuietButton()).disabled(!model.isFree)
  }

  @ViewBuilder private var said: some View {
    switch model.said {
    case .noMicrophone: Note(words.attachmentsNoMicrophone)
    case .noRecording: Note(words.attachmentsNoRecording)
    case .looked: Note(words.attachmentsLooking)
    case .quota: Card(.sky) { Text(words.attachmentsQuota).foregroundStyle(Color.onSkySoft) }
    case .trouble(let problem): ProblemCard(problem: problem, words: words)
    case nil: EmptyView()
    }
  }

  private var asking: Binding<Bool> {
    let model = model
    return Binding(get: { model.removing != nil }, set: { if !$0 { model.removing = nil } })
  }
}

/// One attachment: its small picture, what it is, whether it is here, and what can be done with it.
struct AttachmentCard: View {
  let model: AttachmentsModel
  let attachment: AttachmentView
  private var words: any Words { model.services.words }
  private var name: String { words.name(attachment.name, attachment.kind) }

  var body: some View {
    Card {
      AttachmentFacts(
        attachment: attachment, small: model.thumbnails[attachment.id], words: words)
      if attachment.state == .here {
        Button(words.attachmentsOpen(name: name)) { Task { await model.open(attachment) } }
          .buttonStyle(QuietButton()).disabled(!model.isFree)
      }
      Button(words.attachmentsRemove(name: name)) { model.removing = attachment }
        .buttonStyle(QuietButton(.clay))
    }
  }
}

/// Something that goes in when the entry is saved: how large it is, and the way to take it out again.
struct WaitingCard: View {
  let model: AttachmentsModel
  let waiting: WaitingAttachment
  private var words: any Words { model.services.words }
  private var name: String { words.name(waiting.name, waiting.kind) }

  var body: some View {
    Card(.mine) {
      Text(name).font(.text.weight(.medium)).foregroundStyle(Color.onMineSoft)
      Text(words.attachmentsWaits(size: size(waiting.bytes))).foregroundStyle(Color.onMineSoft)
      if let refused = model.refused.first(where: { $0.waiting == waiting }) {
        Text(words.attachmentsNotAttached(name: name)).foregroundStyle(Color.onMineSoft)
        ProblemCard(problem: refused.problem, words: words)
      }
      Button(words.attachmentsTakeOut(name: name)) { model.takeOut(waiting) }
        .buttonStyle(QuietButton()).disabled(!model.isFree)
    }
  }
}

/// The ways to add something.
struct AddAttachment: View {
  let model: AttachmentsModel
  private var words: any Words { model.services.words }

  var body: some View {
    if model.doing == .recording {
      Card(.clay) {
        Text(words.attachmentsRecording).foregroundStyle(Color.onClaySoft)
        Text(words.attachmentsRecordingHelp).foregroundStyle(Color.onClaySoft)
        Button(words.attachmentsVoiceStop) { model.keepRecording() }.buttonStyle(MainButton())
        Button(words.attachmentsDiscard) { model.dropRecording() }
          .buttonStyle(QuietButton(.clay))
      }
    } else {
      way(words.attachmentsPhoto, words.attachmentsPhotoHelp, model.addPhoto)
      way(words.attachmentsVoice, words.attachmentsVoiceHelp, model.record)
      way(words.attachmentsFile, words.attachmentsFileHelp, model.addFile)
    }
  }

  @ViewBuilder private func way(
    _ name: String, _ help: String, _ action: @escaping @MainActor () async -> Void
  ) -> some View {
    Button(name) { Task { await action() } }.buttonStyle(QuietButton()).disabled(!model.isFree)
    Note(help)
  }
}

extension Words {
  /// What an attachment is called: its own name, or what it is.
  func name(_ name: String, _ kind: AttachmentKind) -> String {
    name.isEmpty ? word(kind) : name
  }

  func word(_ kind: AttachmentKind) -> String {
    switch kind {
    case .photo: attachmentsKindPhoto
    case .voiceMemo: attachmentsKindVoice
    case .file: attachmentsKindFile
    }
  }
}

/// So many bytes, as the person's system says it.
func size(_ bytes: UInt64) -> String {
  ByteCountFormatter.string(fromByteCount: Int64(clamping: bytes), countStyle: .file)
}
