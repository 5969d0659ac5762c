package app.belay.ui.journal

import androidx.compose.ui.semantics.SemanticsActions
import androidx.compose.ui.test.ExperimentalTestApi
import androidx.compose.ui.test.assertIsDisplayed
import androidx.compose.ui.test.assertIsEnabled
import androidx.compose.ui.test.assertIsNotEnabled
import androidx.compose.ui.test.hasClickAction
import androidx.compose.ui.test.hasContentDescription
import androidx.compose.ui.test.hasText
import androidx.compose.ui.test.onNodeWithContentDescription
import androidx.compose.ui.test.onNodeWithText
import androidx.compose.ui.test.performClick
import androidx.compose.ui.test.performScrollTo
import androidx.compose.ui.test.performSemanticsAction
import androidx.compose.ui.test.performTextInput
import androidx.compose.ui.test.v2.runComposeUiTest
import app.belay.core.BelayException
import app.belay.core.DraftView
import app.belay.core.EntryPageView
import app.belay.core.EntryQuery
import app.belay.ui.BelayApp
import app.belay.ui.Navigator
import app.belay.ui.Route
import app.belay.ui.Services
import app.belay.ui.testkit.FakeCore
import app.belay.ui.testkit.assertAccessibleEverywhere
import app.belay.ui.testkit.testServices
import app.belay.ui.theme.BelayTheme
import kotlinx.coroutines.awaitCancellation
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.DynamicTest
import org.junit.jupiter.api.DynamicTest.dynamicTest
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.TestFactory

@OptIn(ExperimentalTestApi::class)
class JournalScreensTest {
    @TestFactory
    fun `every page of the journal can be read and reached`(): List<DynamicTest> = journalShots.map { shot ->
        dynamicTest(shot.name) { assertAccessibleEverywhere { shell -> shot.content(shell) } }
    }

    @Test
    fun `an entry of the list opens, and Write begins one`() = runComposeUiTest {
        val services = shown(JournalCore(), Route.Journal)
        setContent { BelayTheme(dark = false) { JournalScreen(services, JournalModel(services, services.scope)) } }
        onNode(hasText("The long way home") and hasClickAction()).performClick()
        assertEquals(Route.JournalEntry("e1"), services.navigator.current)
        onNodeWithText("Write").performClick()
        assertEquals(Route.JournalEditor(), services.navigator.current)
    }

    @Test
    fun `a list that cannot be read offers to try again and still lets one write`() = runComposeUiTest {
        val core = object : FakeCore() {
            var tries = 0

            override suspend fun entries(query: EntryQuery): EntryPageView {
                tries++
                throw BelayException.StorageFull()
            }
        }
        val services = shown(core, Route.Journal)
        setContent { BelayTheme(dark = false) { JournalScreen(services, JournalModel(services, services.scope)) } }
        val before = core.tries
        onNodeWithText(services.words.commonTryAgain).performClick()
        assertEquals(before + 1, core.tries)
        onNodeWithText("Write").assertIsDisplayed().assertIsEnabled()
    }

    @Test
    fun `a slow list says so after a moment, and writing waits for nothing`() = runComposeUiTest {
        val core = object : FakeCore() {
            override suspend fun entries(query: EntryQuery): EntryPageView = awaitCancellation()
        }
        val services = shown(core, Route.Journal)
        mainClock.autoAdvance = false
        setContent { BelayTheme(dark = false) { JournalScreen(services, JournalModel(services, services.scope)) } }
        mainClock.advanceTimeBy(100)
        onNodeWithText(services.words.commonLoading).assertDoesNotExist()
        mainClock.advanceTimeBy(400)
        onNodeWithText(services.words.commonLoading).assertIsDisplayed()
        onNodeWithText("Write").assertIsEnabled()
    }

    @Test
    fun `an empty journal invites to write`() = runComposeUiTest {
        val services = shown(JournalCore(lines = emptyList()), Route.Journal)
        setContent { BelayTheme(dark = false) { JournalScreen(services, JournalModel(services, services.scope)) } }
        onNodeWithText(services.words.journalEmptyTitle).assertIsDisplayed()
    }

    @Test
    fun `words are typed, the day is put back, and Save waits for words`() = runComposeUiTest {
        val core = Typing()
        val services = shown(core, Route.Journal)
        val model = EntryEditorModel(services, services.scope, name = null)
        setContent { BelayTheme(dark = false) { EntryEditorScreen(services, model) } }
        onNodeWithText("Save").assertIsNotEnabled()
        onNodeWithContentDescription(services.words.journalEntryBody).performTextInput("Said no.")
        onNodeWithText("Save").assertIsEnabled()
        onNodeWithText(services.words.journalDraftKept).performScrollTo().assertIsDisplayed()
        onNodeWithText("About today").performClick()
        onNodeWithContentDescription("Sunday, 1 March").performScrollTo().performClick()
        assertEquals("2026-03-01", model.day)
        assertEquals(EntryDraft(body = "Said no.", on = "2026-03-01"), EntryDraft.read(core.last))
    }

    @Test
    fun `a full disk while typing is said on the page, and the words stay`() = runComposeUiTest {
        val services = shown(FullDisk(), Route.Journal)
        val model = EntryEditorModel(services, services.scope, name = null)
        setContent { BelayTheme(dark = false) { EntryEditorScreen(services, model) } }
        onNodeWithContentDescription(services.words.journalEntryBody).performTextInput("Said no.")
        onNodeWithText(services.words.journalDraftNotKept).performScrollTo().assertIsDisplayed()
        assertEquals("Said no.", model.fields.body)
    }

    @Test
    fun `selected words are what is shared`() = runComposeUiTest {
        val services = shown(JournalCore(), Route.Journal)
        setContent { BelayTheme(dark = false) { EntryScreen(services, EntryModel(services, services.scope, "e1")) } }
        onNode(hasContentDescription(services.words.journalEntry) and hasText(longWayHome.entry.text))
            .performSemanticsAction(SemanticsActions.SetSelection) { it(0, 11, false) }
        onNodeWithText(services.words.journalShareHint).assertIsDisplayed()
        onNodeWithText(services.words.journalBarShare).performClick()
        assertEquals(Route.SharePassage("e1", 0, 11), services.navigator.current)
    }

    @Test
    fun `a day of the calendar says what is on it`() = runComposeUiTest {
        val services = shown(JournalCore(), Route.JournalMonth("2026-03"))
        setContent { BelayTheme(dark = false) { BelayApp(services) } }
        onNodeWithContentDescription("Tuesday, 3 March: today, 1 entry, 1 check-in, Good").assertIsDisplayed()
        onNodeWithContentDescription("Wednesday, 4 March: nothing written").assertIsNotEnabled()
        onNodeWithContentDescription("Sunday, 1 March: 1 entry, 1 check-in, Hard").performClick()
        onNodeWithText("Write about Sunday, 1 March").performClick()
        assertEquals(Route.JournalEditor(on = "2026-03-01"), services.navigator.current)
    }

    private fun shown(core: FakeCore, route: Route): Services =
        testServices(core, navigator = Navigator().apply { go(route) })

    private class Typing : JournalCore() {
        var last = ""

        override suspend fun drafts(): List<DraftView> = emptyList()

        override suspend fun keepDraft(about: String?, text: String): Long {
            last = text
            return 1
        }

        override suspend fun dropDraft(id: Long) = Unit
    }
}
