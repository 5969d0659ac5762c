package app.belay.ui.people

import app.belay.core.ChangeArea
import app.belay.core.PeopleView
import app.belay.ui.Loader
import app.belay.ui.Route
import app.belay.ui.Services
import kotlinx.coroutines.CoroutineScope

/** The people one shares with, open invitations, and the way to what concerns oneself. */
class PeopleModel(val services: Services, scope: CoroutineScope) {
    /** All of it, in one call. */
    val people: Loader<PeopleView> = Loader(services, scope, AREAS) { services.core.people() }

    /** Opens a partner's page. */
    fun open(space: String) = services.navigator.go(Route.Partner(space))

    /** Opens an invitation. */
    fun openInvitation(id: String) = services.navigator.go(Route.OpenInvitation(id))

    /** Goes to another screen. */
    fun go(route: Route) = services.navigator.go(route)

    private companion object {
        val AREAS = setOf(
            ChangeArea.PARTNERS,
            ChangeArea.INVITATIONS,
            ChangeArea.SETTINGS,
            ChangeArea.DEVICES
        )
    }
}
