package app.belay.ui.journal

import app.belay.core.EntryCursor
import app.belay.core.EntryLineView
import app.belay.core.EntryPageView
import java.time.LocalDate
import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test

private const val TEN_YEARS = 3_650
private val HELD_AT_MOST = EntryPages.MAX_PAGES * EntryPages.PAGE_LINES.toInt()

class EntryPagesTest {
    private val days = (0L until TEN_YEARS)
        .map { LocalDate.of(2026, 3, 3).minusDays(it).toString() }
        .toMutableList()
    private val pages = EntryPages(load = ::page)

    @Test
    fun `ten years are read to their end while only a bounded part is held`() = runBlocking {
        pages.reload()
        val seen = pages.lines.mapTo(linkedSetOf()) { it.on }
        while (pages.hasOlder) {
            pages.older()
            assertTrue(pages.lines.size <= HELD_AT_MOST)
            seen += pages.lines.map { it.on }
        }
        assertEquals(days, seen.toList())
    }

    @Test
    fun `the way back to the present shows every entry again`() = runBlocking {
        pages.reload()
        repeat(20) { pages.older() }
        val seen = pages.lines.mapTo(mutableSetOf()) { it.on }
        while (pages.hasNewer) {
            pages.newer()
            assertTrue(pages.lines.size <= HELD_AT_MOST)
            seen += pages.lines.map { it.on }
        }
        assertEquals(days.first(), pages.lines.first().on)
        assertEquals(days.take(seen.size).toSet(), seen)
    }

    @Test
    fun `what is written meanwhile shows when the top is read again, and leaves no gap further down`() = runBlocking {
        pages.reload()
        repeat(6) { pages.older() }
        val top = pages.lines.first().on
        days.add(0, "2026-03-04")
        days.remove(days[300])
        pages.reload()
        assertEquals(top, pages.lines.first().on)
        while (pages.hasNewer) pages.newer()
        assertEquals(days.take(pages.lines.size), pages.lines.map { it.on })
    }

    @Test
    fun `a short journal is one page with nothing before and after it`() = runBlocking {
        days.subList(3, days.size).clear()
        pages.reload()
        assertEquals(3, pages.lines.size)
        assertFalse(pages.hasNewer || pages.hasOlder)
        pages.older()
        pages.newer()
        assertEquals(3, pages.lines.size)
    }

    private fun page(after: EntryCursor?): EntryPageView {
        val rest = days.filter { after == null || it < after.on }
        val shown = rest.take(EntryPages.PAGE_LINES.toInt())
        val next = shown.lastOrNull()?.takeIf { rest.size > shown.size }
        return EntryPageView(shown.map(::line), next?.let { EntryCursor(it, 0, it) })
    }

    private fun line(on: String): EntryLineView = entryLine(name = on, on = on)
}
