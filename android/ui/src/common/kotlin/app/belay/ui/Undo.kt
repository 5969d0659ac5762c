package app.belay.ui

import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.setValue
import app.belay.design.Tokens
import app.belay.words.Words
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Job
import kotlinx.coroutines.delay
import kotlinx.coroutines.launch

/** What was just done; [undo] takes it back, null where there is nothing to take back. */
class UndoOffer(val text: String, val undo: (suspend () -> Unit)?)

/** Says what was just done, and holds the way back for eight seconds of the clock of [scope]. */
class Undo(private val scope: CoroutineScope, private val words: Words) {
    /** What is said now. */
    var offer: UndoOffer? by mutableStateOf(null)
        private set

    private var ending: Job? = null

    /** Says [text] and offers to take it back; an older offer ends. */
    fun offer(text: String, undo: (suspend () -> Unit)? = null) {
        ending?.cancel()
        offer = UndoOffer(text, undo)
        ending = scope.launch {
            delay(Tokens.undoMs.toLong())
            offer = null
        }
    }

    /** Takes it back; what cannot be taken back is said in its place. */
    fun take() {
        val undo = offer?.undo ?: return
        dismiss()
        scope.launch { orSay { undo() } }
    }

    /** Ends the offer without doing anything. */
    fun dismiss() {
        ending?.cancel()
        offer = null
    }

    @Suppress("TooGenericExceptionCaught") // whatever it was must reach the person
    private suspend fun orSay(action: suspend () -> Unit) {
        try {
            action()
        } catch (stopped: CancellationException) {
            throw stopped
        } catch (error: Exception) {
            val problem = problemOf(error, words)
            offer("${problem.title} ${problem.advice}")
        }
    }
}
