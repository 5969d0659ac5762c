package app.belay.ui

import app.belay.core.BelayCoreInterface
import app.belay.core.BelayException
import app.belay.core.SyncReport

private const val ALREADY_SYNCING = "already-syncing"

/**
 * Sends and fetches now. Null where the shell keeps in touch anyway: it makes a round at once then, and what comes
 * shows by itself.
 */
suspend fun BelayCoreInterface.syncOrLook(): SyncReport? = try {
    sync(null)
} catch (busy: BelayException.Unavailable) {
    if (busy.reason != ALREADY_SYNCING) throw busy
    lookNow()
    null
}
