package app.belay.ui.journal

import androidx.compose.ui.test.ExperimentalTestApi
import androidx.compose.ui.test.hasClickAction
import androidx.compose.ui.test.hasContentDescription
import androidx.compose.ui.test.hasSetTextAction
import androidx.compose.ui.test.hasText
import androidx.compose.ui.test.onNodeWithText
import androidx.compose.ui.test.performClick
import androidx.compose.ui.test.performScrollTo
import androidx.compose.ui.test.performTextInput
import androidx.compose.ui.test.v2.runComposeUiTest
import app.belay.core.BelayCoreInterface
import app.belay.core.EntryQuery
import app.belay.core.NewEntry
import app.belay.ui.BelayApp
import app.belay.ui.Loadable
import app.belay.ui.Navigator
import app.belay.ui.Route
import app.belay.ui.Services
import app.belay.ui.testkit.PATIENCE_MS
import app.belay.ui.testkit.RealStore
import app.belay.ui.testkit.RelayProcess
import app.belay.ui.testkit.onPhone
import app.belay.ui.testkit.pair
import app.belay.ui.testkit.testShell
import app.belay.ui.testkit.waitFor
import app.belay.ui.value
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withTimeout
import kotlinx.coroutines.yield
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test

@OptIn(ExperimentalTestApi::class)
class RealJournalTest {
    @Test
    fun `an entry is written, changed, deleted, brought back and erased`() = RealStore().use { store ->
        val core = store.create("Jonas")
        val services = services(core, store, Route.Journal)
        val words = services.words
        runComposeUiTest {
            onPhone { BelayApp(services) }
            waitFor(words.journalWrite)
            onNodeWithText(words.journalWrite).performClick()
            waitFor(words.journalEntryBody)
            onNode(hasContentDescription(words.journalEntryBody) and hasSetTextAction())
                .performTextInput("Said no to the extra shift.")
            onNodeWithText(words.journalSave).performClick()
            waitFor(words.journalDelete)
            onNodeWithText(words.journalDelete).performScrollTo().performClick()
            waitFor(words.journalDeletedLine)
            onNodeWithText(words.commonUndo).performScrollTo().performClick()
            waitFor(words.journalDelete)
            onNodeWithText(words.journalDelete).performScrollTo().performClick()
            waitFor(words.journalDeletedLine)
            onNode(hasText(words.journalDeletedTitle) and hasClickAction()).performScrollTo().performClick()
            waitFor(words.journalEraseNow)
            onNodeWithText(words.journalEraseNow).performClick()
            waitFor(words.journalEraseBody)
            onNode(hasText(words.journalEraseNow) and hasClickAction()).performScrollTo().performClick()
            waitFor(words.journalErased)
        }
        runBlocking {
            assertTrue(core.entries(EntryQuery()).entries.isEmpty() && core.deletedEntries().isEmpty())
            assertTrue(core.drafts().isEmpty())
            core.shutdown()
        }
    }

    @Test
    fun `words that were typed when the app was killed are in the editor again`() = RealStore().use { store ->
        val first = store.create("Jonas")
        val typing = services(first, store, Route.JournalEditor())
        val editor = EntryEditorModel(typing, typing.scope, name = null)
        runBlocking {
            until { editor.state is Loadable.Ready }
            for (text in listOf("S", "Sa", "Said no.")) editor.change(editor.fields.copy(body = text, mood = 3u))
            until {
                editor.kept == DraftKeeper.Standing.KEPT &&
                    first.drafts().singleOrNull()?.text?.endsWith("no.") == true
            }
            first.shutdown()
            val again = store.door.open(null)
            val services = services(again, store, Route.JournalEditor())
            val model = EntryEditorModel(services, services.scope, name = null)
            until { model.state is Loadable.Ready }
            assertTrue(model.found)
            assertEquals(EntryDraft(body = "Said no.", mood = 3u), model.fields)
            again.shutdown()
        }
    }

    @Test
    fun `an entry about an earlier day stands there and says that it was written later`() = RealStore().use { store ->
        val core = store.create("Jonas")
        val services = services(core, store, Route.Journal)
        runBlocking {
            core.writeEntry(NewEntry(text = "Long ago.", on = "2026-02-27"))
            val month = MonthModel(services, services.scope, "2026-02")
            until { month.state is Loadable.Ready }
            val page = checkNotNull(month.state.value)
            assertTrue(page.lines.single().late)
            assertEquals(listOf("2026-02-27"), page.month.days.map { it.on })
            core.shutdown()
        }
    }

    @Test
    fun `a day that has not come is refused with words, and nothing typed is lost`() = RealStore().use { store ->
        val core = store.create("Jonas")
        val services = services(core, store, Route.JournalEditor())
        val editor = EntryEditorModel(services, services.scope, name = null)
        runBlocking {
            until { editor.state is Loadable.Ready }
            editor.change(EntryDraft(body = "From tomorrow", on = "2030-01-01"))
            editor.save()
            until { editor.problem != null }
            assertEquals("on", editor.problem?.field)
            assertEquals("From tomorrow", editor.fields.body)
            until { core.drafts().isNotEmpty() }
            core.shutdown()
        }
    }

    @Test
    fun `a passage goes to a partner after a second yes and can be taken back`() = RealStore().use { mine ->
        RealStore().use { theirs ->
            RelayProcess().use { relay ->
                val jonas = mine.create("Jonas")
                val sam = theirs.create("Sam")
                runBlocking {
                    val space = pair(jonas, sam, relay)
                    // Sam's name comes with the first thing that Sam sends.
                    sam.sync()
                    jonas.sync()
                    val entry = jonas.writeEntry(NewEntry(text = "Asked Lena. She just said yes. More."))
                    val services = services(jonas, mine, Route.SharePassage(entry.name, 0, 30))
                    val model = ShareModel(services, services.scope, entry.name, 0, 30)
                    until { model.state is Loadable.Failed || model.preview?.let { it !is Loadable.Loading } == true }
                    assertEquals(listOf("Sam"), model.state.value?.partners?.map { it.name }) { model.state.toString() }
                    assertTrue(model.preview is Loadable.Ready) { model.preview.toString() }
                    assertEquals("Asked Lena. She just said yes.", model.preview?.value?.passage?.text)
                    model.give()
                    assertTrue(model.asking)
                    model.giveAllTheSame()
                    until { model.given != null }
                    mine.clock.atMs += 60_000
                    theirs.clock.atMs += 60_000
                    jonas.sync()
                    sam.sync()
                    assertEquals(
                        listOf("Asked Lena. She just said yes."),
                        sam.partner(space).passages.map { it.passage.text }
                    )
                    val page = EntryModel(services, services.scope, entry.name)
                    until { page.state.value?.view?.passages?.isNotEmpty() == true }
                    page.askToRetract(page.state.value?.view?.passages?.single())
                    page.retract()
                    until { page.said != null }
                    assertEquals(services.words.journalPassageBackLeft("Sam"), page.said)
                    jonas.sync()
                    sam.sync()
                    assertTrue(sam.partner(space).passages.isEmpty())
                    jonas.shutdown()
                    sam.shutdown()
                }
            }
        }
    }

    private fun services(core: BelayCoreInterface, store: RealStore, route: Route): Services =
        Services(core, testShell(clock = store.clock), Navigator().apply { go(route) })

    private suspend fun until(done: suspend () -> Boolean) = withTimeout(PATIENCE_MS) { while (!done()) yield() }
}
