package app.belay.ui.settings

import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.setValue
import app.belay.core.AskingDeviceView
import app.belay.core.BelayException
import app.belay.core.ChangeArea
import app.belay.core.DevicesPageView
import app.belay.core.InvitationView
import app.belay.ui.Doing
import app.belay.ui.Loader
import app.belay.ui.Services
import kotlinx.coroutines.CoroutineScope

/** The person's devices, and adding one: a code, four words, a name. Nothing is written before the words. */
class DevicesModel(val services: Services, scope: CoroutineScope) {
    val devices: Loader<DevicesPageView> = Loader(services, scope, setOf(ChangeArea.DEVICES)) {
        services.core.devicesPage()
    }

    /** Names, and removing one. */
    val care = DeviceCare(services, scope, devices)

    /** Handing over to a device that comes back in this room. */
    val handing = HandingOver(services, scope)

    /** The code that is shown; null before and after. */
    var shown: InvitationView? by mutableStateOf(null)
        private set

    /** A device that answered. */
    var asking: AskingDeviceView? by mutableStateOf(null)
        private set

    /** It was another device, and got nothing. */
    var turnedAway: Boolean by mutableStateOf(false)
        private set

    /** The name for it. */
    var name: String by mutableStateOf("")

    val act = Doing(scope, services.words)

    /** The device that is being added, or was, is one in this room, without a relay. */
    var inRoom: Boolean by mutableStateOf(false)
        private set

    /** A device was added. */
    var added: Boolean by mutableStateOf(false)
        private set

    /** Shows a code and waits for the other device; [near] without a relay, on the Wi-Fi both are in. */
    fun add(near: Boolean = false) = act.run {
        turnedAway = false
        added = false
        inRoom = near
        val code = if (near) services.core.inviteOwnDeviceNear() else services.core.inviteOwnDevice()
        shown = code
        try {
            asking = services.core.awaitOwnDevice(code.id)
        } finally {
            // Nobody waits behind it any more, however that ended.
            if (shown === code) shown = null
        }
    }

    /** Waits no longer. */
    fun stop() {
        act.stop()
        shown = null
    }

    /** The words were the same. */
    fun admit() = act.run(caught = ::letsGo) {
        val device = asking ?: return@run
        services.core.admitAskingDevice(device.id, name.trim())
        asking = null
        added = true
        name = ""
        devices.reload()
    }

    /** They differed. */
    fun turnAway() = act.run(caught = ::letsGo) {
        val device = asking ?: return@run
        services.core.turnDeviceAway(device.id)
        asking = null
        turnedAway = true
    }

    /** Only a name that cannot be taken leaves the device waiting; after anything else it has to ask anew. */
    private fun letsGo(error: Exception): Boolean {
        if (error !is BelayException.InvalidInput) asking = null
        return false
    }
}
