package app.belay.ui.goals

import app.belay.core.ChangeArea
import app.belay.core.GoalRowView
import app.belay.core.GoalsPageView
import app.belay.ui.Loadable
import app.belay.ui.Loader
import app.belay.ui.Route
import app.belay.ui.Services
import kotlinx.coroutines.CoroutineScope

/** The person's goals, oldest first. */
class GoalsModel(private val services: Services, private val scope: CoroutineScope) {
    private val core = services.core
    private val loader = Loader(services, scope, setOf(ChangeArea.GOALS)) {
        core.goalsPage().also { services.shell.presentDay.learn(it.today) }
    }

    /** The goals, in one call. */
    val state: Loadable<GoalsPageView> get() = loader.state

    /** Tries again to read them. */
    fun reload() = loader.reload()

    /** Opens a goal. */
    fun open(row: GoalRowView) = services.navigator.go(Route.Goal(row.goal.name))

    /** Pauses of everything. */
    val care = GoalCare(services, scope, null) { reload() }

    /** Shows what was put away or let go. */
    fun away() = services.navigator.go(Route.GoalsAway)

    /** Begins a goal. */
    fun begin() = services.navigator.go(Route.GoalEditor)
}
