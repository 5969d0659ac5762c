package app.belay.ui.pairing

import app.belay.core.InviteBy
import app.belay.ui.Doing
import app.belay.ui.Route
import app.belay.ui.Services
import kotlinx.coroutines.CoroutineScope

/** Two people in different places: four words, or a link. */
class ApartModel(val services: Services, scope: CoroutineScope) {
    val act = Doing(scope, services.words)

    /** Makes an invitation and shows it. */
    fun make(by: InviteBy) = act.run {
        val invitation = services.core.inviteApart(by)
        services.navigator.replace(Route.OpenInvitation(invitation.id))
    }

    /** Opens the field to type in. */
    fun enter() = services.navigator.go(Route.EnterInvitation)
}
