package app.belay.ui.help

import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.rememberCoroutineScope
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import app.belay.ui.OnBack
import app.belay.ui.Shell

/**
 * Help now while the store of the folder [dir] is locked, cannot be opened, or was never made: the page and its
 * grounding steps, without a core. [onBack] leads to where the person came from.
 */
@Composable
fun LockedHelpApp(shell: Shell, dir: String, onBack: () -> Unit) {
    var grounding by rememberSaveable { mutableStateOf(false) }
    val scope = rememberCoroutineScope()
    val help = remember(dir) {
        val source = LockedHelp(dir) { shell.formats.dayOf(shell.clock.nowMs()) }
        HelpModel(shell, source, scope, ground = { grounding = true })
    }
    OnBack(grounding) { grounding = false }
    if (grounding) {
        val steps = remember { GroundingModel(shell) }
        GroundingScreen(shell, steps, onBack = { grounding = false })
    } else {
        HelpScreen(shell, help, onBack)
    }
}
