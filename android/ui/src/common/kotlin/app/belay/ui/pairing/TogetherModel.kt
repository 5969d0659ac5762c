package app.belay.ui.pairing

import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.setValue
import app.belay.core.InvitationView
import app.belay.ui.Doing
import app.belay.ui.Route
import app.belay.ui.Services
import kotlinx.coroutines.CoroutineScope

/** Two people in one place: one shows a code, the other scans it. */
class TogetherModel(val services: Services, private val scope: CoroutineScope) {
    /** The code that is shown; null before. */
    var shown: InvitationView? by mutableStateOf(null)
        private set

    /** Whether the code is also shown as text. */
    var asText: Boolean by mutableStateOf(false)

    /** Whether the text was copied. */
    var copied: Boolean by mutableStateOf(false)
        private set

    val act = Doing(scope, services.words)

    /** Scanning the other's code. */
    val enter = EnterModel(services, scope)

    /** The relay is asked for, where the two want to meet at one and none is chosen; null else. */
    var needs: NeedsModel? by mutableStateOf(null)
        private set

    /** Makes a code, shows it and waits for the other phone; [inRoom] without a relay, on the Wi-Fi both are in. */
    fun show(inRoom: Boolean = false) = act.run(caught = ::asksForRelay) {
        copied = false
        val code = if (inRoom) services.core.inviteNear() else services.core.invite()
        shown = code
        val paired = try {
            services.core.awaitPartner(code.id)
        } finally {
            // Nobody waits behind it any more, however that ended.
            if (shown === code) hide()
        }
        services.navigator.replace(Route.CompareWords(paired.partner.space))
    }

    /** Turns back from what is asked. */
    fun notNow() {
        needs = null
        enter.notNow()
    }

    private fun asksForRelay(error: Exception): Boolean {
        if (!error.isNoRelay) return false
        needs = NeedsModel(services, scope) {
            needs = null
            show()
        }
        return true
    }

    /** Waits no longer. */
    fun stop() {
        act.stop()
        hide()
    }

    private fun hide() {
        shown = null
        asText = false
    }

    /** Copies the code's text. */
    fun copy() {
        val invitation = shown ?: return
        services.platform.copy(services.words.pairingTitle, invitation.text)
        copied = true
    }

    /** Opens the camera, or the field to type in where there is none. */
    fun scan() {
        if (services.platform.canScan) enter.scan() else type()
    }

    /** Opens the field to type or paste in. */
    fun type() = services.navigator.go(Route.EnterInvitation)
}
