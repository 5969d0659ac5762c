package app.belay.ui.journal

import app.belay.core.BelayException
import app.belay.core.ChangeArea
import app.belay.core.EntryCursor
import app.belay.core.FoundEntryView
import app.belay.core.SearchPageView
import app.belay.ui.Navigator
import app.belay.ui.Route
import app.belay.ui.testkit.assertAccessibleEverywhere
import app.belay.ui.testkit.testServices
import app.belay.words.WordsEn
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.Job
import kotlinx.coroutines.cancel
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertNotNull
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.DynamicTest
import org.junit.jupiter.api.DynamicTest.dynamicTest
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.TestFactory

class SearchModelTest {
    private val navigator = Navigator()

    private fun search(core: JournalCore): SearchModel {
        val services = testServices(core, navigator = navigator)
        return SearchModel(services, services.scope)
    }

    @TestFactory
    fun `every page of the search can be read and reached`(): List<DynamicTest> = searchShots.map { shot ->
        dynamicTest(shot.name) { assertAccessibleEverywhere(shot.content) }
    }

    @Test
    fun `every keystroke is looked for, and what was found leads to its entry`() {
        val core = SearchedCore()
        val model = search(core)
        for (text in listOf("w", "wa", "walk")) model.type(text)
        assertEquals(listOf("w", "wa", "walk"), core.questions)
        assertEquals(listOf("e1", "e7", "e8"), model.found?.entries?.map { it.entry.name })
        model.open(walks[1])
        assertEquals(Route.JournalEntry("e7"), navigator.current)
    }

    @Test
    fun `choices stand before the words, so that an open quotation mark cannot swallow them`() {
        val asked = SearchAsked(
            text = " \"long way ",
            moods = setOf(4, 2),
            tags = listOf("what \"helped\""),
            goals = listOf("A walk"),
            from = "2026-01-01",
            until = "2026-02-28"
        )
        val said = "mood:2 mood:4 tag:\"what  helped \" goal:\"A walk\" from:2026-01-01 until:2026-02-28 \"long way"
        assertEquals(said, asked.question)
        assertEquals(asked, SearchAsked.of(PageDraft("search", asked.fields(), asked.text)))
    }

    @Test
    fun `what was found stays while the next is looked for, and a late answer to an earlier question is dropped`() {
        val late = CompletableDeferred<Unit>()
        val core = object : SearchedCore() {
            override suspend fun search(question: String, after: EntryCursor?, limit: UInt?): SearchPageView {
                if (question == "walked") late.await()
                return super.search(question, after, limit)
            }
        }
        val model = search(core)
        model.type("walk")
        model.type("walked")
        assertTrue(model.looking)
        assertEquals(3, model.found?.entries?.size)
        model.type("harbour")
        late.complete(Unit)
        assertFalse(model.looking)
        assertTrue(model.found?.entries.orEmpty().isEmpty())
    }

    @Test
    fun `a question that cannot be meant is said, and what was typed and found stays`() {
        val core = SearchedCore()
        val model = search(core)
        model.type("walk")
        core.refusal = BelayException.InvalidInput("mood", "out_of_range")
        model.type("walk mood:9")
        assertEquals("invalid-input", model.problem?.code)
        assertEquals("walk mood:9", model.asked.text)
        assertEquals(3, model.found?.entries?.size)
    }

    @Test
    fun `an end of the days that contradicts the other takes its place`() {
        val model = search(SearchedCore())
        model.until("2026-01-31")
        model.from("2026-02-01")
        assertNull(model.asked.until)
        model.until("2026-01-15")
        assertNull(model.asked.from)
        assertEquals("until:2026-01-15", model.asked.question)
    }

    @Test
    fun `searching without the choices keeps the words, and a new search keeps nothing`() {
        val core = SearchedCore()
        val model = search(core)
        model.type("walk")
        model.toggleMood(1)
        model.toggleTag("work")
        model.widen()
        assertEquals("walk", model.asked.question)
        model.clear()
        assertTrue(model.asked.isEmpty && model.found == null)
        assertTrue(core.keptDrafts.isEmpty())
    }

    @Test
    fun `what is looked for is there again after the process ended, and gone once the page is left`() {
        val core = Kept()
        navigator.go(Route.Journal)
        navigator.go(Route.JournalSearch)
        val page = CoroutineScope(Job() + Dispatchers.Unconfined)
        val model = SearchModel(testServices(core, navigator = navigator), page)
        model.type("walk")
        model.toggleMood(4)
        page.cancel()
        assertEquals("mood:4 walk", search(core).asked.question)

        val left = CoroutineScope(Job() + Dispatchers.Unconfined)
        val again = SearchModel(testServices(core, navigator = navigator), left)
        assertEquals("walk", again.asked.text)
        navigator.back()
        left.cancel()
        assertTrue(core.keptDrafts.isEmpty())
    }

    @Test
    fun `an entry that was written meanwhile shows by itself`() {
        val finds = walks.toMutableList()
        val core = SearchedCore(finds)
        val model = search(core)
        model.type("walk")
        finds += FoundEntryView(entryLine("e9", on = "2025-01-02"), null, snippet("A *walk* in the snow"))
        core.changed(ChangeArea.JOURNAL)
        assertNotNull(model.found?.entries?.firstOrNull { it.entry.name == "e9" })
    }

    @Test
    fun `who listens hears which words were found`() {
        assertEquals("we walked to the lake\nFound in it: walked", spoken(WordsEn, snippet("we *walked* to the lake")))
        assertEquals("Shoes by the door", spoken(WordsEn, snippet("Shoes by the door")))
    }
}

/** Drafts outlive the page. */
private class Kept : SearchedCore() {
    override suspend fun drafts() = keptDrafts.toList()
}
