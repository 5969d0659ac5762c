import BelayCore
import BelayKit
import BelayWords
import SwiftUI

/// The people of one's own that stand first on Help now.
struct OwnHelpersScreen: View {
  @Bindable var model: OwnHelpersModel
  private var words: any Words { model.services.words }

  var body: some View {
    PageScroll {
      Note(words.helpOwnEmpty)
      LoadableView(page: model.page, words: words, retry: model.retry) { _ in
        ForEach(Array(model.people.indices), id: \.self) { place in row(place) }
        Button(words.helpOwnAdd) { model.add() }.buttonStyle(QuietButton())
        TroubleBar(model: model)
        Button(words.helpOwnSave) { Task { await model.save() } }
          .buttonStyle(MainButton()).disabled(model.saving)
        if model.saved { Note(words.helpOwnSaved) }
        Toggle(words.helpOwnLockedSwitch, isOn: shownLocked).frame(minHeight: Tokens.target)
        Note(words.helpOwnLockedExplained)
        if words.helpNotYetReviewed { Note(words.commonNotYetReviewed) }
      }
    }
    .navigationTitle(words.helpOwnTitle)
    .keptFresh(model)
  }

  private func row(_ place: Int) -> some View {
    Card {
      FieldRow(name: words.helpOwnName, text: $model.people[place].name)
      ChipFlow {
        ForEach(TrustedChannel.all, id: \.self) { channel in
          Chip(text: words.word(channel), chosen: model.people[place].channel == channel) {
            model.people[place].channel = channel
          }
        }
      }
      FieldRow(
        name: model.people[place].channel == .other ? words.helpOwnAddress : words.helpOwnNumber,
        text: $model.people[place].address)
      FieldRow(name: words.helpOwnNote, text: $model.people[place].noteText)
      let name = model.people[place].name
      if place > 0 {
        Button(words.helpOwnMoveUp(name: name)) { model.moveUp(place) }.buttonStyle(QuietButton())
      }
      Button(name.isEmpty ? words.helpOwnRemoveEmpty : words.helpOwnRemove(name: name)) {
        model.remove(at: place)
      }
      .buttonStyle(QuietButton(.clay))
    }
  }

  private var shownLocked: Binding<Bool> {
    let model = model
    return Binding(
      get: { model.shownWhileLocked },
      set: { shown in Task { await model.show(whileLocked: shown) } })
  }
}
