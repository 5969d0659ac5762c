package app.belay.ui.near

import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.setValue
import app.belay.core.BelayCoreInterface
import app.belay.core.BelayException
import app.belay.core.Discovery
import app.belay.core.LanEndingView
import app.belay.core.LanReport
import app.belay.core.NearbyObserver
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.launch

/**
 * How meeting other devices on one network goes while Belay is open. Whether it is to be done at all, the core knows;
 * who was met and when stands in its view.
 */
class Nearness(private val scope: CoroutineScope) {
    /** The last meeting broke off, or something here kept it from going on. */
    var brokeOff: Boolean by mutableStateOf(false)
        private set

    /** Why nobody can be met now; null while nothing forbids it. */
    var error: BelayException? by mutableStateOf(null)
        private set

    /**
     * Meets whoever is near over the store of [core] until it is cancelled, or something forbids it. [discovery] is
     * how this system finds others; null takes the one that is built in for desktops.
     */
    suspend fun keep(core: BelayCoreInterface, discovery: Discovery?) {
        val heard = Heard()
        error = null
        val subscription = core.keepNear(heard, discovery)
        try {
            error = heard.ended.await()
        } finally {
            subscription.cancel()
            subscription.close()
        }
    }

    private fun take(report: LanReport) {
        val last = report.meetings.lastOrNull() ?: return
        brokeOff = last.ending == LanEndingView.INTERRUPTED || last.trouble != null
    }

    /** Is called on threads of the core's. */
    private inner class Heard : NearbyObserver {
        val ended = CompletableDeferred<BelayException?>()

        override fun onReady(address: String) = Unit

        override fun onReport(report: LanReport) {
            scope.launch { take(report) }
        }

        override fun onStopped(error: BelayException?) {
            ended.complete(error)
        }
    }
}
