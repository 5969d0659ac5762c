package app.belay.ui.goals

import app.belay.core.BelayException
import app.belay.core.Goal
import app.belay.core.LifeArea
import app.belay.core.Measure
import app.belay.core.Milestone
import app.belay.core.Schedule
import app.belay.core.Weekday
import app.belay.ui.journal.PageDraft
import app.belay.ui.journal.berlin
import app.belay.ui.testkit.TUESDAY
import java.util.Locale
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test

private fun formOf(goal: Goal) = GoalForm.of(goal, Locale.ENGLISH)

class GoalFormTest {
    private fun goal(measure: Measure = Measure.YesNo, schedule: Schedule? = Schedule.Daily) = Goal(
        title = "Swim",
        measure = measure,
        schedule = schedule,
        why = "Quiet under water",
        created = berlin(),
        startsOn = "2026-01-04",
        archivedOn = null,
        endsOn = "2026-12-31",
        obstacle = "Late trains",
        ifThis = "the train is late",
        thenThat = "I swim at lunch",
        strengths = "I like mornings",
        resources = "The pool card",
        area = LifeArea.BODY
    )

    private val everySchedule = listOf(
        Schedule.Daily,
        Schedule.Weekdays(WORKDAYS.sorted()),
        Schedule.Weekdays(WEEKEND.sorted()),
        Schedule.Weekdays(listOf(Weekday.MONDAY, Weekday.FRIDAY)),
        Schedule.TimesPerWeek(4u),
        Schedule.TimesPerMonth(28u),
        Schedule.EveryDays(10u),
        Schedule.Dates(listOf("2026-03-08", "2026-04-01")),
        Schedule.OnceUntil("2026-05-01")
    )

    private val everyMeasure = listOf(
        Measure.YesNo,
        Measure.AtLeast(2_500, "pages"),
        Measure.AtMost(3_000, "coffees"),
        Measure.Avoid,
        Measure.Milestones(listOf(Milestone("Read the letter"), Milestone("Answer it"))),
        Measure.DaysSince("2026-02-01")
    )

    @Test
    fun `whatever a goal asks for stands in the form and comes out as it went in`() {
        for (schedule in everySchedule) assertEquals(schedule, formOf(goal(schedule = schedule)).schedule)
        for (measure in everyMeasure) {
            val form = formOf(goal(measure, Schedule.Daily.takeIf { measure !is Measure.Milestones }))
            assertEquals(measure, form.measure(TUESDAY))
            assertTrue(form.isEnough)
        }
    }

    @Test
    fun `a draft keeps all of the form`() {
        for (measure in everyMeasure) {
            for (schedule in everySchedule) {
                val form = formOf(goal(measure, schedule)).copy(halfStep = "Ring\nthem")
                assertEquals(form, goalFormOf(PageDraft("goal", form.fields(), form.why)))
            }
        }
        assertEquals("GoalForm", formOf(goal()).toString())
    }

    @Test
    fun `a form waits for what its choices need`() {
        val named = GoalForm(title = "Swim")
        assertTrue(named.isEnough)
        assertFalse(GoalForm().isEnough)
        assertFalse(named.copy(counting = Counting.AT_LEAST, amount = "2").isEnough)
        assertTrue(named.copy(counting = Counting.AT_MOST, amount = "2", unit = "lengths").isEnough)
        assertFalse(named.copy(counting = Counting.STEPS).isEnough)
        assertTrue(named.copy(counting = Counting.STEPS, halfStep = "Find the bag").isEnough)
        for (rhythm in listOf(Rhythm.CHOSEN, Rhythm.DATES, Rhythm.ONCE)) {
            assertFalse(named.copy(rhythm = rhythm).isEnough)
            assertTrue(named.copy(rhythm = rhythm, counting = Counting.DAYS).isEnough)
        }
    }

    @Test
    fun `an amount is read with a point or a comma, and shown without digits it has not`() {
        assertEquals(2_500L, thousandthsOf(" 2,5 "))
        assertEquals(2_500L, thousandthsOf("2.500"))
        assertEquals("2.5", amountText(2_500, Locale.ENGLISH))
        assertEquals("2,5", amountText(2_500, Locale.GERMAN))
        assertEquals("20", amountText(20_000, Locale.GERMAN))
        val rules = listOf("two" to "not_an_amount", "1.2345" to "too_many_decimals", "9".repeat(30) to "out_of_range")
        for ((text, rule) in rules) {
            assertEquals(rule, assertThrows(BelayException.InvalidInput::class.java) { thousandthsOf(text) }.rule)
        }
    }

    @Test
    fun `a step that is still being typed goes along`() {
        val form = GoalForm(title = "Move", counting = Counting.STEPS, steps = listOf("Boxes"), halfStep = " Keys ")
        assertEquals(
            listOf("Boxes", "Keys"),
            (form.measure(TUESDAY) as Measure.Milestones).v1.map { it.title }
        )
    }
}
