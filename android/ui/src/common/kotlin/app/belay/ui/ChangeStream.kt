package app.belay.ui

import app.belay.core.BelayCoreInterface
import app.belay.core.ChangeArea
import app.belay.core.ChangeObserver
import app.belay.core.Subscription
import kotlinx.coroutines.channels.BufferOverflow
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.MutableSharedFlow
import kotlinx.coroutines.flow.conflate
import kotlinx.coroutines.flow.emptyFlow
import kotlinx.coroutines.flow.filter
import kotlinx.coroutines.flow.map
import kotlinx.coroutines.flow.merge
import kotlinx.coroutines.flow.onSubscription

private const val KEPT_CHANGES = 64

/** What the core says is stale, for every screen at once. It holds one subscription as long as it is open. */
class ChangeStream(core: BelayCoreInterface, private val timeMoved: Flow<Unit> = emptyFlow()) : AutoCloseable {
    private val told = MutableSharedFlow<Set<ChangeArea>>(
        extraBufferCapacity = KEPT_CHANGES,
        onBufferOverflow = BufferOverflow.DROP_OLDEST
    )

    private val subscription: Subscription = core.subscribe(
        object : ChangeObserver {
            override fun onChange(areas: List<ChangeArea>, ids: List<String>, revision: ULong) {
                told.tryEmit(areas.toSet())
            }
        }
    )

    /** Emits once at the beginning, then whenever something of [areas] is stale; bursts become one. */
    fun stale(areas: Set<ChangeArea>): Flow<Unit> {
        val changed = told.onSubscription { emit(areas) }.filter { changed -> changed.any(areas::contains) }.map { }
        return merge(changed, timeMoved).conflate()
    }

    override fun close() = subscription.close()
}
