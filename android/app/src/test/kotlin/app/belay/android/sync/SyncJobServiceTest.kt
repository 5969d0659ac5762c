package app.belay.android.sync

import android.app.job.JobParameters
import app.belay.android.testkit.FakeKeystore
import app.belay.android.testkit.Phone
import app.belay.core.BelayException
import kotlinx.coroutines.runBlocking
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertNotNull
import org.junit.Assert.assertNull
import org.junit.Assert.assertThrows
import org.junit.Assert.assertTrue
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.Robolectric
import org.robolectric.RobolectricTestRunner
import org.robolectric.Shadows.shadowOf

@RunWith(RobolectricTestRunner::class)
class SyncJobServiceTest {
    @get:Rule
    val phone = Phone()

    private var news = 0
    private val cores get() = phone.belay.cores
    private val sync by lazy { BackgroundSync(cores) { news++ } }

    private fun run(): SyncEnd = runBlocking { sync.run() }

    @Test
    fun `without a store there is nothing to do`() = assertEquals(SyncEnd.DONE, run())

    @Test
    fun `a store is opened, synced, and stays whole`() {
        phone.begin()
        phone.kill()
        assertEquals(SyncEnd.DONE, run())
        assertNotNull(runBlocking { cores.open(null).today() })
        assertEquals("nobody shared anything", 0, news)
    }

    @Test
    fun `a store that asks for a passphrase is left alone until somebody opens it`() {
        phone.begin(passphrase = "a stone in the river")
        phone.kill()
        assertEquals(SyncEnd.DONE, run())
        assertThrows(BelayException.Closed::class.java) { runBlocking { checkNotNull(cores.opened).today() } }
    }

    @Test
    fun `on a locked phone it is tried again later`() {
        phone.begin()
        phone.kill()
        FakeKeystore.isAway = true
        assertEquals(SyncEnd.AGAIN, run())
        FakeKeystore.isAway = false
        assertEquals(SyncEnd.DONE, run())
    }

    @Test
    fun `after everything was deleted there is nothing to keep up`() {
        val core = phone.begin()
        runBlocking { core.deleteEverything() }
        assertEquals(SyncEnd.DONE, run())
    }

    @Test
    fun `the system's job ends by itself and says whether to come again`() {
        phone.begin()
        val service = Robolectric.buildService(SyncJobService::class.java).create().get()
        assertTrue(service.onStartJob(parameters()))
        val shadow = shadowOf(service)
        phone.await("the job ended") { shadow.isJobFinished }
        assertFalse(shadow.isRescheduleNeeded)
    }

    @Test
    fun `told to stop, the job lets go at once and wants to come again`() {
        phone.begin()
        val service = Robolectric.buildService(SyncJobService::class.java).create().get()
        service.onStartJob(parameters())
        assertTrue(service.onStopJob(parameters()))
        assertNotNull(runBlocking { cores.open(null).today() })
    }

    @Test
    fun `the screen and the job share one open store`() {
        val made = phone.begin()
        assertTrue(made === runBlocking { cores.openQuietly() })
        assertTrue(made === runBlocking { cores.open(null) })
        phone.kill()
        val next = runBlocking { cores.openQuietly() }
        assertTrue(next != null && next !== made)
    }

    @Test
    fun `nothing is opened where nothing is`() {
        assertNull(runBlocking { cores.openQuietly() })
        assertNull(cores.opened)
    }

    private fun parameters() =
        JobParameters(null, null, SyncJobs.SEND, null, null, null, 0, false, false, false, null, null, null)
}
