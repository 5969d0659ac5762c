package app.belay.ui

import app.belay.words.Words
import java.text.NumberFormat
import java.time.Instant
import java.time.LocalDate
import java.time.LocalTime
import java.time.YearMonth
import java.time.ZoneId
import java.time.format.DateTimeFormatter
import java.time.format.FormatStyle
import java.time.format.TextStyle
import java.time.temporal.ChronoUnit
import java.util.Locale

private const val MINUTE_MS = 60_000L
private const val HOUR_MS = 60 * MINUTE_MS
private const val DAY_MS = 24 * HOUR_MS
private const val HOURS_SAID = 12L
private const val WEEK_DAYS = 7L
private const val KILO = 1_000L
private const val MEGA = 1_000_000L

/** Days, times and numbers in the person's language and habits. */
class Formats(private val words: Words, private val locale: Locale, private val clock: UiClock) {
    private val dayAndMonth = DateTimeFormatter.ofPattern(patterns().first, locale)
    private val weekdayAndDay = DateTimeFormatter.ofPattern(patterns().second, locale)
    private val monthAndYear = DateTimeFormatter.ofPattern(patterns().third, locale)
    private val shortTime = DateTimeFormatter.ofLocalizedTime(FormatStyle.SHORT).withLocale(locale)

    /** "Sunday 22 November". */
    fun day(on: String): String = weekdayAndDay.format(LocalDate.parse(on))

    /** "22 November", with the year where it is not the present one. */
    fun shortDay(on: String): String {
        val day = LocalDate.parse(on)
        val text = dayAndMonth.format(day)
        return if (day.year == today().year) text else "$text ${day.year}"
    }

    /** "Sunday". */
    fun weekday(on: String): String = LocalDate.parse(on).dayOfWeek.getDisplayName(TextStyle.FULL_STANDALONE, locale)

    /** "November 2026" of "2026-11". */
    fun month(month: String): String = monthAndYear.format(YearMonth.parse(month))

    /** "today", "yesterday", the weekday within a week, else the date. */
    fun nearDay(on: String, today: String = today().toString()): String {
        val apart = ChronoUnit.DAYS.between(LocalDate.parse(on), LocalDate.parse(today))
        return when (apart) {
            0L -> words.frameToday
            1L -> words.frameYesterday
            in 2 until WEEK_DAYS -> weekday(on)
            else -> shortDay(on)
        }
    }

    /** "21:05", "9:05 PM". */
    fun time(atMs: Long): String = shortTime.format(Instant.ofEpochMilli(atMs).atZone(clock.zone()))

    /** The hours and minutes of a local time as the core writes it, "21:05:00". */
    fun localTime(text: String): String = shortTime.format(LocalTime.parse(text))

    /** "just now", "12 min ago", "2 h ago", then the day and the time. */
    fun ago(atMs: Long): String {
        val past = clock.nowMs() - atMs
        return when {
            past < MINUTE_MS -> words.timesJustNow
            past < HOUR_MS -> words.timesMinutesAgo((past / MINUTE_MS).toInt())
            past < HOURS_SAID * HOUR_MS -> words.timesHoursAgo((past / HOUR_MS).toInt())
            else -> words.frameDayAndTime(nearDay(dayOf(atMs)), time(atMs))
        }
    }

    /** Whether a moment is so long ago that only its day matters. */
    fun isOlderThanADay(atMs: Long): Boolean = clock.nowMs() - atMs > DAY_MS

    /** The civil day a moment falls on where the person is, "2026-11-22". */
    fun dayOf(atMs: Long, zone: ZoneId = clock.zone()): String =
        Instant.ofEpochMilli(atMs).atZone(zone).toLocalDate().toString()

    /** Whether [zone] is another one than the device's: then the day is shown with it. */
    fun isElsewhere(zone: String): Boolean = zone != clock.zone().id

    /** The city of a zone's name: "Europe/Berlin" is "Berlin". */
    fun place(zone: String): String = zone.substringAfterLast('/').replace('_', ' ')

    /** "1,234". */
    fun number(count: Long): String = NumberFormat.getIntegerInstance(locale).format(count)

    /** "12 kB", "3 MB". */
    fun size(bytes: Long): String = when {
        bytes < KILO -> "${number(bytes)}\u00A0B"
        bytes < MEGA -> "${number(bytes / KILO)}\u00A0kB"
        else -> "${number(bytes / MEGA)}\u00A0MB"
    }

    private fun today(): LocalDate = Instant.ofEpochMilli(clock.nowMs()).atZone(clock.zone()).toLocalDate()

    private fun patterns(): Triple<String, String, String> = when (locale.language) {
        "de" -> Triple("d. MMMM", "EEEE, d. MMMM", "LLLL yyyy")

        "es" -> Triple("d 'de' MMMM", "EEEE, d 'de' MMMM", "LLLL 'de' yyyy")

        else -> if (locale.country == "US") {
            Triple("MMMM d", "EEEE, MMMM d", "LLLL yyyy")
        } else {
            Triple("d MMMM", "EEEE, d MMMM", "LLLL yyyy")
        }
    }
}
