package app.belay.ui

import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.setValue
import app.belay.words.Words
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Job
import kotlinx.coroutines.launch

/** One thing a screen does for a person at a time: a second tap while it runs does nothing. */
class Doing(private val scope: CoroutineScope, private val words: Words) {
    /** It runs. */
    var busy: Boolean by mutableStateOf(false)
        private set

    /** Why the last one could not be done; everything typed is as it was. */
    var problem: Problem? by mutableStateOf(null)

    private var running: Job? = null
    private var turn = 0

    /** Does [action]; its error becomes [problem], unless [caught] takes it: the screen asks something then. */
    @Suppress("TooGenericExceptionCaught") // whatever it was must reach the person
    fun run(caught: (Exception) -> Boolean = { false }, action: suspend () -> Unit) {
        if (busy) return
        busy = true
        problem = null
        val mine = ++turn
        running = scope.launch {
            try {
                action()
            } catch (stopped: CancellationException) {
                throw stopped
            } catch (error: Exception) {
                if (!caught(error)) problem = problemOf(error, words)
            } finally {
                // One that was stopped ends later, maybe while the next one runs.
                if (mine == turn) busy = false
            }
        }
    }

    /** Waits for it no longer. What the core has begun, it ends by itself. */
    fun stop() {
        turn++
        running?.cancel()
        busy = false
    }
}
