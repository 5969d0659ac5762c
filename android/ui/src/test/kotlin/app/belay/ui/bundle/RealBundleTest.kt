package app.belay.ui.bundle

import app.belay.core.BelayCoreInterface
import app.belay.core.BundleEndingView
import app.belay.core.BundleFor
import app.belay.core.CheckInField
import app.belay.core.CheckInTemplate
import app.belay.core.NewCheckIn
import app.belay.ui.testkit.RealPair
import app.belay.ui.testkit.TestPlatform
import app.belay.ui.testkit.testServices
import app.belay.ui.testkit.testShell
import java.io.File
import java.util.concurrent.TimeUnit
import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Test

/** Two people with real stores; what one of them writes reaches the other by a file alone. */
class RealBundleTest {
    private class Hands(val model: BundleModel, val platform: TestPlatform)

    private fun hands(core: BelayCoreInterface): Hands {
        val platform = TestPlatform()
        val services = testServices(core, testShell(platform = platform))
        return Hands(BundleModel(services, services.scope), platform)
    }

    /** The core works on threads of its own. */
    private fun until(isSo: () -> Boolean) {
        val end = System.nanoTime() + TimeUnit.MINUTES.toNanos(2)
        while (!isSo()) check(System.nanoTime() < end) { "not yet" }.also { Thread.onSpinWait() }
    }

    @Test
    fun `a check-in crosses in a file and opening it twice or in part does no harm`() = RealPair().use { pair ->
        val space = runBlocking { pair.jonas.partners().single().space }
        val seen = mapOf(space to listOf(CheckInField.MOOD, CheckInField.WIN))
        runBlocking {
            pair.jonas.writeCheckIn(
                NewCheckIn(template = CheckInTemplate.EVENING, mood = 4u, win = "By a stick", audience = seen)
            )
        }
        val jonas = hands(pair.jonas)
        jonas.model.choose(BundleFor.Partner(space))
        jonas.model.write()
        until { !jonas.model.writing.busy }
        assertNull(jonas.model.writing.problem)
        val file = File(jonas.platform.handed.single())

        val sam = hands(pair.sam)
        val half = File(file.parentFile, "half").apply {
            writeBytes(file.readBytes().copyOf(file.length().toInt() / 2))
        }
        for (given in listOf(half, file, file)) {
            sam.platform.picked = given.path
            sam.model.read()
            until { !sam.model.reading.busy }
        }

        assertNull(sam.model.reading.problem)
        assertEquals(BundleEndingView.WHOLE, sam.model.taken?.ending)
        val last = runBlocking { pair.sam.partner(pair.sam.partners().single().space) }.checkIns
        assertEquals(listOf("By a stick"), last.map { it.checkIn.win })
        file.parentFile.deleteRecursively()
        Unit
    }
}
