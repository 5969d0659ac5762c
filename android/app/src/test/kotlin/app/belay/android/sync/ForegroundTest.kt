package app.belay.android.sync

import android.app.Application
import android.app.job.JobScheduler
import app.belay.core.BelayCoreInterface
import app.belay.core.NoHandle
import app.belay.core.Subscription
import app.belay.core.SyncObserver
import java.lang.reflect.Proxy
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.flow.flowOf
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import org.junit.Assert.assertEquals
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.RuntimeEnvironment

@RunWith(RobolectricTestRunner::class)
class ForegroundTest {
    private val app: Application = RuntimeEnvironment.getApplication()

    @Test
    fun `who leaves during a long hold has a job for its end`() = runBlocking {
        val core = Holding(departure = NOW + 600_000)
        val foreground = Foreground(SyncJobs(app), flowOf(Unit), gone = {}, nowMs = { NOW })
        val here = launch(Dispatchers.Unconfined) { foreground.stay(core) }
        here.cancelAndJoin()
        val jobs = checkNotNull(app.getSystemService(JobScheduler::class.java))
        assertEquals(600_000, checkNotNull(jobs.getPendingJob(SyncJobs.SEND)).minLatencyMillis)
    }

    private class Holding(private val departure: Long) : BelayCoreInterface by unanswered() {
        override fun keepInTouch(observer: SyncObserver): Subscription = Kept()

        override suspend fun nextDepartureAtMs(): Long? = departure

        override suspend fun enterBackground() = Unit
    }

    private class Kept : Subscription(NoHandle) {
        override fun cancel() = Unit

        override fun close() = Unit
    }

    private companion object {
        const val NOW = 1_772_568_000_000L

        fun unanswered(): BelayCoreInterface = Proxy.newProxyInstance(
            BelayCoreInterface::class.java.classLoader,
            arrayOf(BelayCoreInterface::class.java)
        ) { _, method, _ -> error("not asked for: ${method.name}()") } as BelayCoreInterface
    }
}
