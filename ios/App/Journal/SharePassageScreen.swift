import BelayCore
import BelayKit
import BelayWords
import SwiftUI

/// A passage as a copy: which words, for whom, exactly as they will see it, and then the yes.
struct SharePassageScreen: View {
  @Bindable var model: SharePassageModel
  private var words: any Words { model.services.words }

  var body: some View {
    PageScroll {
      LoadableView(page: model.page, words: words, retry: model.retry) { page in
        FieldRow(name: words.journalShareHint, text: $model.text)
        AlongChoices(model: model, attachments: page.attachments)
        Heading(words.journalShareWho)
        if page.partners.isEmpty {
          EmptyPage(title: words.journalShareNobodyTitle, text: words.journalShareNobodyBody)
        }
        ChipFlow {
          ForEach(page.partners, id: \.space) { partner in
            Chip(text: partner.name, chosen: model.space == partner.space) {
              Task { await model.show(to: partner.space) }
            }
          }
        }
        if let preview = model.preview { seen(preview) }
        TroubleBar(model: model)
      }
    }
    .navigationTitle(words.journalBarShare)
    .navigationBarTitleDisplayMode(.inline)
    .keptFresh(model)
  }

  @ViewBuilder private func seen(_ preview: PassagePreviewView) -> some View {
    Heading(words.journalShareSees(name: preview.partner))
    Card(.rope) {
      Text(preview.passage.text).font(.writing).foregroundStyle(Color.onRopeSoft)
      ForEach(preview.attachments, id: \.id) { one in
        AttachmentFacts(attachment: one, small: model.thumbnails[one.id], words: words)
          .foregroundStyle(Color.onRopeSoft)
      }
    }
    Note(words.journalShareHonest(name: preview.partner))
    if !preview.compared {
      Card(.clay) {
        Text(words.journalShareNotCompared(name: preview.partner))
          .foregroundStyle(Color.onClaySoft)
        Button(words.journalShareCompare) {
          model.services.router.replace(with: .compare(space: preview.space))
        }
        .buttonStyle(QuietButton(.clay))
        Toggle(words.journalShareAnyway, isOn: $model.saidYesAgain)
      }
    }
    Button(words.journalShareGive(name: preview.partner)) {
      Task {
        await model.give()
        if model.given != nil { model.services.router.back() }
      }
    }
    .buttonStyle(MainButton())
    .disabled(model.needsSecondYes || model.giving)
  }
}

/// Entries that were deleted: back, or gone for good.
struct DeletedEntriesScreen: View {
  let model: DeletedEntriesModel
  private var words: any Words { model.services.words }

  var body: some View {
    PageScroll {
      Note(words.journalDeletedLead)
      TroubleBar(model: model)
      Holding(SetAsideModel(model.services)) { SetAsideSection(model: $0) }
      if model.isHidden { Note(words.setAsideHidden) }
      LoadableView(page: model.page, words: words, retry: model.retry) { deleted in
        if deleted.isEmpty {
          EmptyPage(title: words.journalDeletedEmptyTitle, text: words.journalDeletedEmptyBody)
        }
        ForEach(deleted, id: \.entry.name) { entry in row(entry) }
      }
      if !model.kept.isEmpty {
        Card(.rope) {
          Text(words.journalErasePassages(names: words.list(model.kept.map(\.partner))))
            .foregroundStyle(Color.onRopeSoft)
        }
      }
    }
    .navigationTitle(words.journalDeletedTitle)
    .keptFresh(model)
    .confirmationDialog(
      words.journalEraseQuestion, isPresented: asking, titleVisibility: .visible
    ) {
      Button(words.journalEraseNow, role: .destructive) { Task { await model.erase() } }
      Button(words.journalEraseKeep, role: .cancel) {}
    } message: {
      Text(words.journalEraseBody)
    }
  }

  private var asking: Binding<Bool> {
    let model = model
    return Binding(get: { model.asking != nil }, set: { if !$0 { model.asking = nil } })
  }

  private func row(_ deleted: DeletedEntryView) -> some View {
    Card {
      Note(model.services.spoken.day(deleted.entry.on))
      Text(deleted.entry.title ?? deleted.entry.excerpt).font(.writing)
      let time = model.services.spoken.moment(deleted.erasedAtMs)
      Note(deleted.eraseAsked ? words.setAsideWaits(time: time) : words.journalDeletedUntil(day: time))
      Button(words.journalBringBack) { Task { await model.restore(deleted.entry.name) } }
        .buttonStyle(QuietButton())
      if !deleted.eraseAsked {
        Button(words.journalEraseNow) { model.asking = deleted.entry.name }
          .buttonStyle(QuietButton(.clay))
      }
    }
  }
}
