import BelayCore
import BelayKit
import BelayWords
import SwiftUI

/// The words in shares that trusted people keep, and what this person keeps for others.
struct SharesScreen: View {
  @Bindable var model: SharesModel
  private var words: any Words { model.services.words }

  var body: some View {
    PageScroll {
      Text(words.recoverySharesLead)
      TroubleBar(model: model)
      LoadableView(page: model.page, words: words, retry: model.retry) { view in
        if let made = model.made { done(made) } else { making(view) }
        ForEach(Array(view.holders.enumerated()), id: \.offset) { _, holder in
          Note(
            words.recoverySharesHeld(name: holder.partner, threshold: String(holder.threshold)))
        }
        if !view.holders.isEmpty {
          Button(words.recoverySharesBack) { model.asksBack = true }
            .buttonStyle(QuietButton(.clay))
        }
        kept
      }
    }
    .navigationTitle(words.recoverySharesTitle)
    .keptFresh(model)
    .privacySensitive()
    .confirmationDialog(
      words.piecesBackQuestion, isPresented: $model.asksBack, titleVisibility: .visible
    ) {
      Button(words.piecesBackYes, role: .destructive) { Task { await model.takeBack() } }
      Button(words.piecesBackNo, role: .cancel) {}
    } message: {
      Text(words.piecesBackBody + " " + words.piecesBackPaper)
    }
  }

  @ViewBuilder private func making(_ view: RecoveryView) -> some View {
    Heading(words.recoverySharesWho)
    if model.partners.isEmpty { Note(words.recoverySharesNobody) }
    ChipFlow {
      ForEach(model.partners, id: \.space) { partner in
        Chip(text: partner.name, chosen: model.chosen.contains(partner.space)) {
          model.toggle(partner.space)
        }
      }
    }
    Stepper(value: $model.onPaper, in: 0...SharesModel.mostOnPaper) {
      Text(words.recoverySharesPaper(number: String(model.onPaper)))
    }
    Stepper(value: $model.threshold, in: SharesModel.fewest...max(SharesModel.fewest, model.count)) {
      Text(words.recoverySharesNeeded(number: String(model.threshold)))
    }
    if !view.wordsHere {
      WordsField(name: words.recoverySharesWords, typed: model.typed, words: words)
      Note(words.recoverySharesWordsHelp)
    }
    Button(words.recoverySharesMake) { Task { await model.make() } }
      .buttonStyle(MainButton()).disabled(!model.canMake)
  }

  @ViewBuilder private func done(_ made: MadeSharesView) -> some View {
    let withPartners = model.onTheirWay(of: made)
    Text(words.piecesSet(set: made.set, threshold: String(made.threshold)))
    if withPartners > 0 { Note(words.piecesOnItsWay(count: withPartners)) }
    if !made.onPaper.isEmpty { Note(words.piecesOnce) }
    ForEach(Array(made.onPaper.enumerated()), id: \.offset) { card, text in
      let number = String(model.number(ofCard: card, in: made))
      Card {
        Heading(words.piecesNumber(number: number, all: String(made.count)))
        Text(text).font(.text.monospacedDigit()).textSelection(.enabled)
        Button(words.pairingInvitationShare) { model.services.shell.share(text: text) }
          .buttonStyle(QuietButton())
      }
    }
    Button(words.onboardingRecoveryWritten) { model.putAway() }.buttonStyle(MainButton())
  }

  @ViewBuilder private var kept: some View {
    if !model.kept.isEmpty {
      Heading(words.recoveryKeptTitle)
      ForEach(model.kept, id: \.space) { share in
        Card(.rope) {
          Text(
            words.recoveryKeptFor(
              name: share.partner, date: model.services.spoken.moment(share.receivedAtMs))
          )
          .foregroundStyle(Color.onRopeSoft)
          Note(words.recoveryKeptHelp)
          if let shown = model.shown, shown.space == share.space {
            Text(shown.text).font(.text.monospacedDigit()).textSelection(.enabled)
          }
          Button(words.recoveryKeptShow) { Task { await model.show(share.space) } }
            .buttonStyle(QuietButton(.rope))
        }
      }
    }
  }
}
