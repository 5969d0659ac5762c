package app.belay.ui.journal

import app.belay.core.BelayException
import app.belay.core.DraftView
import app.belay.core.EntryEdit
import app.belay.core.EntryView
import app.belay.core.NewEntry
import app.belay.core.TitleChange
import app.belay.ui.Loadable
import app.belay.ui.Navigator
import app.belay.ui.Route
import app.belay.ui.testkit.EVENING_MS
import app.belay.ui.testkit.FakeCore
import app.belay.ui.testkit.testServices
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test

class EntryEditorModelTest {
    private val core = DraftCore()
    private val navigator = Navigator()

    private fun editor(name: String? = null, on: String? = null, draft: Long? = null): EntryEditorModel {
        val services = testServices(core, navigator = navigator)
        navigator.go(Route.Journal)
        navigator.go(Route.JournalEditor(name, on, draft))
        return EntryEditorModel(services, services.scope, name, on, draft)
    }

    @Test
    fun `every keystroke is kept, and only the last one stays`() {
        val editor = editor()
        for (text in listOf("S", "Sl", "Slept")) editor.change(editor.fields.copy(body = text))
        assertEquals(listOf("Slept"), core.texts())
        assertEquals(DraftKeeper.Standing.KEPT, editor.kept)
    }

    @Test
    fun `an app killed while typing has the words again, title, mood and day too`() {
        editor().change(
            EntryDraft(title = "Tea", body = "with Mira", on = "2026-03-01", mood = 4u, tags = listOf("calm"))
        )
        val again = editor()
        assertTrue(again.found)
        assertEquals("with Mira", again.fields.body)
        assertEquals(
            listOf("Tea", "2026-03-01", 4, "calm"),
            with(again.fields) {
                listOf(title, on, mood?.toInt(), tags[0])
            }
        )
        again.change(again.fields.copy(body = "with Mira and Jonas"))
        assertEquals(1, core.texts().size)
    }

    @Test
    fun `a new entry can be begun beside a draft, which stays`() {
        editor().change(EntryDraft(body = "half a thought"))
        val again = editor()
        again.beginAnew()
        assertEquals("", again.fields.body)
        again.change(again.fields.copy(body = "another"))
        assertEquals(listOf("half a thought", "another"), core.texts())
    }

    @Test
    fun `another day does not take up a draft about this one`() {
        editor().change(EntryDraft(body = "about today"))
        val backdated = editor(on = "2026-02-27")
        assertFalse(backdated.found)
        assertEquals("2026-02-27", backdated.day)
    }

    @Test
    fun `saving writes everything, lets go of the draft and shows the entry`() {
        val editor = editor(on = "2026-02-27")
        editor.change(editor.fields.copy(title = " ", body = "Said no."))
        editor.addTag("  work ")
        editor.addTag("work")
        editor.toggleGoal("ab")
        editor.save()
        val written = core.written.single()
        assertEquals(listOf("Said no.", null, "2026-02-27"), listOf(written.text, written.title, written.on))
        assertEquals(listOf("work") to listOf("ab"), written.tags to written.goals)
        assertTrue(core.texts().isEmpty())
        assertEquals(Route.JournalEntry("new"), navigator.current)
    }

    @Test
    fun `a write that is refused keeps the fields and the draft`() {
        val editor = editor()
        core.refusal = BelayException.InvalidInput("tags", "too_many_characters")
        editor.change(editor.fields.copy(body = "Said no."))
        editor.save()
        assertEquals("invalid-input", editor.problem?.code)
        assertEquals("Said no.", editor.fields.body)
        assertEquals(listOf("Said no."), core.texts())
        assertTrue(editor.canSave)
    }

    @Test
    fun `a full disk is said while typing, and typing goes on`() {
        val editor = editor()
        core.diskIsFull = true
        editor.change(editor.fields.copy(body = "Said"))
        assertEquals(DraftKeeper.Standing.NOT_KEPT, editor.kept)
        core.diskIsFull = false
        editor.change(editor.fields.copy(body = "Said no"))
        assertEquals(DraftKeeper.Standing.KEPT, editor.kept)
        assertEquals(listOf("Said no"), core.texts())
    }

