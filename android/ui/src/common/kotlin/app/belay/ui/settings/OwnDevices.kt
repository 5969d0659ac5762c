package app.belay.ui.settings

import app.belay.core.ArrivalView
import app.belay.core.BelayCoreInterface
import app.belay.core.DeviceId
import app.belay.core.DeviceStandingView
import app.belay.core.OwnDeviceView
import app.belay.core.RemovedDeviceView

/** The person's devices as the page shows them: those there are, those that were removed, and how this one stands. */
data class OwnDevices(
    val devices: List<OwnDeviceView>,
    val removed: List<RemovedDeviceView>,
    val standing: DeviceStandingView,
    /** How much has come to this device; null before it was admitted. */
    val arrival: ArrivalView?,
    /** Devices of which a copy has written, too. */
    val twice: Set<DeviceId>
) {
    /** Another device removed this one. */
    val isRemoved: Boolean get() = standing is DeviceStandingView.Removed

    /** Not everything that is known of has come. */
    val isArriving: Boolean get() = arrival != null && arrival.items < arrival.ofItems

    companion object {
        /** Reads all of it. */
        suspend fun read(core: BelayCoreInterface): OwnDevices = OwnDevices(
            core.ownDevices(),
            core.removedDevices(),
            core.deviceStanding(),
            core.arrival(),
            twiceIn(core)
        )

        private suspend fun twiceIn(core: BelayCoreInterface): Set<DeviceId> =
            core.status().spaces.filter { it.partner == null }.flatMap { own ->
                own.peers.flatMap { it.devices }
                    .filter { it.twice || (it.thisDevice && own.ownDeviceTwice) }
                    .map { it.device }
            }.toSet()
    }
}
