package app.belay.ui.goals

import app.belay.core.ChangeArea
import app.belay.core.GoalView
import app.belay.ui.Loadable
import app.belay.ui.Loader
import app.belay.ui.Route
import app.belay.ui.Services
import kotlinx.coroutines.CoroutineScope

/** The person's goals, oldest first. */
class GoalsModel(private val services: Services, scope: CoroutineScope) {
    private val core = services.core
    private val loader = Loader(services, scope, setOf(ChangeArea.GOALS)) { core.goals() }

    /** The goals. */
    val state: Loadable<List<GoalView>> get() = loader.state

    /** Tries again to read them. */
    fun reload() = loader.reload()

    /** Opens a goal. */
    fun open(goal: GoalView) = services.navigator.go(Route.Goal(goal.name))

    /** Begins a goal. */
    fun begin() = services.navigator.go(Route.GoalEditor())
}
