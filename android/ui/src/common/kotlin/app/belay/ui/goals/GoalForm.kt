package app.belay.ui.goals

import app.belay.core.Goal
import app.belay.core.LifeArea
import app.belay.core.Measure
import app.belay.core.Milestone
import app.belay.core.Schedule
import app.belay.core.Weekday
import java.util.Locale

/** How a goal counts, in the words the editor offers. */
enum class Counting {
    YES_NO,
    AT_LEAST,
    AT_MOST,
    AVOID,
    STEPS,
    DAYS;

    /** A day has an amount. */
    val isAmount: Boolean get() = this == AT_LEAST || this == AT_MOST

    /** It is due on days; what goes in one's own time is not. */
    val isScheduled: Boolean get() = this != STEPS && this != DAYS
}

/** How often, in the words the editor offers. */
enum class Rhythm { DAILY, WORKDAYS, WEEKEND, CHOSEN, WEEK, MONTH, EVERY, DATES, ONCE }

/** Everything that is said of a goal while it is being said; what was said of another choice stays for a way back. */
data class GoalForm(
    val title: String = "",
    val why: String = "",
    val counting: Counting = Counting.YES_NO,
    val amount: String = "",
    val unit: String = "",
    val steps: List<String> = emptyList(),
    /** A step that is still being typed. */
    val halfStep: String = "",
    val since: String? = null,
    val rhythm: Rhythm = Rhythm.DAILY,
    val days: Set<Weekday> = emptySet(),
    val perWeek: Int = 3,
    val perMonth: Int = 2,
    val every: Int = 2,
    val dates: List<String> = emptyList(),
    val by: String? = null,
    val startsOn: String? = null,
    val endsOn: String? = null,
    val obstacle: String = "",
    val ifThis: String = "",
    val thenThat: String = "",
    val strengths: String = "",
    val resources: String = "",
    val area: LifeArea? = null
) {
    /** Something was typed that would be worth keeping. */
    val isSaid: Boolean
        get() = listOf(title, why, amount, unit, halfStep, obstacle, ifThis, thenThat, strengths, resources)
            .any(String::isNotBlank) || steps.isNotEmpty() || dates.isNotEmpty()

    /** There is enough to begin. */
    val isEnough: Boolean get() = title.isNotBlank() && isCounted && (!counting.isScheduled || isDue)

    private val isCounted: Boolean
        get() = when (counting) {
            Counting.AT_LEAST, Counting.AT_MOST -> amount.isNotBlank() && unit.isNotBlank()
            Counting.STEPS -> steps.isNotEmpty() || halfStep.isNotBlank()
            else -> true
        }

    private val isDue: Boolean
        get() = when (rhythm) {
            Rhythm.CHOSEN -> days.isNotEmpty()
            Rhythm.DATES -> dates.isNotEmpty()
            Rhythm.ONCE -> by != null
            else -> true
        }

    /** How often, as the core says it. */
    val schedule: Schedule
        get() = when (rhythm) {
            Rhythm.DAILY -> Schedule.Daily
            Rhythm.WORKDAYS -> Schedule.Weekdays(WORKDAYS.sorted())
            Rhythm.WEEKEND -> Schedule.Weekdays(WEEKEND.sorted())
            Rhythm.CHOSEN -> Schedule.Weekdays(days.sorted())
            Rhythm.WEEK -> Schedule.TimesPerWeek(perWeek.toUByte())
            Rhythm.MONTH -> Schedule.TimesPerMonth(perMonth.toUByte())
            Rhythm.EVERY -> Schedule.EveryDays(every.toUShort())
            Rhythm.DATES -> Schedule.Dates(dates.sorted())
            Rhythm.ONCE -> Schedule.OnceUntil(by.orEmpty())
        }

    /** With the step that was still being typed. */
    val withHalfStep: GoalForm
        get() = if (halfStep.isBlank()) this else copy(steps = steps + halfStep.trim(), halfStep = "")

    /** How it counts, as the core says it; [today] is where days begin to count when nothing else was said. */
    fun measure(today: String): Measure = when (counting) {
        Counting.YES_NO -> Measure.YesNo
        Counting.AT_LEAST -> Measure.AtLeast(thousandthsOf(amount), unit.trim())
        Counting.AT_MOST -> Measure.AtMost(thousandthsOf(amount), unit.trim())
        Counting.AVOID -> Measure.Avoid
        Counting.STEPS -> Measure.Milestones(withHalfStep.steps.map { Milestone(it) })
        Counting.DAYS -> Measure.DaysSince(since ?: today)
    }

    /** Never the words. */
    override fun toString(): String = "GoalForm"

    companion object {
        /** What is said of a goal that is there, its amount as the [locale] writes it. */
        fun of(goal: Goal, locale: Locale): GoalForm =
            counted(scheduled(said(goal), goal.schedule), goal.measure, locale)

        private fun said(goal: Goal) = GoalForm(
            title = goal.title,
            why = goal.why.orEmpty(),
            startsOn = goal.startsOn,
            endsOn = goal.endsOn,
            obstacle = goal.obstacle.orEmpty(),
            ifThis = goal.ifThis.orEmpty(),
            thenThat = goal.thenThat.orEmpty(),
            strengths = goal.strengths.orEmpty(),
            resources = goal.resources.orEmpty(),
            area = goal.area
        )

        private fun GoalForm.amounting(counting: Counting, amount: String, unit: String) =
            copy(counting = counting, amount = amount, unit = unit)

        private fun counted(form: GoalForm, measure: Measure, locale: Locale): GoalForm = when (measure) {
            is Measure.YesNo -> form

            is Measure.AtLeast ->
                form.amounting(Counting.AT_LEAST, amountText(measure.amount, locale), measure.unit)

            is Measure.AtMost ->
                form.amounting(Counting.AT_MOST, amountText(measure.amount, locale), measure.unit)

            is Measure.Avoid -> form.copy(counting = Counting.AVOID)

            is Measure.Milestones -> form.copy(counting = Counting.STEPS, steps = measure.v1.map { it.title })

            is Measure.DaysSince -> form.copy(counting = Counting.DAYS, since = measure.since)
        }

        private fun scheduled(form: GoalForm, schedule: Schedule?): GoalForm = when (schedule) {
            null, is Schedule.Daily -> form

            is Schedule.Weekdays -> when (val days = schedule.v1.toSet()) {
                WORKDAYS -> form.copy(rhythm = Rhythm.WORKDAYS)
                WEEKEND -> form.copy(rhythm = Rhythm.WEEKEND)
                else -> form.copy(rhythm = Rhythm.CHOSEN, days = days)
            }

            is Schedule.TimesPerWeek -> form.copy(rhythm = Rhythm.WEEK, perWeek = schedule.v1.toInt())

            is Schedule.TimesPerMonth -> form.copy(rhythm = Rhythm.MONTH, perMonth = schedule.v1.toInt())

            is Schedule.EveryDays -> form.copy(rhythm = Rhythm.EVERY, every = schedule.v1.toInt())

            is Schedule.Dates -> form.copy(rhythm = Rhythm.DATES, dates = schedule.v1)

            is Schedule.OnceUntil -> form.copy(rhythm = Rhythm.ONCE, by = schedule.v1)
        }
    }
}

internal val WORKDAYS =
    setOf(Weekday.MONDAY, Weekday.TUESDAY, Weekday.WEDNESDAY, Weekday.THURSDAY, Weekday.FRIDAY)
internal val WEEKEND = setOf(Weekday.SATURDAY, Weekday.SUNDAY)
