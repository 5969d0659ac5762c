package app.belay.ui.goals

import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.setValue
import app.belay.core.ChangeArea
import app.belay.core.DocName
import app.belay.core.GoalField
import app.belay.core.GoalPageView
import app.belay.core.GoalView
import app.belay.core.NewOutcome
import app.belay.core.OutcomeStatus
import app.belay.core.SpaceId
import app.belay.core.goalFieldsToggled
import app.belay.ui.Loadable
import app.belay.ui.Loader
import app.belay.ui.Problem
import app.belay.ui.Route
import app.belay.ui.Services
import app.belay.ui.attempt
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.launch

/** One goal: why, the last days, who sees what of it. */
class GoalModel(private val services: Services, private val scope: CoroutineScope, val name: DocName) {
    private val core = services.core
    private val loader = Loader(services, scope, setOf(ChangeArea.GOALS, ChangeArea.PARTNERS), ::read)

    /** The goal and what was noted of it, in one call. */
    val state: Loadable<GoalPageView> get() = loader.state

    /** Something that could not be done, while the goal stays. */
    var problem: Problem? by mutableStateOf(null)
        private set

    /** What was just done, in words. */
    var said: String? by mutableStateOf(null)
        private set

    /** The day that is being noted; `null` when none is. */
    var log: DayLog? by mutableStateOf(null)
        private set

    /** The partners it can be shown to are listed. */
    var showsPartners: Boolean by mutableStateOf(false)
        private set

    /** The choice of what a partner sees; `null` when none is made. */
    var choice: AudienceChoice? by mutableStateOf(null)
        private set

    /** Its pauses and its end. */
    val care = GoalCare(services, scope, name) { words ->
        said = words
        loader.reload()
    }

    /** Tries again to read the goal. */
    fun reload() = loader.reload()

    /** Begins to note what came of it on a day. */
    fun note(day: String) {
        val page = loader.loaded ?: return
        said = null
        val first = page.days.firstOrNull()?.on
        if (first == null || day >= first) {
            log = DayLog(services, scope, page, day)
            return
        }
        // So long ago that the page does not hold it.
        scope.launch {
            problem = attempt(services.words) { log = DayLog(services, scope, core.goalPage(name, day, day), day) }
        }
    }

    private suspend fun read(): GoalPageView = core.goalPage(name).also { services.shell.presentDay.learn(it.today) }

    /** Turns back from noting. */
    fun closeLog() {
        log = null
    }

    /** Writes what was chosen for the day. */
    fun saveLog() {
        log?.save(::logged)
    }

    /** Takes back what was noted for the day. */
    fun takeBackLog() {
        log?.takeBack(::logged)
    }

    /** Says it anew. */
    fun edit() = services.navigator.go(Route.GoalEdit(name))

    /** Notes that a step was reached today, or is open again. */
    fun reach(step: String, reached: Boolean) = replace { core.reachStep(name, step, null, reached) }

    /** It happened: days count from today. */
    fun beginAgain() = replace {
        core.logOutcome(NewOutcome(goal = name, on = null, status = OutcomeStatus.NOT_DONE))
        core.goal(name)
    }

    /** Takes it up again. */
    fun takeUp() = replace { core.takeUpGoal(name) }

    private fun replace(command: suspend () -> GoalView) {
        scope.launch {
            problem = attempt(services.words) {
                val goal = command()
                loader.loaded?.let { loader.set(it.copy(goal = goal)) }
                loader.reload()
            }
        }
    }

    private fun logged(words: String) {
        log = null
        said = words
        loader.reload()
    }

    /** Lists whom it can be shown to. */
    fun showPartners() {
        showsPartners = true
    }

    /** Begins to choose what a partner sees. */
    fun chooseFor(space: SpaceId, partner: String) {
        val page = loader.loaded ?: return
        val seen = page.goal.sharedWith.firstOrNull { it.space == space }?.let(::goalFields).orEmpty()
        choice = AudienceChoice(space, partner, seen.toSet())
    }

    /** Adds or takes away a field of the choice. */
    fun toggle(field: GoalField) {
        choice = choice?.toggled(field)
    }

    /** Turns back from choosing. */
    fun closeChoice() {
        choice = null
    }

    /** Writes the choice. */
    fun saveChoice() {
        val made = choice ?: return
        val page = loader.loaded ?: return
        scope.launch {
            problem = attempt(services.words) {
                loader.set(page.copy(goal = core.shareGoal(name, made.space, made.fields.sorted())))
                choice = null
            }
        }
    }
}

/** What a partner is to see of a goal. */
data class AudienceChoice(val space: SpaceId, val partner: String, val fields: Set<GoalField>) {
    /** After one touch of a field, as the core decides. */
    fun toggled(field: GoalField): AudienceChoice = copy(fields = goalFieldsToggled(fields.sorted(), field).toSet())
}
