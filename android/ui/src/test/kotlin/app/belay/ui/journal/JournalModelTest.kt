package app.belay.ui.journal

import app.belay.core.BelayException
import app.belay.core.ChangeArea
import app.belay.core.DeletedEntryView
import app.belay.core.DraftView
import app.belay.core.EntryCursor
import app.belay.core.EntryPageView
import app.belay.core.EntryQuery
import app.belay.core.EntryView
import app.belay.core.PassageView
import app.belay.core.UndoneView
import app.belay.ui.Loadable
import app.belay.ui.Navigator
import app.belay.ui.Route
import app.belay.ui.testkit.EVENING_MS
import app.belay.ui.testkit.FakeCore
import app.belay.ui.testkit.TUESDAY
import app.belay.ui.testkit.testServices
import app.belay.ui.value
import java.time.LocalDate
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test

class JournalModelTest {
    private val navigator = Navigator()

    @Test
    fun `ten years of entries are paged through while a bounded number of lines is held`() {
        val services = testServices(TenYears(), navigator = navigator)
        val model = JournalModel(services, services.scope)
        var last = ""
        while (model.state.value?.hasOlder == true) {
            model.older()
            val lines = checkNotNull(model.state.value).lines
            assertTrue(lines.size <= EntryPages.MAX_PAGES * EntryPages.PAGE_LINES.toInt())
            last = lines.last().on
        }
        assertEquals(LocalDate.parse(TUESDAY).minusDays(3_649).toString(), last)
        while (model.state.value?.hasNewer == true) model.newer()
        assertEquals(TUESDAY, model.state.value?.lines?.first()?.on)
    }

    @Test
    fun `a draft goes only after a yes`() {
        val core = Drafts()
        val services = testServices(core, navigator = navigator)
        val model = JournalModel(services, services.scope)
        model.askToLetGo(halfAThought)
        model.askToLetGo(null)
        model.letGo()
        assertEquals(listOf(halfAThought), model.state.value?.drafts)
        model.askToLetGo(halfAThought)
        model.letGo()
        assertEquals(emptyList<DraftView>(), model.state.value?.drafts)
    }

    @Test
    fun `a draft is gone on with where it was`() {
        val services = testServices(Drafts(), navigator = navigator)
        JournalModel(services, services.scope).goOn(DraftView(4, "e1", EVENING_MS, "more"))
        assertEquals(Route.JournalEditor("e1", null, 4), navigator.current)
    }

    @Test
    fun `a draft that went meanwhile is said to be gone, and the list is read again`() {
        val core = Drafts()
        val services = testServices(core, navigator = navigator)
        val model = JournalModel(services, services.scope)
        core.kept.clear()
        model.askToLetGo(halfAThought)
        model.letGo()
        assertEquals("not-found", model.problem?.code)
        assertEquals(emptyList<DraftView>(), model.state.value?.drafts)
    }

    @Test
    fun `what is written elsewhere shows`() {
        val core = Drafts()
        val services = testServices(core, navigator = navigator)
        val model = JournalModel(services, services.scope)
        core.kept += DraftView(9, null, EVENING_MS, "from elsewhere")
        core.changed(ChangeArea.JOURNAL)
        assertEquals(2, model.state.value?.drafts?.size)
    }

    @Test
    fun `a store that cannot be read says so, and is read again when asked`() {
        val core = object : FakeCore() {
            var damaged = true

            override suspend fun entries(query: EntryQuery): EntryPageView =
                if (damaged) throw BelayException.Internal("projection") else EntryPageView(someWeeks, null)

            override suspend fun drafts(): List<DraftView> = emptyList()
        }
        val services = testServices(core)
        val model = JournalModel(services, services.scope)
        assertTrue(model.state is Loadable.Failed)
        core.damaged = false
        model.reload()
        assertEquals(someWeeks, model.state.value?.lines)
    }

    @Test
    fun `a day of the calendar shows its own entries, and a second tap the month again`() {
        val services = testServices(JournalCore(), navigator = navigator)
        val model = MonthModel(services, services.scope, "2026-02")
        val page = checkNotNull(model.state.value)
        assertEquals(4, model.shown(page).size)
        model.choose("2026-02-20")
        assertEquals(listOf("e5"), model.shown(page).map { it.name })
        model.choose("2026-02-20")
        assertEquals(4, model.shown(page).size)
        assertTrue(model.hasNext)
        model.writeAbout("2026-02-03")
        assertEquals(Route.JournalEditor(on = "2026-02-03"), navigator.current)
    }

