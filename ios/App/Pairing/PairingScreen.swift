import BelayCore
import BelayKit
import BelayWords
import SwiftUI

/// Two people become partners: two big choices, then a code or four words.
struct PairingScreen: View {
  @Bindable var model: PairingModel
  var keeper: NearKeeper? = nil
  private var words: any Words { model.services.words }

  var body: some View {
    PageScroll {
      TroubleBar(model: model)
      if model.needsMore {
        Button(words.pairingNeedsTitle) { model.sayWhatIsNeeded() }.buttonStyle(MainButton())
      }
      stage
    }
    .navigationTitle(words.pairingTitle)
    .navigationBarTitleDisplayMode(.inline)
    .onAppear { model.stand() }
  }

  @ViewBuilder private var stage: some View {
    switch model.stage {
    case .choosing: choosing
    case .together: together
    case .apart: ApartChoices(model: model)
    case .showing(let invitation): showing(invitation)
    case .inviting(let open): inviting(open)
    case .accepted(let open): waiting(open)
    case .answering: SlowLoading(text: words.pairingAccepting)
    case .paired(let partner):
      Heading(words.pairingInvitationPaired)
      Text(partner.name)
      Button(words.peopleCompareNow) { model.compare() }.buttonStyle(MainButton())
      if model.metInRoom {
        Text(words.nearbyKeepOn)
        NearbySection(services: model.services, keeper: keeper)
      }
    }
  }

  @ViewBuilder private var choosing: some View {
    Heading(words.pairingIntro)
    Button(words.pairingTogether) { model.choose(.together) }
      .buttonStyle(MainButton()).accessibilityHint(words.pairingTogetherHelp)
    Note(words.pairingTogetherHelp)
    Button(words.pairingApart) { model.choose(.apart) }
      .buttonStyle(MainButton()).accessibilityHint(words.pairingApartHelp)
    Note(words.pairingApartHelp)
  }

  @ViewBuilder private var together: some View {
    Button(words.pairingShowCode) { Task { await model.showCode() } }.buttonStyle(MainButton())
    Button(words.nearbyCode) { Task { await model.showCode(inRoom: true) } }
      .buttonStyle(MainButton()).accessibilityHint(words.nearbyCodeHelp)
    Note(words.nearbyCodeHelp)
    Button(words.pairingScanCode) { Task { await model.scan() } }.buttonStyle(MainButton())
    FieldRow(name: words.pairingTypeCode, text: $model.typed)
    Button(words.pairingAccept) { Task { await model.answerCode() } }
      .buttonStyle(QuietButton()).disabled(model.typed.isEmpty)
    Button(words.commonBack) { model.choose(nil) }.buttonStyle(QuietButton(.ink2))
  }

  @ViewBuilder private func showing(_ invitation: InvitationView) -> some View {
    Heading(words.pairingCodeTitle)
    CodePicture(text: invitation.text, description: words.pairingCodeDescription)
    Note(words.pairingCodeUntil(time: model.services.spoken.time(invitation.expiresAtMs)))
    Note(words.pairingCodeWaiting)
    Button(words.pairingCodeCopy) {
      model.services.shell.copy(text: invitation.text, secret: true)
    }
    .buttonStyle(QuietButton())
    Button(words.pairingStop) { model.choose(.together) }.buttonStyle(QuietButton(.clay))
  }

  @ViewBuilder private func inviting(_ open: OpenInvitationView) -> some View {
    Heading(
      open.text?.contains(":") == true
        ? words.pairingInvitationLinkTitle : words.pairingInvitationWordsTitle)
    if let text = open.text { Text(text).font(.display).textSelection(.enabled) }
    Button(words.pairingInvitationShare) { model.shareInvitation() }.buttonStyle(MainButton())
    waiting(open)
  }

  @ViewBuilder private func waiting(_ open: OpenInvitationView) -> some View {
    Note(words.sentence(open))
    Note(words.pairingInvitationRelay(relay: open.relay))
    Note(words.pairingInvitationUntil(date: model.services.spoken.moment(open.expiresAtMs)))
      .task { await model.waitForThem() }
    if model.hasStoppedWaiting {
      Button(words.commonTryAgain) { Task { await model.waitForThem() } }
        .buttonStyle(QuietButton())
    } else {
      SlowLoading(text: words.pairingInvitationWaitingMade)
    }
  }
}

/// Apart: invite, or answer an invitation.
struct ApartChoices: View {
  @Bindable var model: PairingModel
  private var words: any Words { model.services.words }

