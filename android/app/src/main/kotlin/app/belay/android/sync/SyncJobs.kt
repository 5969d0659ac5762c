package app.belay.android.sync

import android.app.job.JobInfo
import android.app.job.JobScheduler
import android.content.ComponentName
import android.content.Context
import java.util.concurrent.TimeUnit.HOURS
import java.util.concurrent.TimeUnit.SECONDS

/** When the system lets the app keep up while nobody looks: never without a connection, never on a low battery's cost. */
class SyncJobs(private val context: Context) {
    private val scheduler = checkNotNull(context.getSystemService(JobScheduler::class.java))

    /** Looks every few hours for what partners sent. Asked for again and again, it stays one job. */
    fun keepUp() {
        if (scheduler.getPendingJob(KEEP_UP) != null) return
        val job = job(KEEP_UP)
            .setPeriodic(HOURS.toMillis(EVERY_HOURS))
            .setRequiresBatteryNotLow(true)
        scheduler.schedule(job.build())
    }

    /**
     * Sends what waits as soon as there is a connection, and not before [waitMs]: so long it can be taken back.
     * Without one, soon: somebody who was here a moment ago may have begun something.
     */
    fun sendSoon(waitMs: Long? = null) {
        val job = job(SEND)
            .setMinimumLatency(waitMs?.coerceAtLeast(0) ?: SECONDS.toMillis(SOON_SECONDS))
        scheduler.schedule(job.build())
    }

    /** Asks for nothing any more: there is no store. */
    fun stop() = scheduler.cancelAll()

    private fun job(id: Int) = JobInfo.Builder(id, ComponentName(context, SyncJobService::class.java))
        .setRequiredNetworkType(JobInfo.NETWORK_TYPE_ANY)
        .setBackoffCriteria(SECONDS.toMillis(FIRST_PAUSE_SECONDS), JobInfo.BACKOFF_POLICY_EXPONENTIAL)
        .setPersisted(true)

    companion object {
        /** Id of the job that comes again and again. */
        const val KEEP_UP: Int = 1

        /** Id of the job that runs once. */
        const val SEND: Int = 2

        private const val EVERY_HOURS = 4L
        private const val SOON_SECONDS = 15L
        private const val FIRST_PAUSE_SECONDS = 60L
    }
}
