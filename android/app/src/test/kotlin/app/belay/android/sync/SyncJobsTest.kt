package app.belay.android.sync

import android.app.Application
import android.app.job.JobInfo
import android.app.job.JobScheduler
import android.content.ComponentName
import org.junit.Assert.assertEquals
import org.junit.Assert.assertNotNull
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.RuntimeEnvironment

@RunWith(RobolectricTestRunner::class)
class SyncJobsTest {
    private val app: Application = RuntimeEnvironment.getApplication()
    private val scheduler = checkNotNull(app.getSystemService(JobScheduler::class.java))
    private val jobs = SyncJobs(app)

    @Test
    fun `keeping up waits for a connection, spares a low battery, and outlasts a restart`() {
        jobs.keepUp()
        val job = checkNotNull(scheduler.getPendingJob(SyncJobs.KEEP_UP))
        assertTrue(job.isPeriodic)
        assertTrue(job.isPersisted)
        assertTrue(job.isRequireBatteryNotLow)
        assertNotNull(job.requiredNetwork)
        assertEquals(ComponentName(app, SyncJobService::class.java), job.service)
    }

    @Test
    fun `asking again does not push the next time away`() {
        jobs.keepUp()
        val first = scheduler.getPendingJob(SyncJobs.KEEP_UP)
        jobs.keepUp()
        assertEquals(1, scheduler.allPendingJobs.size)
        assertTrue(first === scheduler.getPendingJob(SyncJobs.KEEP_UP))
    }

    @Test
    fun `what waits goes out after the hold, once there is a connection, with growing pauses`() {
        jobs.sendSoon()
        val job = checkNotNull(scheduler.getPendingJob(SyncJobs.SEND))
        assertTrue(job.minLatencyMillis >= 10_000)
        assertNotNull(job.requiredNetwork)
        assertEquals(JobInfo.BACKOFF_POLICY_EXPONENTIAL, job.backoffPolicy)
        assertTrue(job.initialBackoffMillis >= 30_000)
        assertTrue(job.isPersisted)
    }

    @Test
    fun `what is held longer goes out when its hold is over, and what is due at once`() {
        jobs.sendSoon(waitMs = 600_000)
        assertEquals(600_000, checkNotNull(scheduler.getPendingJob(SyncJobs.SEND)).minLatencyMillis)
        jobs.sendSoon(waitMs = -5)
        assertEquals(0, checkNotNull(scheduler.getPendingJob(SyncJobs.SEND)).minLatencyMillis)
    }

    @Test
    fun `without a store nothing is asked for`() {
        jobs.keepUp()
        jobs.sendSoon()
        jobs.stop()
        assertTrue(scheduler.allPendingJobs.isEmpty())
    }
}