    @Test
    fun `a copy is taken back only after a yes, and where it may have left the words say so`() {
        val core = Retracting()
        val services = testServices(core, navigator = navigator)
        val model = EntryModel(services, services.scope, "e1")
        val passage = longWayHome.passages.single()
        model.askToRetract(passage)
        assertTrue(core.retracted.isEmpty())
        model.retract()
        assertEquals(services.words.journalPassageBackLeft("Sam"), model.said)
        core.mayHaveLeft = false
        model.askToRetract(passage)
        model.retract()
        assertEquals(services.words.journalPassageBackClean, model.said)
        assertEquals(2, core.retracted.size)
    }

    @Test
    fun `a deleted entry stays on its page until it is brought back`() {
        val core = Retracting()
        val services = testServices(core, navigator = navigator)
        val model = EntryModel(services, services.scope, "e1")
        model.delete()
        assertEquals(EVENING_MS, model.state.value?.view?.deletedAtMs)
        model.bringBack()
        assertNull(model.state.value?.view?.deletedAtMs)
    }

    @Test
    fun `erasing asks first and says what became of it`() {
        val core = Retracting()
        val services = testServices(core)
        val model = DeletedModel(services, services.scope)
        val entry = checkNotNull(model.state.value).entries.first()
        model.askToErase(entry)
        model.askToErase(null)
        model.erase()
        assertTrue(core.erased.isEmpty())
        model.askToErase(entry)
        model.erase()
        assertEquals(listOf("d1"), core.erased)
        assertEquals(services.words.journalErased, model.said)
    }

    @Test
    fun `what could not be erased at once is said to wait and stays in the list`() {
        val core = Retracting().apply { enoughToday = true }
        val services = testServices(core)
        val model = DeletedModel(services, services.scope)
        model.askToErase(checkNotNull(model.state.value).entries.first())
        model.erase()
        assertEquals(services.words.setAsideHidden, model.said)
        assertTrue(checkNotNull(model.state.value).entries.any { it.entry.name == "d1" })
    }

    @Test
    fun `what another device erased comes back all at once`() {
        val core = EmptiedElsewhere()
        val services = testServices(core)
        val model = DeletedModel(services, services.scope)
        model.bringBackAside()
        assertEquals(listOf("a1", "a2"), core.back)
        assertEquals(services.words.setAsideCameBack(2), model.said)
        assertTrue(checkNotNull(model.state.value).aside.isEmpty())
    }

    @Test
    fun `no state puts what somebody wrote into a log`() {
        val list = JournalList(someWeeks, listOf(halfAThought), hasNewer = false, hasOlder = false)
        assertFalse("river" in list.toString() || "Mira" in list.toString())
    }
}

private class TenYears : FakeCore() {
    private val newest = LocalDate.parse(TUESDAY)
    private val oldest = newest.minusDays(3_649)

    override suspend fun drafts(): List<DraftView> = emptyList()

    override suspend fun entries(query: EntryQuery): EntryPageView {
        val first = query.after?.let { LocalDate.parse(it.on).minusDays(1) } ?: newest
        val days = generateSequence(first) { it.minusDays(1) }.takeWhile { it >= oldest }
        val shown = days.take(checkNotNull(query.limit).toInt()).map(LocalDate::toString).toList()
        val next = shown.lastOrNull()?.takeIf { it > oldest.toString() }
        return EntryPageView(shown.map { entryLine(it, on = it) }, next?.let { EntryCursor(it, 0, it) })
    }
}

private class Drafts : FakeCore() {
    val kept = mutableListOf(halfAThought)

    override suspend fun entries(query: EntryQuery): EntryPageView = EntryPageView(someWeeks, null)

    override suspend fun drafts(): List<DraftView> = kept.toList()

    override suspend fun dropDraft(id: Long) {
        if (!kept.removeIf { it.id == id }) throw BelayException.NotFound("draft")
    }
}

private class Retracting : JournalCore() {
    val retracted = mutableListOf<String>()
    val erased = mutableListOf<String>()
    var mayHaveLeft = true
    var enoughToday = false
    private var deletedAtMs: Long? = null

    override suspend fun entry(name: String): EntryView = longWayHome.copy(deletedAtMs = deletedAtMs)

    override suspend fun retractPassage(space: String, name: String): UndoneView {
        retracted += name
        return UndoneView(mayHaveLeft)
    }

    override suspend fun deleteEntry(name: String): DeletedEntryView {
        deletedAtMs = EVENING_MS
        return deletedEntries().first()
    }

    override suspend fun restoreEntry(name: String): EntryView {
        deletedAtMs = null
        return longWayHome
    }

    override suspend fun deletedEntries(): List<DeletedEntryView> =
        super.deletedEntries().filter { it.entry.name !in erased || enoughToday }
            .map { it.copy(eraseAsked = it.entry.name in erased) }

    override suspend fun eraseEntry(name: String): List<PassageView> {
        erased += name
        return emptyList()
    }
}
