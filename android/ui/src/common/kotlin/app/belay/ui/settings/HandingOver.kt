package app.belay.ui.settings

import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.setValue
import app.belay.core.BelayException
import app.belay.core.LanReport
import app.belay.core.NearbyObserver
import app.belay.core.Subscription
import app.belay.ui.Problem
import app.belay.ui.Services
import app.belay.ui.problemOf
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.job
import kotlinx.coroutines.launch

/** Hands the sealed copy to a device of the same person that comes back in this room, as long as the page is open. */
class HandingOver(private val services: Services, private val scope: CoroutineScope) {
    /** It waits for the new device. */
    var isOn: Boolean by mutableStateOf(false)
        private set

    /** Where the new device can call this one; null until that is known. */
    var address: String? by mutableStateOf(null)
        private set

    /** Somebody was here. */
    var met: Boolean by mutableStateOf(false)
        private set

    /** Why it cannot be done now. */
    var problem: Problem? by mutableStateOf(null)
        private set

    private var subscription: Subscription? = null

    init {
        scope.coroutineContext.job.invokeOnCompletion { end() }
    }

    /** Begins. */
    fun start() {
        if (isOn) return
        met = false
        problem = null
        try {
            subscription = services.core.handOver(Heard(), services.platform.discovery())
            isOn = true
        } catch (refused: BelayException) {
            problem = problemOf(refused, services.words)
        }
    }

    /** Waits no longer. */
    fun stop() {
        end()
        isOn = false
        address = null
    }

    private fun end() {
        subscription?.run {
            cancel()
            close()
        }
        subscription = null
    }

    /** Is called on threads of the core's. */
    private inner class Heard : NearbyObserver {
        override fun onReady(address: String) {
            scope.launch { if (isOn) this@HandingOver.address = address }
        }

        override fun onReport(report: LanReport) {
            scope.launch { if (report.meetings.isNotEmpty()) met = true }
        }

        override fun onStopped(error: BelayException?) {
            scope.launch {
                if (error != null) problem = problemOf(error, services.words)
                if (isOn) stop()
            }
        }
    }
}
