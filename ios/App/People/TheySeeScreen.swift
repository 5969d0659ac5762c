import BelayCore
import BelayKit
import BelayWords
import SwiftUI

/// What one partner can see: one list, one switch each.
struct TheySeeScreen: View {
  let model: TheySeeModel
  private var words: any Words { model.services.words }

  var body: some View {
    PageScroll {
      TroubleBar(model: model)
      LoadableView(page: model.page, words: words, retry: model.retry) { seen in
        Text(words.peopleSeeTitle(name: seen.partner.name)).font(.display)
          .accessibilityAddTraits(.isHeader)
        Note(words.peopleSeeIntro)
        Card {
          ForEach(CheckInField.all, id: \.self) { field in
            Toggle(words.seenWord(field), isOn: shows(field, seen)).frame(minHeight: Tokens.target)
          }
        }
        goals(seen)
        passages(seen)
        Note(words.peopleSeeLimits)
      }
    }
    .keptFresh(model)
  }

  private func shows(_ field: CheckInField, _ seen: TheySeeView) -> Binding<Bool> {
    let model = model
    let fields = seen.usualFields
    return Binding(
      get: { fields.contains(field) }, set: { _ in Task { await model.toggle(field) } })
  }

  @ViewBuilder private func goals(_ seen: TheySeeView) -> some View {
    Heading(words.peopleSeeGoalsTitle)
    if seen.goals.isEmpty { Note(words.peopleSeeNoGoals) }
    ForEach(seen.goals, id: \.name) { goal in
      Button {
        model.open(goal)
      } label: {
        Card {
          Text(goal.title).multilineTextAlignment(.leading)
          Note(
            goal.fields.isEmpty
              ? words.peopleSeeGoalNotShared
              : words.peopleSeeGoalShared(fields: words.list(goal.fields.map(words.word))))
        }
      }
      .buttonStyle(.plain)
    }
  }

  @ViewBuilder private func passages(_ seen: TheySeeView) -> some View {
    if !seen.passages.isEmpty {
      Heading(words.journalPassagesTitle)
      ForEach(seen.passages, id: \.name) { passage in
        PassageCard(passage: passage, services: model.services)
      }
    }
  }
}

extension Words {
  /// A part of a check-in, as the list of what they see names it.
  fileprivate func seenWord(_ field: CheckInField) -> String {
    switch field {
    case .mood: peopleSeeMood
    case .emotions: peopleSeeEmotions
    case .energy: peopleSeeEnergy
    case .win: peopleSeeWin
    case .struggle: peopleSeeStruggle
    case .plan: peopleSeePlan
    case .need: peopleSeeNeed
    case .note: peopleSeeNote
    }
  }
}
