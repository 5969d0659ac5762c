import BelayCore
import BelayKit
import BelayWords
import SwiftUI

/// How a partner may reach the person: what helps, quiet hours, nudges, topics. Their own devices hold to it.
struct BoundaryCardScreen: View {
  @Bindable var model: BoundaryCardModel
  private var words: any Words { model.services.words }

  var body: some View {
    PageScroll {
      LoadableView(page: model.page, words: words, retry: model.retry) { page in
        Note(words.reachingCardLead(name: page.partner))
        FieldRow(name: words.reachingHelps, text: optional(\.helps))
        FieldRow(name: words.reachingHelpsNot, text: optional(\.doesNotHelp))
        QuietHoursFields(model: model)
        NudgeFields(model: model)
        likes
        TroubleBar(model: model)
        if model.isSaved { Note(words.reachingCardSaved(name: page.partner)) }
        Button(words.reachingCardSave) { Task { await model.save() } }
          .buttonStyle(MainButton()).disabled(model.saving)
        if let delivery = page.delivery { Note(words.sentence(delivery, to: page.partner)) }
      }
    }
    .navigationTitle(words.reachingCardTitle(name: model.page.value?.partner ?? words.peopleNameless))
    .navigationBarTitleDisplayMode(.inline)
    .keptFresh(model)
  }

  @ViewBuilder private var likes: some View {
    part(words.reachingAnswers)
    ChipFlow {
      ForEach(ResponseKind.all, id: \.self) { kind in
        Chip(text: words.word(kind), chosen: model.card.answers.contains(kind)) { model.toggle(kind) }
      }
    }
    part(words.reachingNeed)
    ChipFlow {
      ForEach(Need.all, id: \.self) { need in
        Chip(text: words.word(need), chosen: model.card.need == need) {
          model.card.need = model.card.need == need ? nil : need
        }
      }
    }
  }

  private func part(_ name: String) -> some View {
    Text(name).font(.label).accessibilityAddTraits(.isHeader)
  }

  private func optional(_ part: WritableKeyPath<BoundaryCard, String?>) -> Binding<String> {
    let model = model
    return Binding(
      get: { model.card[keyPath: part] ?? "" },
      set: { model.card[keyPath: part] = $0.isEmpty ? nil : $0 })
  }
}

/// Hours in which nothing is brought up, and what is let through all the same.
struct QuietHoursFields: View {
  @Bindable var model: BoundaryCardModel
  private var words: any Words { model.services.words }

  var body: some View {
    Card {
      Text(words.reachingQuiet).font(.text.weight(.medium)).accessibilityAddTraits(.isHeader)
      ForEach(Array(model.card.quiet.enumerated()), id: \.offset) { _, hours in
        Text(words.sentence(hours))
        Button(words.reachingQuietRemove(hours: words.sentence(hours))) {
          model.card.quiet.removeAll { $0 == hours }
        }
        .buttonStyle(QuietButton(.ink2))
      }
      TimeChoice(name: words.reachingQuietFrom, time: $model.from)
      TimeChoice(name: words.reachingQuietTo, time: $model.to)
      Button(words.reachingQuietAdd) { model.addQuietHours() }.buttonStyle(QuietButton())
      if !model.card.quiet.isEmpty {
        Text(words.reachingNight).font(.label).accessibilityAddTraits(.isHeader)
        ChipFlow {
          Chip(text: words.reachingNightNone, chosen: model.card.reachAtNight == nil) {
            model.card.reachAtNight = nil
          }
          ForEach(SupportLevel.all, id: \.self) { level in
            Chip(
              text: words.reachingNightFrom(level: words.word(level)),
              chosen: model.card.reachAtNight == level
            ) { model.card.reachAtNight = level }
          }
        }
      }
    }
  }
}

/// How many nudges, and about what.
struct NudgeFields: View {
  @Bindable var model: BoundaryCardModel
  private var words: any Words { model.services.words }

  var body: some View {
    Card {
      let count = Int(model.card.nudgesADay)
      Text(count == 0 ? words.reachingNudgesNone : words.reachingNudges(count: count))
        .font(.text.weight(.medium))
      HStack(spacing: Tokens.Spaces.m) {
        Button(words.goalFormFewer) { model.card.nudgesADay -= 1 }
          .buttonStyle(QuietButton()).disabled(count == 0)
        Button(words.goalFormOftener) { model.card.nudgesADay += 1 }
          .buttonStyle(QuietButton()).disabled(count >= mostNudges)
      }
      topics(words.reachingTopicsWelcome, model.card.welcome)
      topics(words.reachingTopicsUnwelcome, model.card.unwelcome)
      FieldRow(name: words.reachingTopic, text: $model.topic)
      Button(words.reachingTopicAddWelcome) { model.addTopic(isWelcome: true) }
        .buttonStyle(QuietButton())
      Button(words.reachingTopicAddUnwelcome) { model.addTopic(isWelcome: false) }
        .buttonStyle(QuietButton(.ink2))
    }
  }

