package app.belay.desktop

import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.size
import androidx.compose.ui.Modifier
import androidx.compose.ui.test.ComposeUiTest
import androidx.compose.ui.test.ExperimentalTestApi
import androidx.compose.ui.test.hasText
import androidx.compose.ui.test.performClick
import androidx.compose.ui.test.v2.runComposeUiTest
import androidx.compose.ui.unit.dp
import app.belay.words.WordsEn
import java.nio.file.Path
import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertNotNull
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir

private const val PATIENCE_MS = 50_000L

@OptIn(ExperimentalTestApi::class)
class DesktopAppTest {
    @TempDir
    lateinit var dir: Path

    private val arguments get() = Arguments(dir, "Sam", "http://127.0.0.1:9", "en", dark = false, agreed = true)
    private val door get() = desktopDoor(dir)

    @Test
    fun `a window for a named person shows Today over a store of its own`() = runComposeUiTest {
        setContent { Box(Modifier.size(412.dp, 768.dp)) { DesktopApp(arguments) } }
        waitUntil(timeoutMillis = PATIENCE_MS) { onAllNodes(hasText("Check in")).fetchSemanticsNodes().isNotEmpty() }
    }

    @Test
    fun `a window for nobody yet begins as a phone does, and Help now is there from its first page`() =
        runComposeUiTest {
            setContent { Box(Modifier.size(412.dp, 915.dp)) { DesktopApp(Arguments(dir, language = "en")) } }
            awaitText(WordsEn.onboardingWelcomeTitle)
            onNode(hasText(WordsEn.commonHelpNow)).performClick()
            awaitText(WordsEn.helpTitle)
        }

    private fun ComposeUiTest.awaitText(text: String) =
        waitUntil(timeoutMillis = PATIENCE_MS) { onAllNodes(hasText(text)).fetchSemanticsNodes().isNotEmpty() }

    @Test
    fun `beginning makes the store once, with the relay of this machine and the agreement`() = runBlocking {
        repeat(2) { begin(arguments, door) }
        val core = door.open(null)
        val people = core.people()
        assertEquals("Sam", people.displayName)
        assertEquals("http://127.0.0.1:9", people.relay)
        assertNotNull(core.agreement().agreedAtMs)
        core.shutdown()
    }

    @Test
    fun `nothing begins without a name`() = runBlocking {
        begin(Arguments(dir), door)
        assertFalse(door.exists())
    }
}
