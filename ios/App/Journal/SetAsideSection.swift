import BelayCore
import BelayKit
import BelayWords
import SwiftUI

/// What another own device erased beyond a day's measure, and the way to bring it back. Where nothing was, nothing is
/// said.
struct SetAsideSection: View {
  let model: SetAsideModel
  private var words: any Words { model.services.words }

  var body: some View {
    VStack(alignment: .leading, spacing: Tokens.Spaces.m) {
      TroubleBar(model: model)
      if let count = model.cameBack { Note(words.setAsideCameBack(count: Int(clamping: count))) }
      if let things = model.page.value, !things.isEmpty {
        Card(.sky) {
          Text(words.setAsideTitle).font(.heading).accessibilityAddTraits(.isHeader)
          Text(words.setAsideLead)
          if words.setAsideNotYetReviewed { Text(words.commonNotYetReviewed).font(.label) }
          ForEach(things, id: \.name) { thing($0) }
          Button(words.setAsideBringBackAll(count: things.count)) { Task { await model.bringBackAll() } }
            .buttonStyle(MainButton())
        }
        .foregroundStyle(Color.onSkySoft)
      }
    }
    .keptFresh(model)
  }

  private func thing(_ thing: SetAsideView) -> some View {
    VStack(alignment: .leading, spacing: Tokens.Spaces.xs) {
      if let day = thing.on { Text(model.services.spoken.day(day)).font(.label) }
      if !thing.excerpt.isEmpty { Text(thing.excerpt).font(.writing).lineLimit(2) }
      if let device = thing.by { Text(words.setAsideBy(device: device)).font(.label) }
      Text(words.setAsideUntil(time: model.services.spoken.moment(thing.destroyedAtMs))).font(.label)
    }
    .accessibilityElement(children: .combine)
  }
}
