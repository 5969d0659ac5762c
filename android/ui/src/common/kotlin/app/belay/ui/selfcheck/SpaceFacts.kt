package app.belay.ui.selfcheck

import app.belay.core.DeviceStatusView
import app.belay.core.PeerStatusView
import app.belay.core.SpaceStatusView
import app.belay.ui.Formats
import app.belay.words.Words

/** Devices, secrets and traffic of a space, in sentences. */
class SpaceFacts(private val words: Words, private val formats: Formats, private val space: SpaceStatusView) {
    /** Everything that is known, one sentence a line. */
    val lines: List<String> get() = devices + secrets + traffic

    /** Devices that exist twice: more than a detail. */
    val warnings: List<String>
        get() = space.peers.flatMap { peer ->
            peer.devices.filter { it.twice }.map { words.peersDeviceTwice(nameOf(it, peer)) }
        }

    private val devices: List<String>
        get() = space.peers.flatMap { peer -> peer.devices.filterNot { it.thisDevice }.flatMap { facts(it, peer) } }

    private val secrets: List<String>
        get() {
            val epochs = space.epochs
            if (epochs.count == 0uL) return emptyList()
            val held = formats.number(epochs.held.toLong())
            return listOfNotNull(
                words.peersSecrets(held = held, all = formats.number(epochs.count.toLong())),
                epochs.sinceAtMs?.let { words.peersSecretSince(formats.ago(it)) },
                words.peersSecretOwed.takeIf { epochs.owed }
            )
        }

    private val traffic: String
        get() = with(space.traffic) {
            words.peersTraffic(sent = formats.size(sentBytes.toLong()), received = formats.size(receivedBytes.toLong()))
        }

    private fun facts(device: DeviceStatusView, peer: PeerStatusView): List<String> {
        val name = nameOf(device, peer)
        if (device.removed) return listOf(words.peersDeviceRemoved(name))
        val heard = device.asOfAtMs
        return listOfNotNull(
            if (heard == null) words.peersDeviceNever(name) else words.peersDeviceAsOf(name, formats.ago(heard)),
            device.notTold.toInt().takeIf { it > 0 }?.let(words::peersNotTold),
            device.metAtMs?.let { words.peersMet(formats.ago(it)) }
        )
    }

    private fun nameOf(device: DeviceStatusView, peer: PeerStatusView): String = when {
        device.thisDevice -> words.settingsDeviceThis
        else -> device.name ?: peer.name?.let(words::peersDeviceOf) ?: words.settingsDeviceNameless
    }
}
