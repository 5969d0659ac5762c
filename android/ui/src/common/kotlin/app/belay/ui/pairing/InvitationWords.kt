package app.belay.ui.pairing

import app.belay.core.InvitationStateView
import app.belay.core.OpenInvitationView
import app.belay.words.Words

/** How an invitation at a distance stands, in one sentence. */
fun Words.stateOf(invitation: OpenInvitationView): String = when (invitation.state) {
    InvitationStateView.WAITING ->
        if (invitation.madeHere) pairingInvitationWaitingMade else pairingInvitationWaitingAccepted

    InvitationStateView.ANSWERED -> pairingInvitationAnswered

    InvitationStateView.PAIRED -> pairingInvitationPaired

    InvitationStateView.EXPIRED -> pairingInvitationExpired

    InvitationStateView.BURNED -> pairingInvitationBurned

    InvitationStateView.USED -> pairingInvitationUsed
}
