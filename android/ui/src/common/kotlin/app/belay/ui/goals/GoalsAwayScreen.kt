package app.belay.ui.goals

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.runtime.Composable
import app.belay.core.ChangeArea
import app.belay.core.DocName
import app.belay.core.GoalView
import app.belay.ui.Doing
import app.belay.ui.Loadable
import app.belay.ui.Loader
import app.belay.ui.Route
import app.belay.ui.ScrollingScreen
import app.belay.ui.Services
import app.belay.ui.Shell
import app.belay.ui.kit.Body
import app.belay.ui.kit.Caption
import app.belay.ui.kit.Card
import app.belay.ui.kit.CardActions
import app.belay.ui.kit.CardTitle
import app.belay.ui.kit.EmptyState
import app.belay.ui.kit.Loaded
import app.belay.ui.kit.ProblemNote
import app.belay.ui.kit.Quiet
import app.belay.ui.kit.QuietButton
import app.belay.ui.theme.Space
import kotlinx.coroutines.CoroutineScope

/** Goals that were put away or let go. */
class GoalsAwayModel(private val services: Services, scope: CoroutineScope) {
    private val loader = Loader(services, scope, setOf(ChangeArea.GOALS)) { services.core.goalsPutAway() }

    /** The goals. */
    val state: Loadable<List<GoalView>> get() = loader.state

    val act = Doing(scope, services.words)

    /** Tries again to read them. */
    fun reload() = loader.reload()

    /** Opens one. */
    fun open(goal: GoalView) = services.navigator.go(Route.Goal(goal.name))

    /** Takes one up again. */
    fun takeUp(goal: DocName) = act.run {
        services.core.takeUpGoal(goal)
        loader.reload()
    }
}

/** Goals that were put away or let go, with what was learned. */
@Composable
fun GoalsAwayScreen(services: Services, model: GoalsAwayModel) {
    val shell = services.shell
    val words = shell.words
    ScrollingScreen(services, title = words.goalFormAwayTitle) {
        Loaded(words, model.state, model::reload) { goals ->
            Column(verticalArrangement = Arrangement.spacedBy(Space.m)) {
                model.act.problem?.let { ProblemNote(it) }
                if (goals.isEmpty()) EmptyState(words.goalFormAwayNone, more = words.goalFormAwayNoneBody)
                for (goal in goals) Away(shell, model, goal)
            }
        }
    }
}

@Composable
private fun Away(shell: Shell, model: GoalsAwayModel, view: GoalView) {
    val (words, goal) = shell.words to view.goal
    Card {
        CardTitle(goal.title)
        goal.archivedOn?.let { Quiet(endedWords(shell, goal, it)) }
        goal.learned?.let {
            Caption(words.goalFormLearnedTitle)
            Body(it)
        }
        CardActions { QuietButton(words.goalFormTakeUp, { model.takeUp(view.name) }, enabled = !model.act.busy) }
    }
}
