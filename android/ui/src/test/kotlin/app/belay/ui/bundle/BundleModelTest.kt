package app.belay.ui.bundle

import app.belay.core.BelayException
import app.belay.core.BundleEndingView
import app.belay.core.BundleFor
import app.belay.ui.people.SAM
import app.belay.ui.testkit.TestPlatform
import app.belay.ui.testkit.testServices
import app.belay.ui.testkit.testShell
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test

class BundleModelTest {
    private val core = FakeBundles()
    private val platform = TestPlatform()
    private val services = testServices(core, testShell(platform = platform))
    private val model = BundleModel(services, services.scope)

    @Test
    fun `a file is made for somebody and only then`() {
        model.write()
        assertNull(model.made)

        model.choose(BundleFor.Partner(SAM))
        model.write()

        assertEquals(listOf("write Partner(space=sam) whole=false"), core.asked)
        assertEquals(listOf(model.made?.path), platform.handed)
    }

    @Test
    fun `another choice takes the file for the one before away`() {
        model.choose(BundleFor.Partner(SAM))
        model.write()
        model.takeWhole(true)
        assertNull(model.made)

        model.write()
        model.choose(BundleFor.OwnDevices)
        assertNull(model.made)
    }

    @Test
    fun `attachments go to own devices alone and only when asked for`() {
        model.takeAttachments(true)
        model.choose(BundleFor.Partner(SAM))
        model.write()
        assertFalse(core.asked.last().endsWith("with attachments"))

        model.choose(BundleFor.OwnDevices)
        model.write()
        assertTrue(core.asked.last().endsWith("with attachments"))
    }

    @Test
    fun `a file is taken in and its copy goes however that ended`() {
        platform.picked = "/handed/letters.belay"
        model.read()
        assertEquals(BundleEndingView.WHOLE, model.taken?.ending)

        core.refuses = BelayException.Unavailable("bundle-for-others")
        model.read()
        assertEquals("bundle-for-others", model.reading.problem?.detail)
        assertNull(model.taken)
        assertEquals(2, platform.dropped.size)
    }

    @Test
    fun `a file that another app handed over waits until the person says so and is read once`() {
        services.handOver.file = "/handed/taken.belay"
        assertTrue(model.isHanded)
        assertTrue(core.asked.isEmpty())

        model.readHanded()

        assertEquals(listOf("read /handed/taken.belay"), core.asked)
        assertFalse(model.isHanded)
    }

    @Test
    fun `turning back from the choice of a file changes nothing`() {
        model.read()
        assertTrue(core.asked.isEmpty())
        assertNull(model.reading.problem)
    }
}
