package app.belay.ui.checkin

import androidx.compose.ui.test.ExperimentalTestApi
import androidx.compose.ui.test.assertIsDisplayed
import androidx.compose.ui.test.assertIsEnabled
import androidx.compose.ui.test.assertIsNotEnabled
import androidx.compose.ui.test.hasContentDescription
import androidx.compose.ui.test.hasSetTextAction
import androidx.compose.ui.test.hasText
import androidx.compose.ui.test.onNodeWithText
import androidx.compose.ui.test.performClick
import androidx.compose.ui.test.performScrollTo
import androidx.compose.ui.test.performTextInput
import androidx.compose.ui.test.v2.runComposeUiTest
import app.belay.core.FormPartnerView
import app.belay.core.NewCheckIn
import app.belay.core.PreviewView
import app.belay.ui.BelayApp
import app.belay.ui.Navigator
import app.belay.ui.Route
import app.belay.ui.Services
import app.belay.ui.testkit.FakeCore
import app.belay.ui.testkit.PATIENCE_MS
import app.belay.ui.testkit.RealStore
import app.belay.ui.testkit.SAM_SPACE
import app.belay.ui.testkit.assertAccessibleEverywhere
import app.belay.ui.testkit.onPhone
import app.belay.ui.testkit.testServices
import app.belay.ui.testkit.testShell
import app.belay.ui.testkit.waitFor
import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test

private const val WIN = "What went well, and what helped?"

@OptIn(ExperimentalTestApi::class)
class CheckInScreenTest {
    @Test
    fun `the page and its preview can be read and reached`() {
        for (shot in checkInShots) assertAccessibleEverywhere { shell -> shot.content(shell) }
    }

    @Test
    fun `a partner whose words differed is not called paused`() = runComposeUiTest {
        val differs = FormPartnerView(SAM_SPACE, "Sam", emptyList(), null, paused = false, wordsDiffer = true)
        val core = object : FakeCore() {
            override suspend fun checkInForm(on: String?, about: String?, language: String) =
                formView(language, partners = listOf(differs))

            override suspend fun previewCheckIn(new: NewCheckIn) = emptyList<PreviewView>()
        }
        val services = testServices(core, navigator = Navigator().apply { go(Route.CheckIn()) })
        onPhone { BelayApp(services) }
        waitFor("Sam sees nothing: your words differed")
    }

    @Test
    fun `a person checks in from Today with one thumb`() = RealStore().use { store ->
        val core = store.create("Jonas")
        val services = Services(core, testShell(clock = store.clock))
        runComposeUiTest {
            onPhone { BelayApp(services) }
            waitFor("Very good")
            onNodeWithText("Very good").performClick()
            waitFor("How was today?")
            onNodeWithText("Calm").performClick()
            onNode(
                hasSetTextAction() and hasContentDescription(WIN)
            ).performScrollTo().performTextInput("Called my sister")
            onNodeWithText("Save").assertIsEnabled().performClick()
            waitFor("Evening. That’s noted.")
            waitFor("Saved on this phone.")
            onNodeWithText("Called my sister").assertIsDisplayed()
        }
        val saved = runBlocking { core.checkIns(9u) }.single()
        assertEquals(5.toUByte(), saved.checkIn.mood)
        assertEquals("Called my sister", saved.checkIn.win)
        runBlocking { core.shutdown() }
    }

    @Test
    fun `a page that was killed half way is whole in the next process`() = RealStore().use { store ->
        val first = store.create("Jonas")
        val before = Services(first, testShell(clock = store.clock))
        before.navigator.go(Route.CheckIn())
        runComposeUiTest {
            onPhone { BelayApp(before) }
            waitFor("How was today?")
            onNodeWithText("Save").assertIsNotEnabled()
            onNodeWithText("Hard").performClick()
            onNode(hasSetTextAction() and hasContentDescription(WIN)).performScrollTo().performTextInput("Half a sen")
            waitUntil(timeoutMillis = PATIENCE_MS) {
                runBlocking { first.checkInForm(null, null, "en") }.draft?.new?.win == "Half a sen"
            }
        }
        // What the system keeps of the process is only where the person was.
        val saved = before.navigator.saved()
        runBlocking { first.shutdown() }

        val second = runBlocking { store.door.open(null) }
        val after = Services(second, testShell(clock = store.clock), Navigator(saved))
        runComposeUiTest {
            onPhone { BelayApp(after) }
            waitFor("Half a sen")
            onNodeWithText("Save").assertIsEnabled()
        }
        assertTrue(runBlocking { second.checkIns(9u) }.isEmpty())
        runBlocking { second.shutdown() }
    }

    @Test
    fun `a journey to another zone leaves the page about its day`() = RealStore().use { store ->
        val core = store.create("Jonas")
        val services = Services(core, testShell(clock = store.clock))
        services.navigator.go(Route.CheckIn())
        runComposeUiTest {
            onPhone { BelayApp(services) }
            waitFor("How was today?")
            store.clock.zoneName = "Pacific/Auckland"
            onNodeWithText("Good").performClick()
            onNodeWithText("Save").performClick()
            waitUntil(timeoutMillis = PATIENCE_MS) { runBlocking { core.checkIns(9u) }.isNotEmpty() }
        }
        assertEquals("2026-03-03", runBlocking { core.checkIns(9u) }.single().checkIn.on)
        runBlocking { core.shutdown() }
    }
}
