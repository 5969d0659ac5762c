package app.belay.ui

import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.setValue
import app.belay.core.ChangeArea
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Job
import kotlinx.coroutines.launch

/**
 * Keeps [state] in step with the core: loads at once, and again whenever one of [areas] is stale. One call of
 * the core a load. What is shown stays while it loads again; a load that could not be done replaces nothing
 * that is shown, and stands in [problem].
 */
class Loader<T>(
    private val services: Services,
    private val scope: CoroutineScope,
    private val areas: Set<ChangeArea>,
    private val load: suspend () -> T
) {
    /** What the screen shows. */
    var state: Loadable<T> by mutableStateOf(Loadable.Loading)
        private set

    /** Why the last load could not be done, while something older is shown. */
    var problem: Problem? by mutableStateOf(null)
        private set

    /** What is here, if anything is. */
    val loaded: T? get() = state.value

    private var running: Job? = null
    private var again = false

    init {
        scope.launch { services.changes.stale(areas).collect { reload() } }
    }

    /** Loads again; requests that come while one runs are one. */
    fun reload() {
        if (running?.isActive == true) {
            again = true
            return
        }
        running = scope.launch {
            do {
                again = false
                once()
            } while (again)
        }
    }

    /** Puts a value there that a write has just returned. */
    fun set(value: T) {
        state = Loadable.Ready(value)
        problem = null
    }

    @Suppress("TooGenericExceptionCaught") // whatever went wrong must reach the person, and end no scope
    private suspend fun once() {
        try {
            set(load())
        } catch (stopped: CancellationException) {
            throw stopped
        } catch (error: Exception) {
            val found = problemOf(error, services.words)
            if (state is Loadable.Ready) problem = found else state = Loadable.Failed(found)
        }
    }
}