  @ViewBuilder private func topics(_ name: String, _ topics: [String]) -> some View {
    if !topics.isEmpty {
      Text(name).font(.label).accessibilityAddTraits(.isHeader)
      ForEach(topics, id: \.self) { topic in
        Button(topic) { model.remove(topic: topic) }
          .buttonStyle(QuietButton(.ink2))
          .accessibilityLabel(words.reachingTopicRemove(topic: topic))
      }
    }
  }
}

/// More than these in a day nobody wants; the core refuses more.
private let mostNudges = 5

/// A partner's card, as far as it reached this phone.
struct TheirCard: View {
  let card: BoundaryCard
  let words: any Words

  var body: some View {
    VStack(alignment: .leading, spacing: Tokens.Spaces.xs) {
      line(words.reachingHelps, card.helps)
      line(words.reachingHelpsNot, card.doesNotHelp)
      line(words.reachingQuiet, card.quiet.isEmpty ? nil : words.list(card.quiet.map(words.sentence)))
      Text(
        card.nudgesADay == 0 ? words.reachingNudgesNone : words.reachingNudges(count: Int(card.nudgesADay)))
      line(words.reachingTopicsWelcome, card.welcome.isEmpty ? nil : words.list(card.welcome))
      line(words.reachingTopicsUnwelcome, card.unwelcome.isEmpty ? nil : words.list(card.unwelcome))
      line(words.reachingAnswers, card.answers.isEmpty ? nil : words.list(card.answers.map(words.word)))
      line(words.reachingNeed, card.need.map(words.word))
    }
    .foregroundStyle(Color.onRopeSoft)
  }

  @ViewBuilder private func line(_ name: String, _ text: String?) -> some View {
    if let text { Text(words.todayAnswered(name: name, answer: text)) }
  }
}

/// Reaching a partner: their card, one's own, a nudge as far as their card allows it, and asking for support.
struct PartnerReaching: View {
  let model: PartnerModel
  let partner: PartnerView
  let cards: BoundaryCardModel
  let support: SupportModel
  private var words: any Words { model.services.words }

  var body: some View {
    VStack(alignment: .leading, spacing: Tokens.Spaces.m) {
      ForEach(support.theirs.filter { $0.space == model.space }, id: \.name) { request in
        TheirRequest(request: request, services: model.services) {
          Task { await model.beginAnswer(to: request.name, model.kind) }
        }
      }
      Heading(words.reachingCardTheirs(name: partner.name))
      if let theirs = cards.page.value?.theirs {
        Card(.rope) {
          TheirCard(card: theirs, words: words)
          if let asOf = cards.page.value?.asOfAtMs {
            Text(words.reachingCardAsOf(time: model.services.spoken.ago(asOf))).font(.label)
              .foregroundStyle(Color.onRopeSoft)
          }
          if theirs.nudgesADay > 0 { nudges(theirs) }
        }
      } else {
        Note(words.reachingCardTheirsNone(name: partner.name))
      }
      Button(words.reachingSupportOpen) { model.services.router.go(.support(space: model.space)) }
        .buttonStyle(QuietButton(.sky))
      Button(words.reachingCardOpen(name: partner.name)) {
        model.services.router.go(.boundaryCard(space: model.space))
      }
      .buttonStyle(QuietButton(.rope))
    }
    .keptFresh(cards)
    .keptFresh(support)
  }

  @ViewBuilder private func nudges(_ card: BoundaryCard) -> some View {
    if model.isNudged {
      Text(words.reachingNudgeSent(name: partner.name)).foregroundStyle(Color.onRopeSoft)
    } else {
      Button(words.reachingNudge(name: partner.name)) { Task { await model.nudge() } }
        .buttonStyle(QuietButton(.rope))
      ForEach(card.welcome, id: \.self) { topic in
        Button(words.reachingNudgeAbout(topic: topic)) { Task { await model.nudge(topic) } }
          .buttonStyle(QuietButton(.rope))
      }
    }
  }
}

extension Words {
  /// How much support is needed.
  func word(_ level: SupportLevel) -> String {
    switch level {
    case .kindWord: reachingLevelKindWord
    case .talkToday: reachingLevelTalkToday
    case .somebodyNow: reachingLevelSomebodyNow
    }
  }

  /// Quiet hours: "22:00 to 07:00".
  func sentence(_ hours: QuietHours) -> String {
    reachingQuietHours(from: hours.from, to: hours.to)
  }
}
