import BelayCore
import BelayKit
import BelayWords
import SwiftUI

/// Who sees it: a chip a partner that opens exactly what they will see, with a switch a field.
struct ShareStrip: View {
  let model: CheckInModel
  let form: CheckInFormView
  private var words: any Words { model.services.words }

  var body: some View {
    VStack(alignment: .leading, spacing: Tokens.Spaces.s) {
      Heading(words.checkInShareTitle)
      if form.partners.isEmpty { Note(words.checkInShareNobody) }
      ForEach(form.partners, id: \.space) { partner in
        Button(model.sentence(for: partner)) { model.previewed = partner.space }
          .buttonStyle(QuietButton(.rope))
      }
    }
    .sheet(isPresented: previewShown) {
      if let partner = form.partners.first(where: { $0.space == model.previewed }) {
        WithHelp(model.services) { CheckInPreview(model: model, partner: partner) }
      }
    }
  }

  private var previewShown: Binding<Bool> {
    let model = model
    return Binding(
      get: { model.previewed != nil }, set: { if !$0 { model.previewed = nil } })
  }
}

/// Exactly what a partner will see, and what of it is shown to them.
struct CheckInPreview: View {
  let model: CheckInModel
  let partner: FormPartnerView
  private var words: any Words { model.services.words }

  var body: some View {
    PageScroll {
      Heading(words.checkInPreviewTitle(name: partner.name))
      if partner.wordsDiffer { Note(words.checkInPreviewWordsDiffer(name: partner.name)) }
      if partner.paused { Note(words.checkInPreviewPaused(name: partner.name)) }
      Card(.rope) {
        if let preview = model.preview(for: partner.space), !preview.isEmpty {
          PreviewLines(preview: preview, services: model.services)
        } else {
          Text(words.checkInPreviewNothing(name: partner.name)).foregroundStyle(Color.onRopeSoft)
        }
      }
      Heading(words.checkInPreviewFields(name: partner.name))
      ForEach(CheckInField.all, id: \.self) { field in
        Toggle(words.word(field), isOn: shown(field)).frame(minHeight: Tokens.target)
        if model.isEmpty(field) { Note(words.checkInPreviewEmptyField) }
      }
      Note(words.checkInPreviewGoalsNote(name: partner.name))
      Button(words.checkInPreviewDone) { model.previewed = nil }.buttonStyle(MainButton())
    }
    .presentationDetents([.large])
  }

  private func shown(_ field: CheckInField) -> Binding<Bool> {
    let model = model
    let space = partner.space
    return Binding(
      get: { model.fields(for: space).contains(field) },
      set: { shown in
        if shown != model.fields(for: space).contains(field) { model.toggle(field, for: space) }
      })
  }
}
