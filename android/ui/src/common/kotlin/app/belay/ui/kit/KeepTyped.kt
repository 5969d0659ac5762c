package app.belay.ui.kit

import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import androidx.compose.runtime.snapshotFlow

/**
 * Keeps what stands in a field with the screen's saved state, where the core has no draft for it: whoever comes
 * back after the process was ended finds the words again. They go with the screen.
 */
@Composable
fun KeepTyped(typed: () -> String, restore: (String) -> Unit) {
    var kept by rememberSaveable { mutableStateOf("") }
    LaunchedEffect(Unit) {
        if (typed().isEmpty() && kept.isNotEmpty()) restore(kept)
        snapshotFlow(typed).collect { kept = it }
    }
}
