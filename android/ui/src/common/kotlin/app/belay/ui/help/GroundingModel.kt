package app.belay.ui.help

import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableIntStateOf
import androidx.compose.runtime.setValue
import app.belay.core.GroundingView
import app.belay.core.groundingSteps
import app.belay.ui.Shell

/** A few short steps, one at a time. */
class GroundingModel(
    /** The steps in the person's language. */
    val steps: GroundingView
) {
    /** The steps come with the program and need no store. */
    constructor(shell: Shell) : this(groundingSteps(shell.words.languageTag))

    /** The step that is shown, from 0. */
    var at: Int by mutableIntStateOf(0)
        private set

    /** The last step is shown. */
    val isLast: Boolean get() = at == steps.steps.lastIndex

    /** Shows the next step; after the last the first. */
    fun next() {
        at = if (isLast) 0 else at + 1
    }

    /** Shows the step before. */
    fun back() {
        if (at > 0) at -= 1
    }
}
