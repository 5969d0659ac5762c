package app.belay.ui.readers

import androidx.compose.runtime.remember
import androidx.compose.runtime.rememberCoroutineScope
import androidx.compose.ui.test.ExperimentalTestApi
import androidx.compose.ui.test.v2.runComposeUiTest
import app.belay.core.NewEntry
import app.belay.core.Readable
import app.belay.ui.testkit.OnScreen
import app.belay.ui.testkit.RealStore
import app.belay.ui.testkit.onPhone
import app.belay.ui.testkit.testServices
import app.belay.ui.testkit.testShell
import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test

@OptIn(ExperimentalTestApi::class)
class ReadersTest {
    @Test
    fun `who can read a thing is asked only when somebody wants to know`() = runComposeUiTest {
        val core = FakeReaders(manyReaders)
        val item = Readable.Entry("e1")
        onPhone {
            val scope = rememberCoroutineScope()
            WhoCanRead(remember { testServices(core, testShell(scope = scope)) }, item)
        }
        waitForIdle()
        assertTrue(core.asked.isEmpty())

        val screen = OnScreen(this)
        screen.tap("Who can read this?")
        screen.see("Sam can read it (a passage of it)")
        screen.see("A sealed copy lies at relay.example. It can’t be read there.")
        assertEquals(listOf<Readable>(item), core.asked)

        screen.tap("Hide who can read this")
        screen.seeNoMore("Sam can read it (a passage of it)")
    }

    @Test
    fun `a new entry can be read by its writer here and by nobody else`() = runComposeUiTest {
        RealStore().use { store ->
            val core = store.create("Mira")
            val entry = runBlocking { core.writeEntry(NewEntry(text = "Only mine.")) }
            onPhone {
                val scope = rememberCoroutineScope()
                val services = remember { testServices(core, testShell(clock = store.clock, scope = scope)) }
                WhoCanRead(services, Readable.Entry(entry.name))
            }
            val screen = OnScreen(this)
            screen.tap("Who can read this?")
            screen.see("You, on this device. Nobody else.")
            runBlocking { core.shutdown() }
        }
    }
}
