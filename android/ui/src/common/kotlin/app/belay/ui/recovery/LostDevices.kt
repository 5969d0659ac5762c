package app.belay.ui.recovery

import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateListOf
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.setValue
import app.belay.core.BelayCoreInterface
import app.belay.core.DeviceId
import app.belay.core.OwnDeviceRowView
import app.belay.ui.Doing
import app.belay.ui.Loadable
import app.belay.ui.Shell
import app.belay.ui.attempt
import app.belay.ui.syncOrLook
import app.belay.ui.value
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.launch

/**
 * The other devices of somebody who came back, and taking out those that are gone, with the [words] as the
 * authority. The words are forgotten with the page.
 */
class LostDevices(
    private val core: BelayCoreInterface,
    private val shell: Shell,
    private val scope: CoroutineScope,
    private var words: String
) {
    /** The devices that were left behind. */
    var others: Loadable<List<OwnDeviceRowView>> by mutableStateOf(Loadable.Loading)
        private set

    /** Those the person says are gone. */
    val chosen = mutableStateListOf<DeviceId>()

    /** Names of those that were taken out. */
    val removed = mutableStateListOf<String>()

    val act = Doing(scope, shell.words)

    init {
        look()
    }

    /** Reads them, again after a problem. */
    fun look() {
        others = Loadable.Loading
        scope.launch {
            val problem = attempt(shell.words) { show(core.devicesPage().devices) }
            problem?.let { others = Loadable.Failed(it) }
        }
    }

    /** Says that one is gone, or not. */
    fun toggle(device: DeviceId) {
        if (!chosen.remove(device)) chosen += device
    }

    /** Takes them out at once, also without a network: whom nobody can tell now, the next connection tells. */
    fun remove() = act.run {
        val gone = others.value.orEmpty().filter { it.device.device in chosen }
        // What they wrote until now counts if it is here before they are taken out.
        attempt(shell.words) { core.syncOrLook() }
        val page = core.revokeWithWords(gone.map { it.device.device }, words)
        removed += gone.map { it.device.name ?: shell.words.settingsDeviceNameless }
        chosen.clear()
        show(page.devices)
        attempt(shell.words) { core.syncOrLook() }
    }

    /** Forgets the words. */
    fun forget() {
        words = ""
    }

    private fun show(devices: List<OwnDeviceRowView>) {
        others = Loadable.Ready(devices.filterNot { it.device.thisDevice })
    }
}
