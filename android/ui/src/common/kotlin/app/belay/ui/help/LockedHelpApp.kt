package app.belay.ui.help

import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.rememberCoroutineScope
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import app.belay.core.BelayCoreInterface
import app.belay.ui.OnBack
import app.belay.ui.Shell

/**
 * Help now above everything else: the page and its grounding steps. It is the page of [open], a store that is open
 * and not locked; without one - locked, not to be opened, never made - what the folder [dir] may show. [onBack]
 * leads to where the person came from.
 */
@Composable
fun LockedHelpApp(shell: Shell, dir: String, open: BelayCoreInterface? = null, onBack: () -> Unit) {
    var grounding by rememberSaveable { mutableStateOf(false) }
    val scope = rememberCoroutineScope()
    val help = remember(dir, open) {
        val today = { shell.formats.dayOf(shell.clock.nowMs()) }
        val source = open?.let { OpenHelp(it, today) } ?: LockedHelp(dir, today)
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
