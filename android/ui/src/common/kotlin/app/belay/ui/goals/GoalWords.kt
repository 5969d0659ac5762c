package app.belay.ui.goals

import app.belay.core.GoalField
import app.belay.core.Last14
import app.belay.core.Schedule
import app.belay.core.SharedFieldsView
import app.belay.core.SharedWithView
import app.belay.core.Weekday
import app.belay.ui.list
import app.belay.words.Words
import java.time.DayOfWeek
import java.time.LocalDate
import java.time.format.DateTimeFormatter
import java.time.format.FormatStyle
import java.time.format.TextStyle
import java.util.Locale

/** "11 of the last 14 · 1 partly". */
fun kindSentence(words: Words, last: Last14): String {
    if (last.of.toInt() == 0) return words.goalsJustBegun
    val done = words.goalsDoneOf(last.done.toString(), last.of.toInt())
    if (last.partly.toInt() == 0) return done
    return "$done · ${words.goalsPartlyToo(last.partly.toInt())}"
}

/** "Every day", "3 times a week: Mon, Wed, Fri", "Once, by 1 May 2026"; what has no schedule goes in one's own time. */
fun scheduleWords(words: Words, locale: Locale, schedule: Schedule?): String = when (schedule) {
    null -> words.goalsScheduleNone

    is Schedule.TimesPerWeek -> words.goalsScheduleWeek(schedule.v1.toInt())

    is Schedule.TimesPerMonth -> words.goalsScheduleMonth(schedule.v1.toInt())

    is Schedule.EveryDays -> words.goalsScheduleEvery(schedule.v1.toInt())

    is Schedule.Dates -> words.goalsScheduleDates(schedule.v1.joinToString(", ") { dateWords(it, locale) })

    is Schedule.OnceUntil -> words.goalsScheduleOnce(dateWords(schedule.v1, locale))

    is Schedule.Daily -> words.goalsScheduleDaily

    is Schedule.Weekdays -> when (schedule.v1.toSet()) {
        WORKDAYS -> words.goalsScheduleWorkdays

        WEEKEND -> words.goalsScheduleWeekend

        else -> {
            val days = schedule.v1.sorted().joinToString(", ") { weekdayShort(it, locale) }
            words.goalsScheduleTimes(schedule.v1.size, days)
        }
    }
}

private fun dateWords(day: String, locale: Locale): String =
    LocalDate.parse(day).format(DateTimeFormatter.ofLocalizedDate(FormatStyle.MEDIUM).withLocale(locale))

/** "Mon" in the person's language. */
fun weekdayShort(day: Weekday, locale: Locale): String =
    DayOfWeek.of(day.ordinal + 1).getDisplayName(TextStyle.SHORT_STANDALONE, locale)

/** "Monday" in the person's language. */
fun weekdayLong(day: Weekday, locale: Locale): String =
    DayOfWeek.of(day.ordinal + 1).getDisplayName(TextStyle.FULL_STANDALONE, locale)

/** What a field is called beside its switch. */
fun fieldWords(words: Words, field: GoalField): String = when (field) {
    GoalField.TITLE -> words.goalsFieldTitle
    GoalField.SCHEDULE -> words.goalsFieldSchedule
    GoalField.WHY -> words.goalsFieldWhy
    GoalField.STATUS -> words.goalsFieldStatus
    GoalField.NOTE -> words.goalsFieldNote
    GoalField.SKIP_REASON -> words.goalsFieldSkipReason
    GoalField.MISSES -> words.goalsFieldMisses
    GoalField.AMOUNT -> words.goalsFieldAmount
    GoalField.PLAN -> words.goalsFieldPlan
}

/** "Sam sees: title, outcome". */
fun seesSentence(words: Words, partner: String, fields: List<GoalField>): String =
    words.goalsWhoSees(partner, words.list(fields.map { shortFieldWord(words, it) }))

private fun shortFieldWord(words: Words, field: GoalField): String = when (field) {
    GoalField.TITLE -> words.fieldsGoalTitle
    GoalField.SCHEDULE -> words.fieldsGoalSchedule
    GoalField.WHY -> words.fieldsGoalWhy
    GoalField.STATUS -> words.fieldsGoalStatus
    GoalField.NOTE -> words.fieldsGoalNote
    GoalField.SKIP_REASON -> words.fieldsGoalSkipReason
    GoalField.MISSES -> words.fieldsGoalMisses
    GoalField.AMOUNT -> words.fieldsGoalAmount
    GoalField.PLAN -> words.fieldsGoalPlan
}

/** What a partner sees of a goal. */
fun goalFields(shared: SharedWithView): List<GoalField> = (shared.fields as? SharedFieldsView.Goal)?.fields.orEmpty()
