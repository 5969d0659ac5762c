package app.belay.ui

import androidx.compose.runtime.Composable
import androidx.compose.runtime.DisposableEffect
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateListOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.rememberUpdatedState
import androidx.compose.runtime.staticCompositionLocalOf

/**
 * What the system's own way back does on the screen that is shown: the step that was added last. A shell whose
 * system has one hands this in and asks; where there is none, nobody asks.
 */
class BackSteps {
    private val steps = mutableStateListOf<() -> Unit>()

    /** Whether there is a step to take here, before the app is left. */
    val any: Boolean get() = steps.isNotEmpty()

    /** Takes the innermost step. */
    fun back() {
        steps.lastOrNull()?.invoke()
    }

    internal fun add(step: () -> Unit) {
        steps += step
    }

    internal fun remove(step: () -> Unit) {
        steps -= step
    }
}

/** The steps of the window. */
val LocalBackSteps = staticCompositionLocalOf { BackSteps() }

/** Lets the system's way back do [step] as long as this is shown and [enabled]: close a sheet, leave a page. */
@Composable
fun OnBack(enabled: Boolean = true, step: () -> Unit) {
    val steps = LocalBackSteps.current
    val latest by rememberUpdatedState(step)
    val taken = remember<() -> Unit> { { latest() } }
    DisposableEffect(steps, enabled) {
        if (enabled) steps.add(taken)
        onDispose { steps.remove(taken) }
    }
}