  var body: some View {
    VStack(alignment: .leading, spacing: Tokens.Spaces.m) {
      Button(words.pairingWordsMake) { Task { await model.inviteApart(by: .words) } }
        .buttonStyle(MainButton())
      Note(words.pairingWordsMakeHelp)
      Button(words.pairingLinkMake) { Task { await model.inviteApart(by: .link) } }
        .buttonStyle(MainButton())
      Note(words.pairingLinkMakeHelp)
      Heading(words.pairingHaveWords)
      FieldRow(name: words.pairingAcceptLabel, text: $model.typed)
      if let slip = model.mistyped {
        Card(.clay) {
          Text(words.pairingMistyped(position: String(slip.position), nearest: slip.nearest))
            .foregroundStyle(Color.onClaySoft)
          Button(words.pairingMistypedUse(nearest: slip.nearest)) { model.takeNearest() }
            .buttonStyle(QuietButton(.clay))
        }
      }
      FieldRow(name: words.pairingAcceptRelayLabel, text: $model.relay)
      Button(words.pairingAccept) { Task { await model.answerApart() } }
        .buttonStyle(QuietButton()).disabled(model.typed.isEmpty)
      Button(words.commonBack) { model.choose(nil) }.buttonStyle(QuietButton(.ink2))
    }
  }
}

/// The four words, large; yes and no weigh the same.
struct CompareScreen: View {
  let model: CompareModel
  private var words: any Words { model.services.words }

  var body: some View {
    PageScroll {
      LoadableView(page: model.page, words: words, retry: model.retry) { partner in
        Heading(words.pairingCompareTitle)
        ForEach(Array(partner.comparisonWords.enumerated()), id: \.offset) { place, word in
          Text(String(place + 1) + "  " + word).font(.display)
        }
        Note(words.pairingCompareDigits(digits: partner.comparisonDigits))
        TroubleBar(model: model)
        switch model.answered {
        case .same: done(words.pairingCompareDoneSame(name: partner.name), partner)
        case .different: done(words.pairingCompareDoneDifferent(name: partner.name), partner)
        case .notCompared, nil: question
        }
        Note(words.pairingCompareWhy)
      }
    }
    .navigationTitle(words.pairingCompareTitle)
    .keptFresh(model)
  }

  @ViewBuilder private var question: some View {
    Text(words.pairingCompareQuestion)
    Button(words.pairingCompareYes) { Task { await model.answer(same: true) } }
      .buttonStyle(MainButton())
    Button(words.pairingCompareNo) { Task { await model.answer(same: false) } }
      .buttonStyle(MainButton())
    Button(words.pairingCompareLater) { model.services.router.back() }.buttonStyle(QuietButton())
  }

  @ViewBuilder private func done(_ sentence: String, _ partner: PartnerView) -> some View {
    Card(.rope) { Text(sentence).foregroundStyle(Color.onRopeSoft) }
    Button(words.pairingCompareToPage(name: partner.name)) {
      model.services.router.home()
      model.services.router.choose(.people)
      model.services.router.go(.partner(space: partner.space))
    }
    .buttonStyle(MainButton())
  }
}

/// Age and terms, before anything is shared for the first time.
struct AgreementScreen: View {
  @Bindable var model: AgreementModel
  private var words: any Words { model.services.words }

  var body: some View {
    PageScroll {
      LoadableView(page: model.page, words: words, retry: model.retry) { needs in
        FieldRow(name: words.pairingNeedsNameLabel, text: $model.name)
        Note(words.pairingNeedsNameHelp)
        FieldRow(name: words.pairingNeedsRelayLabel, text: $model.relay)
        Note(words.pairingNeedsRelayHelp)
        Note(words.nearbyRelayOptional)
        Toggle(words.pairingPlainHttpYes, isOn: $model.allowsPlainHttp).frame(minHeight: Tokens.target)
        Note(words.pairingPlainHttp)
        Toggle(
          words.pairingNeedsAge(years: String(needs.agreement.minimumAgeYears)),
          isOn: $model.isOldEnough
        )
        .frame(minHeight: Tokens.target)
      }
      Heading(words.pairingNeedsTermsTitle)
      ForEach(terms, id: \.self) { Text($0) }
      if words.pairingNotYetReviewed { Note(words.commonNotYetReviewed) }
      Toggle(words.pairingNeedsTerms, isOn: $model.agrees).frame(minHeight: Tokens.target)
      TroubleBar(model: model)
      Button(words.pairingGoOn) { Task { await model.finish() } }
        .buttonStyle(MainButton()).disabled(!model.canGoOn)
    }
    .navigationTitle(words.pairingNeedsTitle)
    .keptFresh(model)
  }

  private var terms: [String] {
    [
      words.pairingTermsKind, words.pairingTermsLimits, words.pairingTermsNoHarm,
      words.pairingTermsWaysOut, words.pairingTermsNotTreatment,
    ]
  }
}
