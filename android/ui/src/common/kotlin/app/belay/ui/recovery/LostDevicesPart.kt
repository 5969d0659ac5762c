package app.belay.ui.recovery

import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.LiveRegionMode
import androidx.compose.ui.semantics.liveRegion
import androidx.compose.ui.semantics.semantics
import app.belay.core.OwnDeviceRowView
import app.belay.ui.Shell
import app.belay.ui.kit.BelayIcons
import app.belay.ui.kit.Body
import app.belay.ui.kit.Card
import app.belay.ui.kit.Loaded
import app.belay.ui.kit.PrimaryButton
import app.belay.ui.kit.ProblemNote
import app.belay.ui.kit.StateLine
import app.belay.ui.kit.SwitchRow

/** Which of the devices that were left behind is gone, and taking it out. */
@Composable
fun LostDevicesPart(shell: Shell, lost: LostDevices) {
    val words = shell.words
    for (name in lost.removed) {
        StateLine(
            BelayIcons.check,
            words.restoreLostRemoved(name),
            Modifier.semantics { liveRegion = LiveRegionMode.Polite }
        )
    }
    Loaded(words, lost.others, lost::look) { others ->
        if (others.isNotEmpty()) {
            Card {
                Body(words.recoveryRestoredDevices)
                for (other in others) Other(shell, lost, other)
                lost.act.problem?.let { ProblemNote(it) }
                if (lost.chosen.isNotEmpty()) {
                    PrimaryButton(
                        words.restoreLostRemove(lost.chosen.size),
                        lost::remove,
                        enabled = !lost.act.busy,
                        stop = true
                    )
                }
            }
        }
    }
}

@Composable
private fun Other(shell: Shell, lost: LostDevices, row: OwnDeviceRowView) {
    val (words, formats) = shell.words to shell.formats
    val device = row.device
    SwitchRow(
        words.restoreLostIs(device.name ?: words.settingsDeviceNameless),
        device.device in lost.chosen,
        { lost.toggle(device.device) },
        note = device.asOfAtMs?.let { words.settingsDeviceAsOf(formats.ago(it)) },
        enabled = !lost.act.busy
    )
}
