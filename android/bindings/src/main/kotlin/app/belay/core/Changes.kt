package app.belay.core

import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.channels.awaitClose
import kotlinx.coroutines.channels.trySendBlocking
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.buffer
import kotlinx.coroutines.flow.callbackFlow

/** What became stale: whole parts, and the names of what changed where they are known (no names: all of the parts). */
data class Change(val areas: Set<ChangeArea>, val ids: Set<DocName>, val revision: ULong) {
    /** Whether a page that shows these parts shows something old now. A first change says yes: nothing was read yet. */
    fun concerns(vararg shown: ChangeArea): Boolean = areas.isEmpty() || shown.any { it in areas }
}

/** What keeping in touch has to tell. */
sealed interface Touch {
    /** A round ended. */
    data class Round(val report: SyncReport) : Touch

    /** Nobody keeps in touch any more, and why. */
    data class Stopped(val error: BelayException?) : Touch
}

/**
 * Every change from now on, the present revision first. A slow collector is told once of everything since; the core
 * waits for nobody else meanwhile. Ends with its collector.
 */
fun BelayCoreInterface.changes(): Flow<Change> = callbackFlow {
    val observer =
        object : ChangeObserver {
            override fun onChange(areas: List<ChangeArea>, ids: List<DocName>, revision: ULong) {
                trySendBlocking(Change(areas.toSet(), ids.toSet(), revision))
            }
        }
    val subscription = subscribe(observer)
    awaitClose {
        subscription.cancel()
        subscription.close()
    }
}.buffer(Channel.RENDEZVOUS)

/** Keeps in touch with every relay as long as it is collected. Ends after [Touch.Stopped]. */
fun BelayCoreInterface.keepingInTouch(): Flow<Touch> = callbackFlow {
    val observer =
        object : SyncObserver {
            override fun onReport(report: SyncReport) {
                trySendBlocking(Touch.Round(report))
            }

            override fun onStopped(error: BelayException?) {
                trySendBlocking(Touch.Stopped(error))
                close()
            }
        }
    val subscription = keepInTouch(observer)
    awaitClose {
        subscription.cancel()
        subscription.close()
    }
}.buffer(Channel.UNLIMITED)
