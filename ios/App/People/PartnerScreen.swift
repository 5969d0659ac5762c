import BelayCore
import BelayKit
import BelayWords
import SwiftUI

/// A partner's page: what they shared, what they see, and at the bottom the ways to pause and to part.
struct PartnerScreen: View {
  @Bindable var model: PartnerModel
  private var words: any Words { model.services.words }

  var body: some View {
    PageScroll {
      TroubleBar(model: model)
      TroubleBar(model: model.given)
      LoadableView(page: model.page, words: words, retry: model.retry) { page in
        PartnerCard(partner: page.partner, services: model.services)
        if page.partner.comparison != .same, page.partner.standing == .active {
          Button(words.peopleCompareNow) {
            model.services.router.present(.compare(space: model.space))
          }
          .buttonStyle(QuietButton(.rope))
        }
        if page.partner.isTogether { reaching(page.partner) }
        shared(page)
        if page.partner.isTogether { theySee(page.partner) }
        PartnerBoundaries(model: model, partner: page.partner)
      }
    }
    .navigationTitle(model.partner?.name ?? "")
    .keptFresh(model)
    .sheet(isPresented: answering) { WithHelp(model.services) { AnswerSheet(model: model) } }
  }

  private var answering: Binding<Bool> {
    let model = model
    return Binding(get: { model.answering != nil }, set: { if !$0 { Task { await model.putAnswerAway() } } })
  }

  private func reaching(_ partner: PartnerView) -> some View {
    Holding(BoundaryCardModel(model.services, model.space)) { cards in
      Holding(SupportModel(model.services, model.space)) { support in
        PartnerReaching(model: model, partner: partner, cards: cards, support: support)
      }
    }
  }

  @ViewBuilder private func theySee(_ partner: PartnerView) -> some View {
    Heading(words.peopleSeeTitle(name: partner.name))
    Note(
      partner.usualFields.isEmpty
        ? words.peopleSeeNothing : words.peopleSeeSummary(count: partner.usualFields.count))
    Button(words.peopleSeeChange(name: partner.name)) {
      model.services.router.go(.theySee(space: model.space))
    }
    .buttonStyle(QuietButton(.rope))
  }

  @ViewBuilder private func shared(_ page: PartnerPageView) -> some View {
    let name = page.partner.name
    Heading(words.peopleSharedTitle(name: name))
    if page.checkIns.isEmpty { Note(words.peopleSharedNothing(name: name)) }
    ForEach(page.checkIns, id: \.name) { shared in
      Card(.rope) {
        SharedCheckInLines(checkIn: shared.checkIn, services: model.services)
        answers(shared.responses, to: shared.name, of: name)
        who(shared.name, about: model.services.spoken.day(shared.checkIn.on))
      }
    }
    if !page.goals.isEmpty {
      Heading(words.peopleSharedGoalsTitle(name: name))
      ForEach(page.goals, id: \.name) { goal in
        Card(.rope) {
          Text(goal.goal.title).foregroundStyle(Color.onRopeSoft)
          if let why = goal.goal.why { Note(why) }
          ForEach(goal.outcomes, id: \.on) { outcome in
            Note(
              words.todayAnswered(
                name: model.services.spoken.day(outcome.on), answer: words.word(outcome.status)))
          }
          who(goal.name, about: goal.goal.title)
        }
      }
    }
    if !page.passages.isEmpty {
      Heading(words.peopleSharedPassagesTitle(name: name))
      ForEach(page.passages, id: \.name) { passage in
        Card(.rope) {
          Text(passage.passage.text).font(.writing).foregroundStyle(Color.onRopeSoft)
          GivenAttachments(model: model.given, attachments: passage.attachments, partner: name)
          answers(passage.responses, to: passage.name, of: name)
          who(passage.name, about: passage.passage.text)
        }
      }
    }
  }

  /// What somebody shared lives in the space of the two alone.
  private func who(_ item: DocName, about: String) -> some View {
    WhoCanRead(
      services: model.services, item: .shared(space: model.space, name: item), about: about)
  }

  @ViewBuilder private func answers(_ given: [ResponseView], to about: DocName, of name: String)
    -> some View
  {
    ForEach(given, id: \.name) { AnswerLine(response: $0, words: words) }
    Button(words.peopleRespond(name: name)) {
      Task { await model.beginAnswer(to: about, model.kind) }
    }
    .buttonStyle(QuietButton(.rope))
  }
}

/// An answer: its kind, a beginning for whoever looks for words, and the words.
struct AnswerSheet: View {
  @Bindable var model: PartnerModel
  private var words: any Words { model.services.words }

  var body: some View {
    PageScroll {
      let name = model.partner?.name ?? words.peopleNameless
      Heading(words.peopleRespondTitle(name: name))
      ChipFlow {
        ForEach(ResponseKind.all, id: \.self) { kind in
          Chip(text: words.word(kind), chosen: model.kind == kind) {
            Task { await model.choose(kind) }
          }
        }
      }
      if !model.beginnings.isEmpty { Note(words.peopleRespondStarters) }
      ForEach(model.beginnings, id: \.self) { beginning in
        Button(beginning) { model.text = beginning }.buttonStyle(QuietButton(.rope))
      }
      FieldRow(name: words.peopleRespondTextLabel, text: $model.text)
      TroubleBar(model: model)
      Button(words.peopleRespondSend) { Task { await model.giveAnswer() } }
        .buttonStyle(MainButton())
      Button(words.commonNotNow) { Task { await model.dropAnswer() } }.buttonStyle(QuietButton())
    }
  }
}
