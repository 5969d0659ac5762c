package app.belay.ui.journal

import app.belay.core.EntryView
import app.belay.core.FormKind
import app.belay.core.NewEntry
import app.belay.core.PromptGroup
import app.belay.core.PromptView
import app.belay.core.TemplateStepView
import app.belay.core.TemplateView
import app.belay.core.WritingOffersView
import app.belay.ui.Loadable
import app.belay.ui.Navigator
import app.belay.ui.Route
import app.belay.ui.testkit.RealStore
import app.belay.ui.testkit.Shot
import app.belay.ui.testkit.TUESDAY
import app.belay.ui.testkit.assertAccessibleEverywhere
import app.belay.ui.testkit.testServices
import app.belay.ui.testkit.testShell
import app.belay.ui.testkit.until
import app.belay.ui.value
import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.DynamicTest
import org.junit.jupiter.api.DynamicTest.dynamicTest
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.TestFactory

private val whoHelped =
    PromptView("who_was_there@1", PromptGroup.PEOPLE, true, "Who made today a little lighter?", "A stranger counts.")
private val smallWin = PromptView("small_win@1", PromptGroup.WINS, true, "What went better than you thought?", null)
private val ahead = PromptView("tomorrow@1", PromptGroup.AHEAD, false, "What would make tomorrow easier?", null)

private val weekBack = TemplateView(
    name = "week_back@1",
    kind = FormKind.JOURNAL,
    title = "A look back at the week",
    about = "Ten quiet minutes at the end of a week.",
    notes = emptyList(),
    notReviewed = null,
    steps = listOf(
        TemplateStepView("good", "What was good", "What do you want to remember?", null, listOf("Soup with Jonas")),
        TemplateStepView("hard", "What was hard", "What took strength?", "One sentence is enough.", emptyList())
    ),
    skeleton = "## What was good\n\n## What was hard\n"
)

/** A core with something to write by. */
open class OfferingCore : JournalCore() {
    val written = mutableListOf<NewEntry>()

    override suspend fun writingOffers(language: String, on: String?): WritingOffersView = WritingOffersView(
        on ?: TUESDAY,
        listOf(smallWin, whoHelped, ahead),
        listOf(smallWin, whoHelped, ahead),
        listOf(weekBack)
    )

    override suspend fun writeEntry(new: NewEntry): EntryView {
        written += new
        return entry("e1", new.text, new.title)
    }
}

private fun offering(name: String, act: EntryEditorModel.() -> Unit) = Shot(name) { shell ->
    val services = testServices(OfferingCore(), shell)
    val model = EntryEditorModel(services, shell.scope, null).apply {
        offers.load(null)
        act()
    }
    OffersSheet(shell, model) { }
}

/** The pictures of what there is to write by. */
val offersShots: List<Shot> = listOf(
    offering("offers") { },
    offering("offers-all") {
        offers.toggleAll()
        offers.toggle(weekBack.name)
    },
    Shot("offers-answering") { shell ->
        val services = testServices(OfferingCore(), shell)
        EntryEditorScreen(services, EntryEditorModel(services, shell.scope, null).apply { writeBy(whoHelped) })
    }
)

class OffersTest {
    private val core = OfferingCore()
    private val navigator = Navigator().apply { go(Route.JournalEditor()) }
    private val services = testServices(core, navigator = navigator)
    private val editor = EntryEditorModel(services, services.scope, null)

    @TestFactory
    fun `what there is to write by can be read and reached`(): List<DynamicTest> = offersShots.map { shot ->
        dynamicTest(shot.name) { assertAccessibleEverywhere(shot.content) }
    }

    @Test
    fun `a question stands above the words, outlives the page, and goes into the entry`() {
        editor.writeBy(whoHelped)
        editor.change(editor.fields.copy(body = "The woman on the train."))
        val draft = EntryDraft.read(editor.fields.write())
        assertEquals("Who made today a little lighter?" to "who_was_there@1", draft.prompt to draft.template)
        editor.save()
        val new = core.written.single()
        assertEquals("Who made today a little lighter?" to "who_was_there@1", new.prompt to new.template)
        assertEquals("The woman on the train.", new.text)
    }

    @Test
    fun `a template goes below what is written already, and one can write without the question again`() {
        editor.change(editor.fields.copy(body = "Sunday."))
        editor.writeBy(weekBack)
        assertEquals("Sunday.\n\n## What was good\n\n## What was hard\n", editor.fields.body)
        assertEquals("week_back@1", editor.fields.template)
        editor.writeBy(smallWin)
        editor.writeFreely()
        assertNull(editor.fields.prompt)
        assertNull(editor.fields.template)
    }

    @Test
    fun `the real library offers strengths first, and an entry keeps what it was begun from`() =
        RealStore().use { store ->
            val core = store.create("Mira")
            val places = Navigator().apply { go(Route.JournalEditor()) }
            val services = testServices(core, testShell(clock = store.clock), places)
            val editor = EntryEditorModel(services, services.scope, null)
            until { editor.state is Loadable.Ready }
            editor.offers.load(null)
            until { editor.offers.state is Loadable.Ready }
            val there = checkNotNull(editor.offers.state.value)
            assertTrue(there.forTheDay.first().strength && there.prompts.first().strength)
            editor.writeBy(there.forTheDay.first())
            editor.change(editor.fields.copy(body = "The woman on the train."))
            editor.save()
            until { places.current is Route.JournalEntry }
            val entry = runBlocking { core.entry((places.current as Route.JournalEntry).name) }.entry
            assertEquals(there.forTheDay.first().ask, entry.prompt)
            assertEquals(there.forTheDay.first().name, entry.template)
            runBlocking { core.shutdown() }
        }
}
