package app.belay.ui.help

import androidx.compose.ui.test.ExperimentalTestApi
import androidx.compose.ui.test.assertCountEquals
import androidx.compose.ui.test.assertIsDisplayed
import androidx.compose.ui.test.hasClickAction
import androidx.compose.ui.test.hasText
import androidx.compose.ui.test.onAllNodesWithText
import androidx.compose.ui.test.onFirst
import androidx.compose.ui.test.onNodeWithContentDescription
import androidx.compose.ui.test.onNodeWithText
import androidx.compose.ui.test.performClick
import androidx.compose.ui.test.performScrollTo
import androidx.compose.ui.test.performTextInput
import androidx.compose.ui.test.v2.runComposeUiTest
import app.belay.core.HelpNowView
import app.belay.ui.testkit.TestPlatform
import app.belay.ui.testkit.assertAccessibleEverywhere
import app.belay.ui.testkit.testServices
import app.belay.ui.testkit.testShell
import app.belay.ui.theme.BelayTheme
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.DynamicTest
import org.junit.jupiter.api.DynamicTest.dynamicTest
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.TestFactory

@OptIn(ExperimentalTestApi::class)
class HelpScreensTest {
    private val platform = TestPlatform()
    private val shell = testShell(platform = platform)

    private fun model(page: HelpNowView = helpPage(), locked: Boolean = false) =
        HelpModel(shell, FakeHelp(page, locked), shell.scope) {}

    @TestFactory
    fun `every page of help can be read and reached`(): List<DynamicTest> = helpShots.map { shot ->
        dynamicTest(shot.name) { assertAccessibleEverywhere { shell -> shot.content(shell) } }
    }

    @Test
    fun `own people stand first, then the emergency number, then the lines`() = runComposeUiTest {
        setContent { BelayTheme(dark = false) { HelpScreen(shell, model(), null) } }
        val places = listOf("Call Mira", "Call 000", "Call 0000 111 0111", "Call 0000 222").map { text ->
            onNodeWithText(text).fetchSemanticsNode().positionInRoot.y
        }
        assertEquals(places.sorted(), places)
        onNodeWithText("Call Mira").performClick()
        assertEquals(listOf("0300001234"), platform.dialled)
    }

    @Test
    fun `each line says who answers, when, and how old its source is`() = runComposeUiTest {
        setContent { BelayTheme(dark = false) { HelpScreen(shell, model(), null) } }
        onNodeWithText("Example listening line").performScrollTo().assertIsDisplayed()
        onAllNodesWithText("Hours: 24/7").onFirst().performScrollTo().assertIsDisplayed()
        onNodeWithText(shell.words.helpNumbersChange).performScrollTo().assertIsDisplayed()
        onAllNodesWithText("Source of 2 June 2026, read on 20 February 2026").onFirst().performScrollTo()
        onAllNodesWithText("https://first.example/help").assertCountEquals(0)
        onAllNodesWithText(shell.words.helpSourcesShow).onFirst().performScrollTo().performClick()
        onNodeWithText("https://first.example/help").performScrollTo().assertIsDisplayed()
    }

    @Test
    fun `while locked the page says why own people are not there and still shows the lines`() = runComposeUiTest {
        val locked = model(helpPage(own = emptyList()), locked = true)
        setContent { BelayTheme(dark = false) { HelpScreen(shell, locked, null) } }
        onNodeWithText(shell.words.helpOwnHiddenLocked).assertIsDisplayed()
        onNodeWithText(shell.words.helpOwnEdit).assertDoesNotExist()
        onNodeWithText("Call 000").performScrollTo().assertIsDisplayed()
        onNodeWithText(shell.words.helpWhatBelayIsNot).performScrollTo().assertIsDisplayed()
    }

    @Test
    fun `without a country there is a way to choose one and the directory`() = runComposeUiTest {
        val nowhere = helpPage(country = null).copy(emergency = emptyList(), lines = emptyList(), more = emptyList())
        setContent { BelayTheme(dark = false) { HelpScreen(shell, model(nowhere), null) } }
        onNodeWithText(shell.words.helpEmergencyNone).performScrollTo().assertIsDisplayed()
        onNode(hasText("https://directory.example") and hasClickAction()).performScrollTo().performClick()
        assertEquals(listOf("https://directory.example"), platform.opened)
        onNode(hasText(shell.words.helpCountryUnknown) and hasClickAction()).performScrollTo().performClick()
        onNodeWithContentDescription(shell.words.helpCountrySearch).performTextInput("aus")
        onNode(hasText("Austria") and hasClickAction()).performClick()
        onNodeWithText("Country: Austria").performScrollTo().assertIsDisplayed()
    }

    @Test
    fun `steps are shown one at a time`() = runComposeUiTest {
        setContent { BelayTheme(dark = false) { GroundingScreen(shell, GroundingModel(someSteps), null) } }
        onNodeWithText("Put both feet on the floor.").assertIsDisplayed()
        onNodeWithText("Breathe out slowly. Then again.").assertDoesNotExist()
        onNodeWithText(shell.words.helpGroundingNext).performClick()
        onNodeWithText("Breathe out slowly. Then again.").assertIsDisplayed()
    }

    @Test
    fun `somebody is added, and shown while locked only after a yes`() = runComposeUiTest {
        val core = HelpCore(helpPage(own = emptyList()))
        val services = testServices(core)
        val model = TrustedPeopleModel(services, services.scope)
        setContent { BelayTheme(dark = false) { TrustedPeopleScreen(services, model) } }
        onNodeWithContentDescription(services.words.helpOwnName).performTextInput("Mira")
        onNodeWithContentDescription(services.words.helpOwnNumber).performTextInput("030 1234")
        onNodeWithText(services.words.helpOwnSave).performClick()
        assertEquals(listOf("Mira" to "030 1234"), core.saved.single().map { it.name to it.address })
        onNode(hasText(services.words.helpOwnLockedSwitch) and hasClickAction()).performScrollTo().performClick()
        assertTrue(core.page.ownShownWhileLocked)
    }
}