    @Test
    fun `an edit mentions only what was changed, so that what another device changed stays`() {
        core.entry = entry("e1", "Walked home.", title = "Home", mood = 4, tags = listOf("walk"))
        val editor = editor(name = "e1")
        assertFalse(editor.canSave)
        editor.change(editor.fields.copy(title = ""))
        editor.save()
        val edit = core.edits.single()
        assertEquals(TitleChange.Clear, edit.title)
        assertNull(edit.text ?: edit.on ?: edit.mood ?: edit.tags ?: edit.goals)
    }

    @Test
    fun `words typed before the entry changed elsewhere are offered, never written over it`() {
        core.entry = entry("e1", "Newer, from the tablet.", editedAtMs = EVENING_MS)
        core.drafts += DraftView(3, "e1", EVENING_MS - 1, "Older, from here.")
        val editor = editor(name = "e1")
        assertTrue(editor.hasBehind)
        assertEquals("Newer, from the tablet.", editor.fields.body)
        editor.append()
        assertEquals("Newer, from the tablet.\n\nOlder, from here.", editor.fields.body)
        assertEquals(
            listOf("Newer, from the tablet.\n\nOlder, from here."),
            core.texts().map {
                EntryDraft.read(it).body
            }
        )
    }

    @Test
    fun `an entry that is gone says so`() {
        core.refusal = BelayException.NotFound("entry")
        val state = editor(name = "e1").state
        assertEquals("not-found", (state as Loadable.Failed).problem.code)
    }

    @Test
    fun `undoing everything that was typed leaves no draft behind`() {
        core.entry = entry("e1", "Walked home.")
        val editor = editor(name = "e1")
        editor.change(editor.fields.copy(body = "Walked home. Rain."))
        assertEquals(1, core.texts().size)
        editor.change(editor.fields.copy(body = "Walked home."))
        assertTrue(core.texts().isEmpty())
    }

    @Test
    fun `words used lately are offered and one that was taken is not`() {
        val editor = editor()
        editor.addTag("walk")
        assertEquals(listOf("sleep"), editor.tagsToOffer)
        assertEquals(listOf("walk"), editor.fields.tags)
    }

    @Test
    fun `a tag that is half typed waits with the words and is no part of the entry`() {
        editor().run { change(fields.copy(body = "Walked home.", halfTag = "wal")) }
        val again = editor()
        assertEquals("wal", again.fields.halfTag)
        again.save()
        assertEquals(emptyList<String>(), core.written.single().tags)
    }
}

private class DraftCore : FakeCore() {
    val drafts = mutableListOf<DraftView>()
    val written = mutableListOf<NewEntry>()
    val edits = mutableListOf<EntryEdit>()
    var entry: EntryView = entry("e1", "Walked home.")
    var refusal: BelayException? = null
    var diskIsFull = false
    private var last = 10L

    fun texts(): List<String> = drafts.map { it.text }

    override suspend fun drafts(): List<DraftView> = drafts.sortedByDescending { it.id }

    override suspend fun keepDraft(about: String?, text: String): Long {
        if (diskIsFull) throw BelayException.StorageFull()
        drafts += DraftView(++last, about, EVENING_MS, text)
        return last
    }

    override suspend fun dropDraft(id: Long) {
        if (!drafts.removeIf { it.id == id }) throw BelayException.NotFound("draft")
    }

    override val offeredTags = listOf("walk", "sleep")

    override suspend fun entry(name: String): EntryView = refusal?.let { throw it } ?: entry

    override suspend fun writeEntry(new: NewEntry): EntryView {
        refusal?.let { throw it }
        written += new
        return entry("new", new.text)
    }

    override suspend fun editEntry(name: String, edit: EntryEdit): EntryView {
        edits += edit
        return entry
    }
}
