package app.belay.ui.goals

import app.belay.core.DayMark
import app.belay.core.DayView
import app.belay.core.DeliveryView
import app.belay.core.Goal
import app.belay.core.GoalField
import app.belay.core.GoalRowView
import app.belay.core.GoalView
import app.belay.core.GoalsPageView
import app.belay.core.Last14
import app.belay.core.Measure
import app.belay.core.NewOutcome
import app.belay.core.Outcome
import app.belay.core.OutcomePreviewView
import app.belay.core.PartnerView
import app.belay.core.PreviewView
import app.belay.core.Schedule
import app.belay.core.SharedFieldsView
import app.belay.core.SharedMoment
import app.belay.core.SharedOutcome
import app.belay.core.SharedWithView
import app.belay.core.Weekday
import app.belay.ui.journal.MIRA
import app.belay.ui.journal.SAM
import app.belay.ui.journal.berlin
import app.belay.ui.journal.partner
import app.belay.ui.testkit.EVENING_MS
import app.belay.ui.testkit.FakeCore
import app.belay.ui.testkit.TUESDAY
import java.time.LocalDate

/** Fourteen days up to the Tuesday of the tests: one letter a day, as a test reads best. */
fun fortnight(marks: String, done: Int, of: Int, partly: Int = 0): Last14 = Last14(
    days = marks.mapIndexed { at, letter ->
        DayView(LocalDate.parse(TUESDAY).minusDays((marks.length - 1 - at).toLong()).toString(), markOf(letter))
    },
    done = done.toUByte(),
    partly = partly.toUByte(),
    of = of.toUByte()
)

private fun markOf(letter: Char): DayMark = when (letter) {
    'd' -> DayMark.DONE
    'p' -> DayMark.PARTLY
    's' -> DayMark.SKIPPED
    'n' -> DayMark.NOT_DONE
    '.' -> DayMark.NOTHING
    else -> DayMark.NOT_DUE
}

/** A goal. */
fun goal(
    name: String,
    title: String,
    schedule: Schedule = Schedule.Daily,
    last14: Last14 = fortnight("ddpdsd.ddndd..", done = 8, of = 12, partly = 1),
    why: String? = null,
    today: Outcome? = null,
    sharedWith: List<SharedWithView> = emptyList(),
    dueToday: Boolean = true
): GoalView = GoalView(
    name = name,
    goal = Goal(title, Measure.YesNo, schedule, why, berlin(), "2026-01-04", null),
    dueToday = dueToday,
    today = today,
    last14 = last14,
    sharedWith = sharedWith
)

/** What Sam sees of a goal. */
fun samSees(vararg fields: GoalField, delivery: DeliveryView? = DeliveryView.Received): SharedWithView =
    SharedWithView(SAM, "Sam", SharedFieldsView.Goal(fields.toList()), delivery, emptyList())

private val WORKDAYS_BUT_FRIDAY = listOf(Weekday.MONDAY, Weekday.WEDNESDAY, Weekday.THURSDAY)

/** Goals as pictures and tests show them. */
val someGoals: List<GoalView> = listOf(
    goal(
        "a1",
        "Walk before work",
        last14 = fortnight("dd-ddpd-sddd.d", done = 9, of = 11, partly = 1),
        why = "The first hour decides how loud the day gets.",
        sharedWith = listOf(samSees(GoalField.TITLE, GoalField.STATUS))
    ),
    goal(
        "a2",
        "Call somebody I like",
        schedule = Schedule.Weekdays(WORKDAYS_BUT_FRIDAY),
        last14 = fortnight("d-dd---d-s---.", done = 4, of = 5),
        dueToday = false
    ),
    goal("a3", "Lights out at eleven", last14 = fortnight("-------------.", done = 0, of = 0))
)

/** A core with [someGoals]. */
open class GoalCore(
    private val all: List<GoalView> = someGoals,
    private val partners: List<PartnerView> = listOf(partner(), partner("Mira", MIRA))
) : FakeCore() {
    override suspend fun goals(): List<GoalView> = all

    /** To the second one somebody came back. */
    override suspend fun goalsPage(): GoalsPageView =
        GoalsPageView(TUESDAY, goals().map { GoalRowView(it, 2u.takeIf { _ -> it.name == "a2" }) })

    override suspend fun goal(name: String): GoalView = all.first { it.name == name }

    override suspend fun partners(): List<PartnerView> = partners

    override suspend fun previewOutcome(new: NewOutcome): List<PreviewView> = listOf(
        PreviewView(
            SAM,
            "Sam",
            emptyList(),
            null,
            listOf(
                OutcomePreviewView(
                    "Walk before work",
                    SharedOutcome(
                        checkNotNull(new.on),
                        new.status,
                        late = true,
                        written = SharedMoment(EVENING_MS, 3_600, "21:00"),
                        note = null,
                        reason = null
                    )
                )
            )
        )
    )
}
