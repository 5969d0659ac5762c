package app.belay.ui.goals

import app.belay.core.DayMark
import app.belay.core.DayView
import app.belay.core.DaysSince
import app.belay.core.GoalNumbersView
import app.belay.core.GoalPageView
import app.belay.core.GoalView
import app.belay.core.LifeArea
import app.belay.core.Measure
import app.belay.core.Milestone
import app.belay.core.Outcome
import app.belay.core.OutcomeStatus
import app.belay.core.Pause
import app.belay.core.PauseReason
import app.belay.core.Schedule
import app.belay.ui.Route
import app.belay.ui.journal.berlin
import app.belay.ui.testkit.Shot
import app.belay.ui.testkit.Shots
import app.belay.ui.testkit.TUESDAY
import app.belay.ui.testkit.testServices
import java.time.LocalDate

private const val YEAR = 365L

private val reading = goal(
    "b1",
    "Read before sleep",
    schedule = Schedule.TimesPerWeek(3u),
    last14 = fortnight("d-d--pd-d--d-.", done = 5, of = 6, partly = 1),
    why = "Screens keep me up."
).let {
    it.copy(
        goal = it.goal.copy(
            measure = Measure.AtLeast(10_000, "pages"),
            obstacle = "The phone on the night table",
            ifThis = "I pick up the phone",
            thenThat = "I put it in the hall and read one page",
            strengths = "I like stories",
            area = LifeArea.LEARNING
        ),
        timesLeft = 2u,
        dueUntil = "2026-03-08"
    )
}

private val moving = goal("b2", "Move out by summer").let {
    it.copy(
        goal = it.goal.copy(
            schedule = null,
            measure = Measure.Milestones(
                listOf(
                    Milestone("Tell Mira", "2026-02-10"),
                    Milestone("Look at three flats", "2026-03-01"),
                    Milestone("Hand in the notice")
                )
            )
        ),
        dueToday = false
    )
}

private val sober = goal("b3", "Without a drink").let {
    it.copy(
        goal = it.goal.copy(schedule = null, measure = Measure.DaysSince("2026-01-04"), why = "For the mornings."),
        dueToday = false,
        daysSince = DaysSince(now = 12u, longest = 41u, total = 55u)
    )
}

private val running = goal("b4", "Run by the canal").let {
    it.copy(
        goal = it.goal.copy(archivedOn = "2026-02-20", letGo = true, learned = "My knee decides. Swimming is kinder.")
    )
}

private val yearOfDays: List<DayView> = (YEAR downTo 0).map { ago ->
    val on = LocalDate.parse(TUESDAY).minusDays(ago)
    val mark = when {
        ago % 11 == 0L -> DayMark.PARTLY
        ago % 3 == 1L -> DayMark.DONE
        ago % 13 == 5L -> DayMark.SKIPPED
        else -> DayMark.NOT_DUE
    }
    DayView(on.toString(), mark)
}

/** A core with goals of every kind. */
class LifeCore : GoalCore(all = listOf(reading, moving, sober)) {
    override suspend fun goal(name: String): GoalView =
        listOf(reading, moving, sober, running).first { it.name == name }

    override suspend fun goalPage(name: String, from: String?, to: String?): GoalPageView = GoalPageView(
        goal(name),
        null,
        TUESDAY,
        if (name == "b1") yearOfDays else emptyList(),
        listOf(Outcome("2026-03-02", OutcomeStatus.PARTLY, null, null, berlin(), TUESDAY, null, amount = 4_500)),
        partners(),
        if (name == "b1") {
            GoalNumbersView(
                score = 812u,
                occasions = 40u,
                returns = 3u,
                bestRecovery = 2u,
                doneDays = 118u,
                partlyDays = 14u,
                totalThousandths = 1_244_500
            )
        } else {
            GoalNumbersView()
        }
    )

    override suspend fun goalsPutAway(): List<GoalView> = listOf(running)

    override suspend fun pauses(of: String?): List<Pause> = listOf(
        Pause("2026-03-01", "2026-03-06", PauseReason.ILL),
        Pause("2026-04-03", "2026-04-17", PauseReason.HOLIDAY)
    )
}

private fun page(name: String, goal: String, act: GoalModel.() -> Unit) = Shot(name) { shell ->
    val services = testServices(LifeCore(), shell)
    GoalScreen(services, GoalModel(services, shell.scope, goal).apply(act))
}

private fun editor(name: String, act: GoalEditorModel.() -> Unit) = Shot(name) { shell ->
    val services = testServices(LifeCore(), shell)
    GoalEditorScreen(services, GoalEditorModel(services, shell.scope).apply(act))
}

/** Goals of every kind, from the first word to what was learned. */
val goalLifeShots: List<Shot> = listOf(
    Shots.app("goals-every-kind", { LifeCore() }, Route.Goals),
    Shots.app("goal-amount", { LifeCore() }, Route.Goals, Route.Goal("b1")),
    Shots.app("goal-steps", { LifeCore() }, Route.Goals, Route.Goal("b2")),
    Shots.app("goal-days", { LifeCore() }, Route.Goals, Route.Goal("b3")),
    Shots.app("goal-let-go-page", { LifeCore() }, Route.Goals, Route.Goal("b4")),
    Shots.app("goals-away", { LifeCore() }, Route.Goals, Route.GoalsAway),
    Shots.app("goal-edit", { LifeCore() }, Route.Goals, Route.GoalEdit("b1")),
    page("goal-day-amount", "b1") { note("2026-03-02") },
    page("goal-pauses", "b1") { care.openPauses() },
    page("goal-let-go", "b1") {
        care.open(CareSheet.LET_GO)
        care.learned("Evenings are too late for me.")
    },
    editor("goal-editor-amount") {
        change(
            GoalForm(
                title = "Read before sleep",
                counting = Counting.AT_LEAST,
                amount = "10",
                unit = "pages",
                rhythm = Rhythm.WEEK
            )
        )
    },
    editor("goal-editor-steps") {
        change(
            GoalForm(
                title = "Move out by summer",
                counting = Counting.STEPS,
                steps = listOf("Tell Mira", "Look at three flats"),
                halfStep = "Hand in the notice"
            )
        )
    },
    editor("goal-editor-dates") {
        change(GoalForm(title = "Visit Grandma", rhythm = Rhythm.DATES, dates = listOf("2026-03-08", "2026-04-05")))
    }
)
