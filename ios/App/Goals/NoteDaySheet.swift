import BelayCore
import BelayKit
import BelayWords
import SwiftUI

/// What came of a goal on a day: chosen, seen as partners will see it, saved or taken back.
struct NoteDaySheet: View {
  let model: GoalModel
  let day: CivilDay
  private var words: any Words { model.services.words }
  private var status: OutcomeStatus? { model.writing?.status }

  var body: some View {
    PageScroll {
      Heading(words.goalsLogTitle(day: model.services.spoken.day(day)))
      if model.noted(day) != nil { Note(words.goalsLogReplaces) }
      if let unit {
        FieldRow(name: words.goalFormLogAmount(unit: unit), text: typed(\.amount))
      }
      ChipFlow {
        ForEach(offeredOutcomes, id: \.self) { offered in
          Chip(text: words.word(offered), chosen: status == offered) {
            model.writing?.status = offered
          }
        }
      }
      if status == .skipped { FieldRow(name: words.goalsLogReason, text: typed(\.reason)) }
      FieldRow(name: words.goalsLogNote, text: typed(\.note))
      if let today = model.page.value?.today, day < today { Note(words.goalsLogLate) }
      seen
      TroubleBar(model: model)
      Button(words.goalsLogSave) { Task { await model.save() } }
        .buttonStyle(MainButton()).disabled(status == nil && model.writing?.amount.isEmpty != false)
      if model.noted(day) != nil {
        Button(words.goalsLogTakeBack) { Task { await model.open(day) } }
          .buttonStyle(QuietButton(.clay))
        WhoCanRead(services: model.services, item: .outcome(goal: model.name, on: day))
      }
      Button(words.commonNotNow) { model.closeNote() }.buttonStyle(QuietButton())
    }
  }

  /// What is counted, where the goal counts amounts.
  private var unit: String? { model.goal?.goal.measure.unit }

  private func typed(_ part: WritableKeyPath<DayNote, String>) -> Binding<String> {
    let model = model
    return Binding(
      get: { model.writing?[keyPath: part] ?? "" },
      set: { model.writing?[keyPath: part] = $0 })
  }

  @ViewBuilder private var seen: some View {
    Note(words.goalsLogSeenTitle)
    let previews = model.previews.filter { !$0.isEmpty }
    if previews.isEmpty { Note(words.goalsLogSeenNobody) }
    ForEach(previews, id: \.space) { preview in
      Card(.rope) {
        Text(preview.partner).font(.text.weight(.medium)).foregroundStyle(Color.onRopeSoft)
        PreviewLines(preview: preview, services: model.services)
      }
    }
  }
}
