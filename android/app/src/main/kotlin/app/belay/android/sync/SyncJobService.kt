package app.belay.android.sync

import android.app.job.JobParameters
import android.app.job.JobService
import app.belay.android.belay
import app.belay.core.BelayCoreInterface
import app.belay.core.BelayException
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.Job
import kotlinx.coroutines.MainScope
import kotlinx.coroutines.cancel
import kotlinx.coroutines.launch

/**
 * Runs a round when the system says so, and lets go at once when it says stop: the core keeps what came so far,
 * and the rest comes with the next round.
 */
class SyncJobService : JobService() {
    private val scope: CoroutineScope = MainScope()
    private val running = mutableMapOf<Int, Job>()

    override fun onStartJob(parameters: JobParameters): Boolean {
        running[parameters.jobId] = scope.launch(Dispatchers.Main.immediate) {
            val end = BackgroundSync(belay.cores, ::tell).run()
            running -= parameters.jobId
            jobFinished(parameters, end == SyncEnd.AGAIN)
            // What is held still goes out with a job of its own; one that is due went, or is tried again.
            if (end == SyncEnd.DONE) belay.cores.opened?.waitMs()?.let(belay.jobs::sendSoon)
        }
        return true
    }

    override fun onStopJob(parameters: JobParameters): Boolean {
        running.remove(parameters.jobId)?.cancel()
        return true
    }

    private suspend fun BelayCoreInterface.waitMs(): Long? = try {
        nextDepartureAtMs()?.let { it - System.currentTimeMillis() }?.takeIf { it > 0 }
    } catch (_: BelayException) {
        // Whoever opens the store again begins anew.
        null
    }

    private fun tell() {
        if (belay.preferences.tells) belay.notices.show()
    }

    override fun onDestroy() {
        scope.cancel()
        super.onDestroy()
    }
}
