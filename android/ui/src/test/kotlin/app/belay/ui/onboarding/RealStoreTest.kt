package app.belay.ui.onboarding

import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.width
import androidx.compose.runtime.remember
import androidx.compose.runtime.rememberCoroutineScope
import androidx.compose.ui.Modifier
import androidx.compose.ui.test.ComposeUiTest
import androidx.compose.ui.test.ExperimentalTestApi
import androidx.compose.ui.test.hasContentDescription
import androidx.compose.ui.test.v2.runComposeUiTest
import androidx.compose.ui.unit.dp
import app.belay.core.BelayCoreInterface
import app.belay.ui.Navigator
import app.belay.ui.Route
import app.belay.ui.testkit.OnScreen
import app.belay.ui.testkit.RealStore
import app.belay.ui.testkit.testShell
import app.belay.ui.theme.BelayTheme
import java.io.File
import kotlin.time.Duration.Companion.minutes
import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.AfterEach
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test

/** A busy machine may take its time; nothing is measured here. */
private val PATIENCE = 10.minutes

/** Beginning, opening and ending, through the screens and over a real store. */
@OptIn(ExperimentalTestApi::class)
class RealStoreTest {
    private val store = RealStore()
    private val navigator = Navigator().apply { go(Route.People) }

    @AfterEach
    fun tidy() = store.close()

    private fun ComposeUiTest.phone(): Pair<OpeningModel, OnScreen> {
        // The page's own scope, as in the app: what the core answers waits until the page is composed. An answer that is
        // written from another thread meanwhile is lost with the composition's snapshot.
        lateinit var shown: OpeningModel
        setContent {
            val scope = rememberCoroutineScope()
            shown = remember { OpeningModel(store.door, testShell(clock = store.clock, scope = scope), scope) }
            BelayTheme(dark = false) { Box(Modifier.width(411.dp)) { BelayRoot(shown, navigator) { } } }
        }
        return shown to OnScreen(this)
    }

    private fun core(model: OpeningModel): BelayCoreInterface = (model.state as Opening.Open).core

    private fun closed(passphrase: String? = null) = runBlocking {
        store.create("Mira", passphrase).shutdown()
    }

    @Test
    fun `a person begins writes the words down and is asked for three`() = runComposeUiTest(testTimeout = PATIENCE) {
        val (model, screen) = phone()
        screen.tap("Begin")
        screen.tap("I understand")
        screen.type("Your name (if you like)", "Mira")
        screen.tap("04:00")
        screen.tap("Next")
        screen.see("Your recovery words")
        screen.tap("I have written them down")
        screen.see("Three of them, to be sure")
        screen.tap("Later")

        screen.see("You are Mira")
        screen.tap("Write them down")
        val words = runBlocking { core(model).recoveryWords() }
        assertEquals(24, words.size)
        for ((index, word) in words.withIndex()) screen.see("${index + 1}. $word")
        screen.tap("I have written them down")
        screen.see("Three of them, to be sure")
        for (number in asked(words.size)) screen.type("Word $number", words[number - 1])
        screen.tap("Check")
        screen.see("They are right")
        screen.tap("Close")
        screen.see("You are Mira")
        screen.until { !runBlocking { core(model).people().recoveryWordsDue } }
        assertEquals(4u.toUByte(), runBlocking { core(model).settings().settings.dayStart })
        runBlocking { core(model).shutdown() }
    }

    private fun ComposeUiTest.asked(of: Int): List<Int> = (1..of).filter { onAllNodesNamed("Word $it").isNotEmpty() }

    private fun ComposeUiTest.onAllNodesNamed(name: String) =
        onAllNodes(hasContentDescription(name)).fetchSemanticsNodes()

    @Test
    fun `a passphrase opens the store and another one does not`() = runComposeUiTest(testTimeout = PATIENCE) {
        closed("a long sentence")
        val (model, screen) = phone()
        screen.type("Passphrase", "another")
        screen.tap("Open")
        screen.see("That isn’t the passphrase", substring = true)
        screen.type("Passphrase", "a long sentence")
        screen.tap("Open")
        screen.see("You are Mira")
        runBlocking { core(model).shutdown() }
    }

    @Test
    fun `a store whose key is gone is kept until its person says otherwise`() =
        runComposeUiTest(testTimeout = PATIENCE) {
            closed()
            store.secrets.lose()
            val (_, screen) = phone()
            screen.see("The key to this journal isn’t on this phone")
            screen.tap("Look for the key again")
            screen.tap("Erase it and begin anew")
            screen.tap("Keep it")
            assertTrue(runBlocking { store.door.exists() })

            screen.tap("Erase it and begin anew")
            screen.tap("Yes, erase it")
            screen.see("You climb. Somebody holds the rope.")
            assertFalse(runBlocking { store.door.exists() })
        }

    @Test
    fun `a damaged store is set aside whole and another begins beside it`() = runComposeUiTest(testTimeout = PATIENCE) {
        closed()
        damage(store.dir)
        val (_, screen) = phone()
        screen.see("This journal could not be read")
        screen.see("Set aside as", substring = true)
        screen.tap("Begin a new journal")
        screen.see("You climb. Somebody holds the rope.")
    }

    @Test
    fun `deleting everything asks once and leaves nothing`() = runComposeUiTest(testTimeout = PATIENCE) {
        closed()
        val (_, screen) = phone()
        screen.tap("You are Mira")
        screen.tap("Delete everything")
        screen.tap("I understand that everything goes")
        screen.tap("Delete everything")
        screen.see("Everything here was deleted")
        screen.tap("Send them and finish")
        screen.see("All of it is gone")
        assertFalse(runBlocking { store.door.exists() })
        screen.tap("Begin")
        screen.see("You climb. Somebody holds the rope.")
    }

    private fun damage(dir: File) {
        val database = dir.walk().filter(File::isFile).maxBy(File::length)
        database.writeBytes(ByteArray(database.length().toInt()) { 7 })
    }
}
