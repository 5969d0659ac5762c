package app.belay.android.near

import app.belay.core.BelayCoreInterface
import app.belay.core.BelayException
import app.belay.core.Discovery
import app.belay.ui.near.Nearness
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.collectLatest

/**
 * Meets whoever is near while the person is here. Every network that comes or goes begins it anew, so that this
 * device is shown where it is now. Whether the person wants it at all, the core asks its own setting.
 */
class KeepNear(private val networks: Flow<Unit>, private val discovery: () -> Discovery?) {
    /** Keeps near until it is cancelled. */
    suspend fun stay(core: BelayCoreInterface, near: Nearness) {
        // A phone that cannot look around is not shown either; the built-in way of desktops would see nothing here.
        val means = discovery() ?: awaitCancellation()
        networks.collectLatest {
            try {
                near.keep(core, means)
            } catch (_: BelayException) {
                // It cannot be kept up over this store now; the screens say why.
            }
        }
    }
}
