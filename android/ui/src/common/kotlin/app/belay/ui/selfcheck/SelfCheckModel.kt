package app.belay.ui.selfcheck

import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateMapOf
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.setValue
import app.belay.core.ChangeArea
import app.belay.core.SpaceStatusView
import app.belay.core.StatusView
import app.belay.core.SyncReport
import app.belay.ui.Doing
import app.belay.ui.Loader
import app.belay.ui.Services
import app.belay.ui.syncOrLook
import app.belay.ui.value
import kotlinx.coroutines.CoroutineScope

/** The self-check: every peer, what waits, when the relay last answered, who can read what. */
class SelfCheckModel(val services: Services, scope: CoroutineScope) {
    val status: Loader<StatusView> = Loader(services, scope, ChangeArea.entries.toSet()) { services.core.status() }

    /** How the last sync ended, when it was asked for here. */
    var report: SyncReport? by mutableStateOf(null)
        private set

    /** What keeps in touch anyway was asked to look now; what comes shows by itself. */
    var looks: Boolean by mutableStateOf(false)
        private set

    val act = Doing(scope, services.words)

    private val unfolded = mutableStateMapOf<String, Boolean>()

    /** Whether the details of a space are shown. */
    fun isUnfolded(space: String): Boolean = unfolded[space] == true

    /** Shows or hides the details of a space. */
    fun fold(space: String) {
        unfolded[space] = !isUnfolded(space)
    }

    /** Sends and fetches now. */
    fun sync() = act.run {
        report = null
        looks = false
        report = services.core.syncOrLook()
        looks = report == null
        status.reload()
    }

    /** How many changes wait for a connection, in all spaces. */
    val waiting: Int get() = status.state.value?.spaces.orEmpty().filterNot { it.paused }.sumOf { it.queued.toInt() }

    /** Whether something needs a look. */
    val needsALook: Boolean get() = status.state.value?.spaces.orEmpty().any(::needsALook)

    private fun needsALook(space: SpaceStatusView): Boolean =
        space.fault != null || space.ownDeviceTwice || space.needsNewer > 0uL || space.quarantined > 0uL ||
            space.peers.any { peer -> peer.devices.any { it.twice } }
}
