package app.belay.ui.journal

import app.belay.core.BelayException
import app.belay.core.EntryEdit
import app.belay.core.EntryHistoryView
import app.belay.core.EntryPart
import app.belay.core.EntryStateLineView
import app.belay.core.EntryStateView
import app.belay.core.EntryView
import app.belay.core.NewEntry
import app.belay.core.PieceFate
import app.belay.core.TextChange
import app.belay.core.TextDifference
import app.belay.core.TextPiece
import app.belay.ui.Route
import app.belay.ui.testkit.EVENING_MS
import app.belay.ui.testkit.RealStore
import app.belay.ui.testkit.Shot
import app.belay.ui.testkit.Shots
import app.belay.ui.testkit.assertAccessibleEverywhere
import app.belay.ui.testkit.testServices
import app.belay.ui.testkit.testShell
import app.belay.ui.testkit.until
import app.belay.ui.value
import app.belay.words.WordsEn
import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.DynamicTest
import org.junit.jupiter.api.DynamicTest.dynamicTest
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.TestFactory

private const val HOUR = 3_600_000L

private fun difference(vararg pieces: Pair<PieceFate, String>) = TextDifference(
    pieces.map { TextPiece(it.first, it.second) },
    pieces.count { it.first == PieceFate.ADDED }.toULong(),
    pieces.count { it.first == PieceFate.REMOVED }.toULong()
)

private fun line(state: String, agoHours: Int, vararg changed: EntryPart, device: String? = null) = EntryStateLineView(
    state = state,
    atMs = EVENING_MS - agoHours * HOUR,
    device = null,
    deviceName = device,
    thisDevice = device == null,
    changed = changed.toList(),
    wordsAdded = if (EntryPart.TEXT in changed) 7u else 0u,
    wordsRemoved = if (EntryPart.TEXT in changed) 2u else 0u,
    deleted = false
)

/** The past of the long way home: three states. */
open class PastCore : JournalCore() {
    /** What the entry was brought back to. */
    val restored = mutableListOf<String>()
    var refusal: BelayException? = null

    private val lines = listOf(
        line("s3", 1, EntryPart.TEXT, EntryPart.MOOD),
        line("s2", 20, EntryPart.TITLE, device = "Tablet"),
        line("s1", 26, EntryPart.TEXT)
    )

    override suspend fun entryHistory(name: String, limit: UInt?): EntryHistoryView =
        EntryHistoryView(name, "The long way home", lines, 0u)

    override suspend fun entryState(name: String, state: String): EntryStateView = EntryStateView(
        line = lines.first { it.state == state },
        entry = longWayHome.entry.copy(text = "Walked home along the river.", title = "The long way home"),
        goals = emptyList(),
        fromBefore = difference(
            PieceFate.KEPT to "Walked home along the river",
            PieceFate.REMOVED to " in the rain",
            PieceFate.ADDED to " instead of taking the bus",
            PieceFate.KEPT to ". Thought about what Sam said about asking before the week gets full."
        ),
        fromPresent = difference(),
        mayRestore = state != "s3"
    )

    override suspend fun restoreEntryState(name: String, state: String): EntryView {
        refusal?.let { throw it }
        restored += state
        return entry(name)
    }
}

/** The pictures of an entry's past. */
val historyShots: List<Shot> = listOf(
    Shots.app("history", { PastCore() }, Route.Journal, Route.JournalEntry("e1"), Route.EntryHistory("e1")),
    Shot("history-before") { shell ->
        val services = testServices(PastCore(), shell)
        HistoryScreen(services, HistoryModel(services, shell.scope, "e1").apply { go(1) })
    },
    Shot("history-restore") { shell ->
        val services = testServices(PastCore(), shell)
        HistoryScreen(
            services,
            HistoryModel(services, shell.scope, "e1").apply {
                go(1)
                ask(true)
            }
        )
    }
)

class HistoryTest {
    @TestFactory
    fun `the past of an entry can be read and reached`(): List<DynamicTest> = historyShots.map { shot ->
        dynamicTest(shot.name) { assertAccessibleEverywhere(shot.content) }
    }

    @Test
    fun `each state says when, where and what, and one goes from one to the next`() {
        val services = testServices(PastCore())
        val model = HistoryModel(services, services.scope, "e1")
        assertEquals("s3", model.shown.value?.line?.state)
        model.go(1)
        val state = checkNotNull(model.shown.value)
        assertEquals("s2", state.line.state)
        assertTrue(whenAndWhere(WordsEn, services.formats, state.line).endsWith("on “Tablet”"))
        assertEquals("Changed: title", changedWords(WordsEn, state.line))
        model.go(99)
        assertEquals("s1", model.shown.value?.line?.state)
    }

    @Test
    fun `an entry says again what it said only after a yes, and a refusal keeps the question open`() {
        val core = PastCore()
        val services = testServices(core)
        val model = HistoryModel(services, services.scope, "e1")
        model.go(1)
        model.ask(true)
        model.ask(false)
        assertTrue(core.restored.isEmpty())
        core.refusal = BelayException.StorageFull()
        model.ask(true)
        model.restore()
        assertEquals("storage-full", model.act.problem?.code)
        assertTrue(model.asking)
        core.refusal = null
        model.restore()
        assertEquals(listOf("s2"), core.restored)
        assertTrue(model.restored)
        assertFalse(model.asking)
    }

    @Test
    fun `who listens hears what came and what went where it stands`() {
        val said = spoken(
            WordsEn,
            difference(PieceFate.KEPT to "Walked home", PieceFate.REMOVED to " fast", PieceFate.ADDED to " slowly")
        )
        assertEquals("Walked home went: fast. came: slowly.", said)
    }

    @Test
    fun `a real entry goes back to what it said, and what it said meanwhile stays`() = RealStore().use { store ->
        val core = store.create("Mira")
        val services = testServices(core, testShell(clock = store.clock))
        val name = runBlocking {
            val written = core.writeEntry(NewEntry(text = "Said no to the shift."))
            store.clock.atMs += HOUR
            core.editEntry(written.name, EntryEdit(text = TextChange("Said no to the shift.", "Said yes.")))
            written.name
        }
        val model = HistoryModel(services, services.scope, name)
        until { model.state.value?.states?.size == 2 && model.shown.value != null }
        model.go(1)
        until { model.shown.value?.mayRestore == true }
        model.ask(true)
        model.restore()
        until { model.restored && model.state.value?.states?.size == 3 }
        assertEquals("Said no to the shift.", runBlocking { core.entry(name) }.entry.text)
        runBlocking { core.shutdown() }
    }
}
