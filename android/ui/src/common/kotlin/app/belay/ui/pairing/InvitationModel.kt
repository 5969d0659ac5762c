package app.belay.ui.pairing

import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.setValue
import app.belay.core.BelayException
import app.belay.core.ChangeArea
import app.belay.core.InvitationStateView
import app.belay.core.OpenInvitationView
import app.belay.ui.Doing
import app.belay.ui.Loader
import app.belay.ui.Route
import app.belay.ui.Services
import app.belay.ui.value
import kotlinx.coroutines.CoroutineScope

/** One invitation at a distance: what to say or send, how it stands, and the way to take it back. */
class InvitationModel(val services: Services, scope: CoroutineScope, val id: String) {
    /** The invitation; null once it led to a partnership or was taken back. */
    val invitation: Loader<OpenInvitationView?> = Loader(services, scope, AREAS) {
        services.core.openInvitations().firstOrNull { it.id == id }
    }

    /** Whether the text was copied. */
    var copied: Boolean by mutableStateOf(false)
        private set

    /** Looking for an answer. */
    val looking = Doing(scope, services.words)

    /** Taking it back. */
    val taking = Doing(scope, services.words)

    /** Copies the words or the link. */
    fun copy() {
        val text = invitation.state.value?.text ?: return
        services.platform.copy(services.words.pairingTitle, text)
        copied = true
    }

    /** Hands the words or the link to the system. */
    fun share() {
        invitation.state.value?.text?.let(services.platform::shareText)
    }

    /** Waits for the other side, as long as the screen is open; syncing goes on with it anyway. */
    fun look() = looking.run {
        val paired = services.core.awaitPairing(id)
        services.navigator.replace(Route.CompareWords(paired.partner.space))
    }

    /** Waits no longer. */
    fun stopLooking() = looking.stop()

    /** Takes it back, or takes it out of the list when it is over. */
    fun cancel() = taking.run(caught = ::isPairedAlready) {
        looking.stop()
        services.core.cancelInvitation(id)
        services.navigator.back()
    }

    /** Whether it can still lead to somebody. */
    fun isOpen(invitation: OpenInvitationView): Boolean =
        invitation.state == InvitationStateView.WAITING || invitation.state == InvitationStateView.ANSWERED

    private fun isPairedAlready(error: Exception): Boolean {
        val paired = error is BelayException.Unavailable && error.reason == "already-paired"
        if (paired) look()
        return paired
    }

    private companion object {
        val AREAS = setOf(ChangeArea.INVITATIONS, ChangeArea.PARTNERS)
    }
}
