package app.belay.ui.goals

import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.setValue
import app.belay.core.DocName
import app.belay.core.Pause
import app.belay.core.PauseReason
import app.belay.ui.Doing
import app.belay.ui.Loadable
import app.belay.ui.Services
import app.belay.ui.attempt
import app.belay.ui.journal.PageKeeper
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.launch

/** What lies over the page because of a pause or an end. */
enum class CareSheet { PAUSES, PUT_AWAY, LET_GO }

/** A pause that is being chosen. */
data class PauseForm(val first: String? = null, val last: String? = null, val reason: PauseReason? = null)

/**
 * Pauses of the goal called [name], or without one of everything; and the goal's end. [changed] hears of what was
 * done, in words where there are some.
 */
class GoalCare(
    private val services: Services,
    private val scope: CoroutineScope,
    private val name: DocName?,
    private val changed: (String?) -> Unit
) {
    private val core = services.core
    private val kept = PageKeeper(services, "learned", name)

    /** What is open. */
    var sheet: CareSheet? by mutableStateOf(null)
        private set

    /** The pauses there are, by their first day. */
    var pauses: Loadable<List<Pause>> by mutableStateOf(Loadable.Loading)
        private set

    /** The pause that is being chosen. */
    var form: PauseForm by mutableStateOf(PauseForm())

    /** What was learned, while it is being said. */
    var learned: String by mutableStateOf("")
        private set

    val act = Doing(scope, services.words)

    /** The goal itself is meant, not everything. */
    val isOne: Boolean get() = name != null

    /** Opens a sheet. */
    fun open(which: CareSheet) {
        act.problem = null
        sheet = which
        if (which != CareSheet.LET_GO || kept.isBegun) return
        scope.launch {
            val before = kept.takeUp()
            if (before != null && learned.isEmpty()) learned = before.body else learned(learned)
        }
    }

    /** Opens the pauses and reads them. */
    fun openPauses() {
        open(CareSheet.PAUSES)
        form = PauseForm()
        load()
    }

    /** Reads the pauses. */
    fun load() {
        scope.launch {
            val problem = attempt(services.words) { pauses = Loadable.Ready(core.pauses(name)) }
            problem?.let { pauses = Loadable.Failed(it) }
        }
    }

    /** Closes whatever is open. */
    fun close() {
        sheet = null
    }

    /** Begins the pause that was chosen. */
    fun begin() = pausing {
        val first = form.first ?: services.shell.presentDay.value
        core.pauseGoals(name, Pause(first, form.last, form.reason)).also { form = PauseForm() }
    }

    /** Takes a pause away. */
    fun takeBack(pause: Pause) = pausing { core.takeBackPause(name, pause) }

    /** Goes on today. */
    fun resume() = pausing { core.resumeGoals(name) }

    private fun pausing(command: suspend () -> List<Pause>) = act.run {
        pauses = Loadable.Ready(command())
        changed(null)
    }

    /** Takes what was learned. */
    fun learned(text: String) {
        learned = text
        kept.keep(text.isNotBlank(), emptyList(), text)
    }

    /** Puts the goal away. */
    fun putAway() = ending { core.archiveGoal(it) }

    /** Lets the goal go, with what was learned. */
    fun letGo() = ending {
        core.letGoOfGoal(it, learned.ifBlank { null })
        kept.drop()
    }

    private fun ending(command: suspend (DocName) -> Unit) {
        val goal = name ?: return
        act.run {
            command(goal)
            sheet = null
            changed(services.words.goalFormPutAwayDone)
        }
    }
}
