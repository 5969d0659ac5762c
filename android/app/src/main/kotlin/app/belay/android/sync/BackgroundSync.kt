package app.belay.android.sync

import app.belay.android.CoreHolder
import app.belay.core.BelayCoreInterface
import app.belay.core.BelayException

/** What the system is told after a try. */
enum class SyncEnd {
    /** Nothing is left to do now. */
    DONE,

    /** Worth another try after a pause. */
    AGAIN
}

/** One round of keeping up while nobody looks. [onNews] is called when somebody shared something meanwhile. */
class BackgroundSync(private val cores: CoreHolder, private val onNews: () -> Unit) {
    /** Opens the store if it is closed and opens without being asked anything, and syncs once. */
    suspend fun run(): SyncEnd = try {
        val core = cores.openQuietly()
        if (core == null) {
            SyncEnd.DONE
        } else {
            val before = core.shared()
            val report = core.sync(null)
            if (core.shared() != before) onNews()
            core.enterBackground()
            if (report.troubles.isEmpty()) SyncEnd.DONE else SyncEnd.AGAIN
        }
    } catch (error: BelayException) {
        endOf(error)
    }

    /** The newest that each partner shared. */
    private suspend fun BelayCoreInterface.shared() = today().partners.mapNotNull { it.last?.name }.toSet()

    private fun endOf(error: BelayException): SyncEnd = when (error) {
        // The phone may be locked now, the relay away, the disk full for a while.
        is BelayException.Locked, is BelayException.Offline, is BelayException.StorageFull -> SyncEnd.AGAIN

        // Somebody syncs already, or it needs the person: both end this round.
        else -> SyncEnd.DONE
    }
}
