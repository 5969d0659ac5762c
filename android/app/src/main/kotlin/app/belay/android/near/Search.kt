package app.belay.android.near

import android.net.nsd.NsdManager
import android.net.nsd.NsdServiceInfo
import android.os.Build
import app.belay.core.NearbyPeer
import java.net.Inet6Address
import java.net.InetAddress
import java.util.concurrent.ConcurrentHashMap

/** Kept in mind at a time: anybody on a network may show any number of services. */
private const val MOST = 64

/** Looks for services of the kind and keeps what [resolver] found out about each. */
internal class Search(private val nsd: NsdManager, private val resolver: Resolver) : NsdManager.DiscoveryListener {
    private val seen = ConcurrentHashMap<String, NearbyPeer>()

    /** The system looks no more: another search has to be begun. */
    @Volatile
    var isOver: Boolean = false
        private set

    /** Who can be seen and called now. */
    val found: List<NearbyPeer> get() = seen.values.toList()

    fun begin() = nsd.discoverServices(SERVICE_TYPE, NsdManager.PROTOCOL_DNS_SD, this)

    fun end() {
        val looked = !isOver
        isOver = true
        resolver.end()
        seen.clear()
        if (looked) nsd.stopServiceDiscovery(this)
    }

    override fun onServiceFound(info: NsdServiceInfo) {
        if (isOver || (seen.size >= MOST && !seen.containsKey(info.serviceName))) return
        resolver.follow(info) { resolved ->
            val peer = resolved.peer(info.serviceName)
            if (!isOver && peer != null) seen[peer.name] = peer
        }
    }

    override fun onServiceLost(info: NsdServiceInfo) {
        resolver.forget(info.serviceName)
        seen -= info.serviceName
    }

    override fun onStartDiscoveryFailed(type: String, code: Int) = ended()

    override fun onStopDiscoveryFailed(type: String, code: Int) = ended()

    override fun onDiscoveryStopped(type: String) = ended()

    override fun onDiscoveryStarted(type: String) = Unit

    private fun ended() {
        isOver = true
        resolver.end()
        seen.clear()
    }
}

/** The service as the core reads it; null where it says nothing that could be one of Belay's, or nowhere to call. */
internal fun NsdServiceInfo.peer(name: String): NearbyPeer? {
    val text = attributes.mapValues { (_, value) -> value?.decodeToString().orEmpty() }
    val addresses = hosts().sortedBy { it is Inet6Address }.mapNotNull { it.withPort(port) }
    return NearbyPeer(name, addresses, text).takeIf { addresses.isNotEmpty() && text.isNotEmpty() }
}

private fun NsdServiceInfo.hosts(): List<InetAddress> =
    if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.UPSIDE_DOWN_CAKE) {
        hostAddresses
    } else {
        @Suppress("DEPRECATION") // the only way before Android 14
        listOfNotNull(host)
    }

/** `192.168.1.7:40123`, `[fe80::1%3]:40123`: an address of one link means nothing without the link's number. */
internal fun InetAddress.withPort(port: Int): String? {
    val host = hostAddress?.substringBefore('%') ?: return null
    if (this !is Inet6Address) return "$host:$port"
    if (isLinkLocalAddress && scopeId == 0) return null
    return if (scopeId == 0) "[$host]:$port" else "[$host%$scopeId]:$port"
}
