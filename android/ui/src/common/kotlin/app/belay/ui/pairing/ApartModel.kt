package app.belay.ui.pairing

import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.setValue
import app.belay.core.InviteBy
import app.belay.ui.Doing
import app.belay.ui.Route
import app.belay.ui.Services
import kotlinx.coroutines.CoroutineScope

/** Two people in different places: four words, or a link. */
class ApartModel(val services: Services, private val scope: CoroutineScope) {
    val act = Doing(scope, services.words)

    /** The relay is asked for, where none is chosen: apart one is needed; null else. */
    var needs: NeedsModel? by mutableStateOf(null)
        private set

    /** Makes an invitation and shows it. */
    fun make(by: InviteBy) = act.run(caught = { asksForRelay(it, by) }) {
        val invitation = services.core.inviteApart(by)
        services.navigator.replace(Route.OpenInvitation(invitation.id))
    }

    /** Turns back from what is asked. */
    fun notNow() {
        needs = null
    }

    /** Opens the field to type in. */
    fun enter() = services.navigator.go(Route.EnterInvitation)

    private fun asksForRelay(error: Exception, by: InviteBy): Boolean {
        if (!error.isNoRelay) return false
        needs = NeedsModel(services, scope) {
            needs = null
            make(by)
        }
        return true
    }
}
