package app.belay.ui.testkit

import app.belay.core.Discovery
import app.belay.core.NearbyPeer
import app.belay.core.NearbyService
import java.util.concurrent.ConcurrentHashMap

/** A room in which devices see each other without any network: whoever is shown here can be called on the loopback. */
class Room {
    private val shown = ConcurrentHashMap<Discovery, NearbyService>()

    /** What a device looks around with. */
    fun eyes(): Discovery = object : Discovery {
        override fun advertise(service: NearbyService) {
            shown[this] = service
        }

        override fun peers(): List<NearbyPeer> = shown.filterKeys { it !== this }.values.map {
            NearbyPeer(it.name, listOf("127.0.0.1:${it.port}"), it.text)
        }

        override fun stop() {
            shown.remove(this)
        }
    }

    /** How many show themselves now. */
    val count: Int get() = shown.size
}
