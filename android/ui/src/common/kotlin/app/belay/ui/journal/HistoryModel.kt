package app.belay.ui.journal

import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.setValue
import app.belay.core.ChangeArea
import app.belay.core.DocName
import app.belay.core.EntryHistoryView
import app.belay.core.EntryStateLineView
import app.belay.core.EntryStateView
import app.belay.ui.Doing
import app.belay.ui.Loadable
import app.belay.ui.Loader
import app.belay.ui.Services
import app.belay.ui.attempt
import app.belay.ui.value
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Job
import kotlinx.coroutines.launch

/** How many states are read at first, and more each time somebody asks. */
private const val STATES = 100u

/** What an entry said before: one state at a time, and the way back to it. */
class HistoryModel(private val services: Services, private val scope: CoroutineScope, val name: DocName) {
    private val core = services.core
    private var limit = STATES
    private var looking: Job? = null

    /** All states, the newest first. */
    val state: Loadable<EntryHistoryView> get() = loader.state

    /** Which of them is shown; 0 is the present one. */
    var at: Int by mutableStateOf(0)
        private set

    /** The state that is shown, whole. */
    var shown: Loadable<EntryStateView> by mutableStateOf(Loadable.Loading)
        private set

    /** The way back was asked for and waits for a yes. */
    var asking: Boolean by mutableStateOf(false)
        private set

    /** The entry was just brought back to an earlier state. */
    var restored: Boolean by mutableStateOf(false)
        private set

    val act = Doing(scope, services.words)

    // Below all that an answer sets: it may be there before this line is done.
    private val loader = Loader(services, scope, setOf(ChangeArea.JOURNAL)) {
        core.entryHistory(name, limit).also(::arrived)
    }

    /** Tries again to read them. */
    fun reload() = loader.reload()

    private fun arrived(history: EntryHistoryView) {
        val before = shown.value?.line?.state
        at = history.states.indexOfFirst { it.state == before }.coerceAtLeast(0)
        history.states.getOrNull(at)?.let(::look)
    }

    /** Shows the state at a place; 0 is the present one. */
    fun go(place: Int) {
        val states = state.value?.states ?: return
        val wanted = place.coerceIn(states.indices)
        if (wanted == at) return
        at = wanted
        restored = false
        look(states[wanted])
    }

    /** Shows the same once more, as after a problem. */
    fun lookAgain() {
        state.value?.states?.getOrNull(at)?.let(::look)
    }

    private fun look(line: EntryStateLineView) {
        looking?.cancel()
        looking = scope.launch {
            val problem = attempt(services.words) { shown = Loadable.Ready(core.entryState(name, line.state)) }
            problem?.let { shown = Loadable.Failed(it) }
        }
    }

    /** Reads states from before these. */
    fun more() {
        limit += STATES
        reload()
    }

    /** Asks before the entry says this again. */
    fun ask(wanted: Boolean) {
        act.problem = null
        asking = wanted
    }

    /** Lets the entry say this again; what it says now stays among the states. */
    fun restore() {
        val wanted = shown.value?.line?.state ?: return
        act.run {
            core.restoreEntryState(name, wanted)
            asking = false
            restored = true
            shown = Loadable.Loading
            loader.reload()
        }
    }
}
