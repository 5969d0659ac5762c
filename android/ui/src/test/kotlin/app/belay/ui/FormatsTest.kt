package app.belay.ui

import app.belay.ui.testkit.EVENING_MS
import app.belay.ui.testkit.TUESDAY
import app.belay.ui.testkit.TestClock
import app.belay.words.Words
import app.belay.words.WordsDe
import app.belay.words.WordsEn
import app.belay.words.WordsEs
import java.util.Locale
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test

private const val MINUTE_MS = 60_000L
private const val HOUR_MS = 60 * MINUTE_MS

class FormatsTest {
    private fun formats(words: Words = WordsEn, locale: Locale = Locale.UK, clock: TestClock = TestClock()) =
        Formats(words, locale, clock)

    @Test
    fun `a day is written as the person writes days`() {
        assertEquals("Tuesday, 3 March", formats().day(TUESDAY))
        assertEquals("Tuesday, March 3", formats(locale = Locale.US).day(TUESDAY))
        assertEquals("Dienstag, 3. März", formats(WordsDe, Locale.GERMANY).day(TUESDAY))
        assertEquals("martes, 3 de marzo", formats(WordsEs, Locale.forLanguageTag("es-ES")).day(TUESDAY))
    }

    @Test
    fun `a near day has its name, a far one its date, another year its year`() {
        assertEquals("today", formats().nearDay(TUESDAY, TUESDAY))
        assertEquals("yesterday", formats().nearDay("2026-03-02", TUESDAY))
        assertEquals("Friday", formats().nearDay("2026-02-27", TUESDAY))
        assertEquals("24 February", formats().nearDay("2026-02-24", TUESDAY))
        assertEquals("24 December 2025", formats().nearDay("2025-12-24", TUESDAY))
    }

    @Test
    fun `how long ago is said roughly, and by the day when it is long`() {
        assertEquals("just now", formats().ago(EVENING_MS - 5_000))
        assertEquals("12 min ago", formats().ago(EVENING_MS - 12 * MINUTE_MS))
        assertEquals("2 h ago", formats().ago(EVENING_MS - 2 * HOUR_MS))
        assertTrue(formats().ago(EVENING_MS - 23 * HOUR_MS).startsWith("yesterday, "))
    }

    @Test
    fun `a moment ahead of this clock is not in the future`() =
        assertEquals("just now", formats().ago(EVENING_MS + HOUR_MS))

    @Test
    fun `the zone is asked anew each time`() {
        val clock = TestClock()
        val formats = formats(clock = clock)
        assertEquals("2026-03-03", formats.dayOf(EVENING_MS))
        clock.zoneName = "Pacific/Auckland"
        assertEquals("2026-03-04", formats.dayOf(EVENING_MS))
        assertTrue(formats.isElsewhere("Europe/Berlin"))
        assertEquals("New York", formats.place("America/New_York"))
    }
}
