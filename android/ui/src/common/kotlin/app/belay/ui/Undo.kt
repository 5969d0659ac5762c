package app.belay.ui

import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.setValue
import app.belay.design.Tokens
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Job
import kotlinx.coroutines.delay
import kotlinx.coroutines.launch

/** What was just done, and how to take it back. */
class UndoOffer(val text: String, val undo: suspend () -> Unit)

/** Holds the newest [UndoOffer] for eight seconds of the clock of [scope]. */
class Undo(private val scope: CoroutineScope) {
    /** What can be taken back now. */
    var offer: UndoOffer? by mutableStateOf(null)
        private set

    private var ending: Job? = null

    /** Offers to take back what was just done; an older offer ends. */
    fun offer(text: String, undo: suspend () -> Unit) {
        ending?.cancel()
        offer = UndoOffer(text, undo)
        ending = scope.launch {
            delay(Tokens.undoMs.toLong())
            offer = null
        }
    }

    /** Takes it back. */
    fun take() {
        val taken = offer ?: return
        dismiss()
        scope.launch { taken.undo() }
    }

    /** Ends the offer without doing anything. */
    fun dismiss() {
        ending?.cancel()
        offer = null
    }
}
