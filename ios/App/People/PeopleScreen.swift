import BelayCore
import BelayKit
import BelayWords
import SwiftUI

/// The people one shares with, the invitations under way, and what lies behind the scenes.
struct PeopleScreen: View {
  let model: PeopleModel
  private var words: any Words { model.services.words }

  var body: some View {
    PageScroll {
      TroubleBar(model: model)
      LoadableView(page: model.page, words: words, retry: model.retry) { people in
        Button(people.displayName ?? words.peopleNameless) { model.services.router.go(.settings) }
          .buttonStyle(QuietButton())
          .accessibilityHint(words.commonSettings)
        if people.partners.isEmpty {
          EmptyPage(title: words.peopleEmptyTitle, text: words.peopleEmptyBody)
        }
        ForEach(people.partners, id: \.space) { partner in
          Button {
            model.open(partner)
          } label: {
            PartnerCard(partner: partner, services: model.services)
          }
          .buttonStyle(.plain)
        }
        Button(words.peopleAdd) { model.pair() }.buttonStyle(MainButton())
        invitations(people)
        behindTheScenes(people)
      }
    }
    .keptFresh(model)
  }

  @ViewBuilder private func invitations(_ people: PeopleView) -> some View {
    if !people.invitations.isEmpty {
      Heading(words.peopleInvitationsTitle)
      ForEach(people.invitations, id: \.id) { invitation in
        Card {
          Text(words.sentence(invitation))
          Note(words.pairingInvitationRelay(relay: invitation.relay))
          if let text = invitation.text { Text(text).font(.writing).textSelection(.enabled) }
          if invitation.lastError != nil { Note(words.pairingInvitationTrouble) }
          Button(words.pairingInvitationCancel) { Task { await model.cancel(invitation) } }
            .buttonStyle(QuietButton(.clay))
        }
      }
    }
  }

  @ViewBuilder private func behindTheScenes(_ people: PeopleView) -> some View {
    Heading(words.peopleMoreTitle)
    Note(people.relay.map { words.peopleRelayLine(relay: $0) } ?? words.peopleRelayNone)
    if people.partnershipsElsewhere > 0 {
      Note(words.peopleElsewhere(count: Int(people.partnershipsElsewhere)))
    }
    Button(words.carryTitle) { model.services.router.go(.carry) }.buttonStyle(QuietButton())
    Button(words.peopleSelfCheck) { model.services.router.go(.selfCheck) }
      .buttonStyle(QuietButton())
      .accessibilityHint(words.peopleSelfCheckHelp)
  }
}

/// A partner in the list: who, how well they are known to be who they are, and how old the last word is.
struct PartnerCard: View {
  let partner: PartnerView
  let services: Services
  private var words: any Words { services.words }

  var body: some View {
    Card(.rope) {
      Text(partner.name).font(.text.weight(.medium)).foregroundStyle(Color.onRopeSoft)
      ForEach(words.sentences(about: partner, services.spoken), id: \.self) {
        Text($0).font(.label).foregroundStyle(Color.onRopeSoft)
      }
    }
    .accessibilityElement(children: .combine)
  }
}

extension Words {
  /// How a partnership stands, in sentences.
  @MainActor
  func sentences(about partner: PartnerView, _ spoken: Spoken) -> [String] {
    var lines: [String] = []
    switch partner.standing {
    case .waiting: lines.append(peopleStandingWaiting)
    case .active: break
    case .partnerLeft: lines.append(peopleStandingPartnerLeft)
    case .left: lines.append(peopleStandingLeft)
    case .blocked: lines.append(peopleStandingBlocked)
    }
    switch partner.comparison {
    case .notCompared: lines.append(peopleComparedNotYet)
    case .same: lines.append(peopleComparedSame)
    case .different: lines.append(peopleComparedDifferent)
    }
    if partner.paused { lines.append(peoplePaused) }
    lines.append(
      partner.asOfAtMs.map { peopleAsOf(time: spoken.moment($0)) } ?? peopleAsOfNever)
    if partner.clockAhead { lines.append(peopleClockAhead) }
    if partner.mayBeBehind { lines.append(peopleMayBeBehind) }
    if partner.needsNewer > 0 { lines.append(peopleNeedsNewer(count: Int(partner.needsNewer))) }
    if partner.parked > 0 { lines.append(peopleParked) }
    return lines
  }

  /// How an invitation stands.
  func sentence(_ invitation: OpenInvitationView) -> String {
    switch invitation.state {
    case .waiting:
      invitation.madeHere ? pairingInvitationWaitingMade : pairingInvitationWaitingAccepted
    case .answered: pairingInvitationAnswered
    case .paired: pairingInvitationPaired
    case .expired: pairingInvitationExpired
    case .burned: pairingInvitationBurned
    case .used: pairingInvitationUsed
    }
  }
}
