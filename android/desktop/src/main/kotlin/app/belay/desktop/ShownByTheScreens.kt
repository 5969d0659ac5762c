package app.belay.desktop

import app.belay.core.BelayException
import app.belay.core.SyncObserver
import app.belay.core.SyncReport

/** What came in is shown by the screens, which the core tells what is stale; how it went stands in the self-check. */
object ShownByTheScreens : SyncObserver {
    override fun onReport(report: SyncReport) = Unit

    override fun onStopped(error: BelayException?) = Unit
}
