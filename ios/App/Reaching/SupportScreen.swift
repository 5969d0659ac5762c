import BelayCore
import BelayKit
import BelayWords
import SwiftUI

/// Asking for support: whom, how much, in which words; and what became of it, told honestly.
struct SupportScreen: View {
  @Bindable var model: SupportModel
  private var words: any Words { model.services.words }

  var body: some View {
    PageScroll {
      Note(words.reachingSupportLead)
      Card(.sky) {
        Text(words.reachingSupportNotCrisis).foregroundStyle(Color.onSkySoft)
        Button(words.commonHelpNow) { model.services.router.askForHelp(from: .page) }
          .buttonStyle(QuietButton(.sky))
      }
      if words.reachingNotYetReviewed { Note(words.commonNotYetReviewed) }
      LoadableView(page: model.page, words: words, retry: model.retry) { _ in
        if model.partners.isEmpty { Note(words.reachingSupportNobody) } else { form }
        ForEach(model.theirs, id: \.name) { TheirRequest(request: $0, services: model.services) }
        ForEach(model.own, id: \.name) { OwnRequest(model: model, request: $0) }
      }
    }
    .navigationTitle(words.reachingSupportTitle)
    .navigationBarTitleDisplayMode(.inline)
    .keptFresh(model)
  }

  @ViewBuilder private var form: some View {
    part(words.reachingSupportLevel)
    ForEach(SupportLevel.all, id: \.self) { level in
      Chip(text: words.word(level), chosen: model.level == level) { model.level = level }
    }
    part(words.reachingSupportWho)
    ChipFlow {
      ForEach(model.partners, id: \.space) { partner in
        Chip(text: partner.name, chosen: model.spaces.contains(partner.space)) {
          model.toggle(partner.space)
        }
      }
    }
    FieldRow(name: words.reachingSupportText, text: $model.text)
    part(words.reachingSupportNeed)
    ChipFlow {
      ForEach(Need.all, id: \.self) { need in
        Chip(text: words.word(need), chosen: model.need == need) {
          model.need = model.need == need ? nil : need
        }
      }
    }
    TroubleBar(model: model)
    Button(words.reachingSupportSend) { Task { await model.ask() } }
      .buttonStyle(MainButton()).disabled(!model.canAsk)
  }

  private func part(_ name: String) -> some View {
    Text(name).font(.text.weight(.medium)).accessibilityAddTraits(.isHeader)
  }
}

/// A request of the person's own: where it is, as far as that is known, and the way to take it back.
struct OwnRequest: View {
  let model: SupportModel
  let request: SupportRequestView
  private var words: any Words { model.services.words }

  var body: some View {
    Card(.rope) {
      Text(words.reachingSupportOwn(name: request.partner, level: words.word(request.request.level)))
        .foregroundStyle(Color.onRopeSoft)
      if let text = request.request.text { Text(text).foregroundStyle(Color.onRopeSoft) }
      Text(state).font(.label).foregroundStyle(Color.onRopeSoft)
      if let heard = request.heardAtMs, request.delivery != .answered {
        Text(words.reachingSupportHeard(name: request.partner, time: model.services.spoken.ago(heard)))
          .font(.label).foregroundStyle(Color.onRopeSoft)
      }
      ForEach(request.responses, id: \.name) { AnswerLine(response: $0, words: words) }
      Button(words.reachingSupportTakeBack) { Task { await model.takeBack(request) } }
        .buttonStyle(QuietButton(.rope))
    }
  }

  private var state: String {
    if request.heldBack { return words.reachingSupportHeld(name: request.partner) }
    return switch request.delivery {
    case .here, nil: words.reachingSupportHere
    case .left: words.reachingSupportLeft
    case .onTheirDevice: words.reachingSupportArrived(name: request.partner)
    case .answered: words.reachingSupportAnswered(name: request.partner)
    }
  }
}

/// A partner's request: what they need, and the way to answer on their page.
struct TheirRequest: View {
  let request: SupportRequestView
  let services: Services
  var answer: (@MainActor () -> Void)? = nil
  private var words: any Words { services.words }

  var body: some View {
    Card(.sky) {
      Text(words.reachingSupportTheirs(name: request.partner, level: words.word(request.request.level)))
        .font(.text.weight(.medium))
      if let text = request.request.text { Text(text) }
      if let need = request.request.need { Text(words.todayRopeNeed(need: words.word(need))) }
      ForEach(request.responses, id: \.name) { AnswerLine(response: $0, words: words) }
      Button(words.reachingSupportAnswer(name: request.partner)) {
        if let answer { answer() } else { services.router.go(.partner(space: request.space)) }
      }
      .buttonStyle(QuietButton(.sky))
      if request.offersHelpNow {
        Button(words.commonHelpNow) { services.router.askForHelp(from: .page) }
          .buttonStyle(QuietButton(.sky))
      }
    }
    .foregroundStyle(Color.onSkySoft)
  }
}

/// What partners brought up, on Today: what is needed most first.
struct ReachedCards: View {
  let model: ReachedModel
  private var words: any Words { model.services.words }

  var body: some View {
    VStack(alignment: .leading, spacing: Tokens.Spaces.m) {
      if let reached = model.page.value {
        ForEach(reached.requests, id: \.name) { TheirRequest(request: $0, services: model.services) }
        ForEach(reached.nudges, id: \.name) { nudge in
          Card(.rope) {
            Text(
              nudge.topic.map { words.reachingNudgedAbout(name: nudge.partner, topic: $0) }
                ?? words.reachingNudged(name: nudge.partner)
            ).foregroundStyle(Color.onRopeSoft)
            Button(words.todayRopeOpen(name: nudge.partner)) {
              model.services.router.go(.partner(space: nudge.space))
            }
            .buttonStyle(QuietButton(.rope))
          }
        }
      }
    }
    .keptFresh(model)
  }
}
