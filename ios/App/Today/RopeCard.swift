import BelayCore
import BelayKit
import BelayWords
import SwiftUI

/// A partner on Today: what they shared last, how old that is, and one row of kind answers.
struct RopeCard: View {
  let model: TodayModel
  let partner: PartnerTodayView
  private var words: any Words { model.services.words }
  private var spoken: Spoken { model.services.spoken }
  private var name: String { partner.partner.name }

  var body: some View {
    Card(.rope) {
      Text(name).font(.text.weight(.medium)).foregroundStyle(Color.onRopeSoft)
        .accessibilityAddTraits(.isHeader)
      ForEach(standing, id: \.self) { Text($0).font(.label).foregroundStyle(Color.onRopeSoft) }
      if let last = partner.last {
        SharedCheckInLines(checkIn: last.checkIn, services: model.services)
        ForEach(last.responses, id: \.name) { AnswerLine(response: $0, words: words) }
        ChipFlow {
          ForEach(ResponseKind.wordless, id: \.self) { kind in
            Button(words.word(kind)) { Task { await model.respond(to: partner, kind) } }
              .buttonStyle(QuietButton(.rope))
              .disabled(model.answering != nil)
          }
        }
      }
      Button(words.todayRopeOpen(name: name)) {
        model.services.router.go(.partner(space: partner.partner.space))
      }
      .buttonStyle(QuietButton(.rope))
    }
  }

  /// How it stands, in sentences. That nothing came is never said as if nothing was done.
  private var standing: [String] {
    var lines: [String] = []
    switch partner.partner.standing {
    case .waiting: lines.append(words.todayRopeWaiting(name: name))
    case .partnerLeft: lines.append(words.todayRopeLeft(name: name))
    case .active, .left, .blocked:
      if let asOf = partner.partner.asOfAtMs {
        lines.append(words.todayRopeNothingSince(moment: spoken.moment(asOf)))
      } else {
        lines.append(words.todayRopeNothingYet(name: name))
      }
    }
    if partner.partner.paused { lines.append(words.todayRopePaused(name: name)) }
    if partner.partner.mayBeBehind { lines.append(words.todayRopeBehind) }
    return lines
  }
}

/// What somebody shared of a check-in.
struct SharedCheckInLines: View {
  let checkIn: SharedCheckIn
  let services: Services
  private var words: any Words { services.words }

  var body: some View {
    VStack(alignment: .leading, spacing: Tokens.Spaces.xs) {
      Note(words.todayRopeAbout(day: services.spoken.day(checkIn.on)))
      if let mood = checkIn.mood { MoodLabel(mood, words) }
      if !checkIn.emotions.isEmpty { Text(words.list(checkIn.emotions.map(words.word))) }
      if let energy = checkIn.energy { Text(words.sentence(energy: energy)) }
      ForEach(Array(texts.enumerated()), id: \.offset) { _, text in Text(text) }
      if let need = checkIn.need { Text(words.todayRopeNeed(need: words.word(need))) }
      if checkIn.late { Note(words.peopleSharedLate) }
      if checkIn.edited { Note(words.peopleSharedEdited) }
    }
    .foregroundStyle(Color.onRopeSoft)
  }

  private var texts: [String] {
    [checkIn.win, checkIn.struggle, checkIn.plan, checkIn.note].compactMap { $0 }
  }
}

/// An answer, with who gave it.
struct AnswerLine: View {
  let response: ResponseView
  let words: any Words

  var body: some View {
    VStack(alignment: .leading, spacing: Tokens.Spaces.xs) {
      Text(
        words.todayAnswered(
          name: response.own ? words.todayYou : response.from,
          answer: words.word(response.response.kind))
      ).font(.label)
      if let text = response.response.text { Text(text) }
    }
    .accessibilityElement(children: .combine)
  }
}
