package app.belay.ui.settings

import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.setValue
import app.belay.core.DevicesPageView
import app.belay.core.OwnDeviceView
import app.belay.core.RemovedDeviceView
import app.belay.ui.Doing
import app.belay.ui.Loader
import app.belay.ui.Services
import kotlinx.coroutines.CoroutineScope

/** Naming own devices, removing one, and letting in what a removed one still wrote. */
class DeviceCare(private val services: Services, scope: CoroutineScope, private val devices: Loader<DevicesPageView>) {
    /** The device that gets another name; null when none does. */
    var naming: OwnDeviceView? by mutableStateOf(null)
        private set

    /** The name as typed. */
    var name: String by mutableStateOf("")

    /** The device that is about to be removed, until the person says yes or no. */
    var removing: OwnDeviceView? by mutableStateOf(null)
        private set

    /** How many things came in of what waited; null before. */
    var tookIn: Int? by mutableStateOf(null)
        private set

    val act = Doing(scope, services.words)

    /** Opens the field for another name. */
    fun rename(device: OwnDeviceView) {
        naming = device
        name = device.name.orEmpty()
        act.problem = null
    }

    /** Calls it so, on all devices. A name that cannot be taken stays in the field. */
    fun saveName() {
        val device = naming ?: return
        act.run {
            services.core.renameOwnDevice(device.device, name.trim())
            naming = null
            devices.reload()
        }
    }

    /** Asks whether a device is to be removed. */
    fun remove(device: OwnDeviceView) {
        removing = device
        act.problem = null
    }

    /** Removes it, at once. */
    fun removeNow() {
        val device = removing ?: return
        act.run {
            services.core.revokeOwnDevice(device.device)
            removing = null
            devices.reload()
        }
    }

    /** Turns back from whatever was asked. */
    fun close() {
        naming = null
        removing = null
        act.problem = null
    }

    /** Lets in what a removed device wrote and nobody had yet. */
    fun takeIn(removed: RemovedDeviceView) = act.run {
        tookIn = services.core.takeInFromRemovedDevice(removed.device).toInt()
        devices.reload()
    }
}
