package app.belay.ui.selfcheck

import androidx.compose.ui.test.ExperimentalTestApi
import androidx.compose.ui.test.v2.runComposeUiTest
import app.belay.core.BelayException
import app.belay.core.SyncObserver
import app.belay.core.SyncReport
import app.belay.ui.Services
import app.belay.ui.testkit.PATIENCE_MS
import app.belay.ui.testkit.RealPair
import app.belay.ui.testkit.testShell
import java.util.concurrent.atomic.AtomicInteger
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test

@OptIn(ExperimentalTestApi::class)
class RealSelfCheckTest {
    @Test
    fun `a person who asks while the app keeps in touch gets a round and no refusal`() = RealPair().use { pair ->
        val rounds = AtomicInteger()
        val kept = pair.jonas.keepInTouch(
            object : SyncObserver {
                override fun onReport(report: SyncReport) {
                    rounds.incrementAndGet()
                }

                override fun onStopped(error: BelayException?) = Unit
            }
        )
        val services = Services(pair.jonas, testShell(clock = pair.clock))
        val model = SelfCheckModel(services, services.scope)
        runComposeUiTest {
            waitUntil(timeoutMillis = PATIENCE_MS) { rounds.get() > 0 }
            val before = rounds.get()
            model.sync()
            waitUntil(timeoutMillis = PATIENCE_MS) { !model.act.busy && rounds.get() > before }
        }
        assertNull(model.act.problem)
        assertTrue(model.looks)
        kept.cancel()
        kept.close()
    }
}
