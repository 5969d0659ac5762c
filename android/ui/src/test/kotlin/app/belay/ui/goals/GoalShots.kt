package app.belay.ui.goals

import app.belay.core.OutcomeStatus
import app.belay.ui.Route
import app.belay.ui.testkit.Shot
import app.belay.ui.testkit.Shots
import app.belay.ui.testkit.testServices

/** The pictures of goals. */
val goalShots: List<Shot> = listOf(
    Shots.app("goals", { GoalCore() }, Route.Goals),
    Shots.app("goals-empty", { GoalCore(all = emptyList()) }, Route.Goals),
    Shots.app("goal", { GoalCore() }, Route.Goals, Route.Goal("a1")),
    Shots.app("goal-editor", { GoalCore() }, Route.Goals, Route.GoalEditor)
)

/** Pages of goals with a sheet over them. */
val goalSheetShots: List<Shot> = listOf(
    Shot("goal-day") { shell ->
        val services = testServices(GoalCore(), shell)
        val model = GoalModel(services, shell.scope, "a1")
        model.note("2026-03-02")
        model.log?.choose(OutcomeStatus.SKIPPED)
        model.log?.reason("The cold got into my chest")
        GoalScreen(services, model)
    },
    Shot("goal-audience") { shell ->
        val services = testServices(GoalCore(), shell)
        val model = GoalModel(services, shell.scope, "a1")
        model.chooseFor("5a4d", "Sam")
        GoalScreen(services, model)
    }
)
