package app.belay.android.sync

import app.belay.core.BelayCoreInterface
import app.belay.core.BelayException
import app.belay.core.SyncObserver
import app.belay.core.SyncReport
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.NonCancellable
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.collectLatest
import kotlinx.coroutines.withContext

/**
 * Keeps in touch while the person is here. Every new connection begins anew at once, so nobody waits out a pause
 * that was meant for a time without one. When the person goes, the disk is left tidy, and what waits is a job.
 */
class Foreground(
    private val jobs: SyncJobs,
    private val connections: Flow<Unit>,
    /** Everything was deleted: nothing of the person's is to be left outside the store either. */
    private val gone: () -> Unit,
    private val nowMs: () -> Long = System::currentTimeMillis
) {
    /** Keeps in touch until it is cancelled. */
    suspend fun stay(core: BelayCoreInterface) {
        jobs.keepUp()
        try {
            connections.collectLatest { keep(core) }
        } catch (_: BelayException) {
            // It cannot be kept up over this store now; the screens say why, and leaving tidies.
        } finally {
            withContext(NonCancellable) { leave(core) }
        }
    }

    private suspend fun keep(core: BelayCoreInterface) {
        do {
            val ended = Ended()
            val subscription = core.keepInTouch(ended)
            val error = try {
                ended.error.await()
            } finally {
                subscription.cancel()
                subscription.close()
            }
            // A job in the background is at it: it ends by itself.
            val busy = error is BelayException.Unavailable && error.reason == ALREADY_SYNCING
            if (busy) delay(BUSY_PAUSE_MS)
        } while (busy)
    }

    private suspend fun leave(core: BelayCoreInterface) {
        try {
            val departure = core.nextDepartureAtMs()
            core.enterBackground()
            jobs.sendSoon(departure?.let { it - nowMs() })
        } catch (_: BelayException.Closed) {
            gone()
        } catch (_: BelayException) {
            // Every write was durable before; this only tidies.
            jobs.sendSoon()
        }
    }

    private class Ended : SyncObserver {
        val error = CompletableDeferred<BelayException?>()

        /** What came is shown by the screens: the core tells them what is stale. */
        override fun onReport(report: SyncReport) = Unit

        override fun onStopped(error: BelayException?) {
            this.error.complete(error)
        }
    }

    private companion object {
        const val ALREADY_SYNCING = "already-syncing"
        const val BUSY_PAUSE_MS = 2_000L
    }
}
