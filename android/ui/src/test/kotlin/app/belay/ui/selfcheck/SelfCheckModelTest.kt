package app.belay.ui.selfcheck

import app.belay.core.BelayException
import app.belay.core.ProgressObserver
import app.belay.core.SpaceKindView
import app.belay.core.SyncReport
import app.belay.ui.people.spaceStatus
import app.belay.ui.settings.FakeSettings
import app.belay.ui.testkit.FakeCore
import app.belay.ui.testkit.testServices
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertNotNull
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test

class SelfCheckModelTest {
    private val core = FakeSettings()
    private val services = testServices(core)
    private val model = SelfCheckModel(services, services.scope)

    @Test
    fun `what waits is counted and a pause is no waiting`() {
        assertEquals(2, model.waiting)

        core.status = core.status.copy(spaces = listOf(spaceStatus().copy(queued = 5u, paused = true)))
        model.status.reload()

        assertEquals(0, model.waiting)
    }

    @Test
    fun `a fault needs a look and a queue does not`() {
        assertFalse(model.needsALook)

        core.status = core.status.copy(spaces = listOf(spaceStatus().copy(fault = "document")))
        model.status.reload()

        assertTrue(model.needsALook)
    }

    @Test
    fun `a partner's device that exists twice needs a look and is named`() {
        val space = spaceStatus().let { space ->
            space.copy(
                peers = space.peers.map {
                    it.copy(devices = it.devices.map { one -> one.copy(twice = !one.thisDevice) })
                }
            )
        }
        core.status = core.status.copy(spaces = listOf(space))
        model.status.reload()

        assertTrue(model.needsALook)
        val facts = SpaceFacts(services.words, services.formats, space)
        assertEquals(
            listOf(
                "A device of Sam exists twice: a copy of it wrote, too. " +
                    "If it is yours, remove it here, begin anew on the one you keep, and add it again."
            ),
            facts.warnings
        )
    }

    @Test
    fun `the folded part tells of every device and of secrets and traffic`() {
        val own = SpaceFacts(services.words, services.formats, spaceStatus(SpaceKindView.OWN))
        assertEquals(
            listOf(
                "Tablet: last word from it 3 h ago",
                "Met on one network 3 h ago",
                "Old phone: removed, reads nothing new",
                "Secrets held: 9 of 9",
                "The present one since Sunday, 21:00",
                "Sealed: 184\u00A0kB sent, 96\u00A0kB received"
            ),
            own.lines
        )
        val pair = SpaceFacts(services.words, services.formats, spaceStatus())
        assertTrue("2 things of yours are not confirmed there yet" in pair.lines)
    }

    @Test
    fun `details are folded until somebody asks`() {
        assertFalse(model.isUnfolded("sam"))
        model.fold("sam")
        assertTrue(model.isUnfolded("sam"))
        model.fold("sam")
        assertFalse(model.isUnfolded("sam"))
    }

    @Test
    fun `sending now says what went or why it did not`() {
        model.sync()
        assertNotNull(model.report)

        core.refuses = BelayException.Unavailable("no-relay")
        model.sync()

        assertNull(model.report)
        assertEquals("no-relay", model.act.problem?.detail)
    }

    @Test
    fun `while the app keeps in touch it is asked to look at once`() {
        var looked = 0
        val busy = object : FakeCore() {
            override suspend fun status() = core.status

            override suspend fun sync(observer: ProgressObserver?): SyncReport =
                throw BelayException.Unavailable("already-syncing")

            override fun lookNow() {
                looked++
            }
        }
        val services = testServices(busy)
        val model = SelfCheckModel(services, services.scope)
        model.sync()

        assertEquals(1, looked)
        assertTrue(model.looks)
        assertNull(model.act.problem)
    }
}
