package app.belay.ui.near

import app.belay.core.ChangeArea
import app.belay.core.NearbyView
import app.belay.ui.Doing
import app.belay.ui.Loader
import app.belay.ui.Problem
import app.belay.ui.Services
import app.belay.ui.problemOf
import kotlinx.coroutines.CoroutineScope

/** Whether devices may find each other on one network, and who was met there. */
class NearbyModel(val services: Services, scope: CoroutineScope) {
    val nearby: Loader<NearbyView> =
        Loader(services, scope, setOf(ChangeArea.SETTINGS, ChangeArea.PARTNERS, ChangeArea.DEVICES)) {
            services.core.nearby()
        }

    val act = Doing(scope, services.words)

    /** Why nobody can be met now, where something forbids it. */
    val forbidden: Problem? get() = services.shell.near.error?.let { problemOf(it, services.words) }

    /** The last meeting broke off. */
    val brokeOff: Boolean get() = services.shell.near.brokeOff

    /** Switches it. */
    fun switch(on: Boolean) = act.run { nearby.set(services.core.setNearby(on)) }
}
