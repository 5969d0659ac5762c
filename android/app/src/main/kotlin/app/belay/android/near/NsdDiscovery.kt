package app.belay.android.near

import android.content.Context
import android.net.nsd.NsdManager
import android.net.nsd.NsdServiceInfo
import android.os.Build
import app.belay.core.Discovery
import app.belay.core.HostException
import app.belay.core.NearbyPeer
import app.belay.core.NearbyService

/** The kind of service that devices with Belay show each other. */
internal const val SERVICE_TYPE = "_belay._tcp"

/**
 * Shows this device on the network and finds others, by the system's own service discovery: nothing is sent that
 * the system does not send. It is called on threads of the core's, and answered on threads of the system's.
 */
class NsdDiscovery(private val nsd: NsdManager, private val multicast: Multicast) : Discovery {
    private var shown: Registration? = null
    private var looking: Search? = null
    private val ownNames = mutableSetOf<String>()

    @Synchronized
    override fun advertise(service: NearbyService) = telling {
        multicast.letThrough()
        ownNames += service.name
        shown?.end()
        shown = Registration(nsd, service) { renamed -> addOwn(renamed) }.also(Registration::begin)
        look()
    }

    @Synchronized
    override fun peers(): List<NearbyPeer> {
        if (looking?.isOver == true) telling(::look)
        return looking?.found.orEmpty().filter { it.name !in ownNames }
    }

    @Synchronized
    override fun stop() {
        shown?.end()
        shown = null
        looking?.end()
        looking = null
        ownNames.clear()
        multicast.filter()
    }

    private fun look() {
        if (looking?.isOver == false) return
        looking = Search(nsd, resolver()).also(Search::begin)
    }

    private fun resolver(): Resolver =
        if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.UPSIDE_DOWN_CAKE) FollowingResolver(nsd) else OneByOne(nsd)

    /** The system may have chosen another name where two were the same. */
    @Synchronized
    private fun addOwn(name: String) {
        ownNames += name
    }

    private fun telling(work: () -> Unit) = try {
        work()
    } catch (_: IllegalArgumentException) {
        throw HostException.Broken()
    } catch (_: SecurityException) {
        throw HostException.Locked()
    }

    companion object {
        /** By the means of this phone; null where it has none. */
        fun of(context: Context): NsdDiscovery? {
            val nsd = context.getSystemService(NsdManager::class.java) ?: return null
            return NsdDiscovery(nsd, Multicast.of(context))
        }
    }
}

/** What is shown of this device, from [begin] to [end]. */
private class Registration(
    private val nsd: NsdManager,
    private val service: NearbyService,
    private val named: (String) -> Unit
) : NsdManager.RegistrationListener {
    @Volatile
    private var isThere = false

    fun begin() {
        val info = NsdServiceInfo().apply {
            serviceName = service.name
            serviceType = SERVICE_TYPE
            port = service.port.toInt()
            service.text.forEach(::setAttribute)
        }
        nsd.registerService(info, NsdManager.PROTOCOL_DNS_SD, this)
        isThere = true
    }

    fun end() {
        if (!isThere) return
        isThere = false
        nsd.unregisterService(this)
    }

    override fun onServiceRegistered(info: NsdServiceInfo) = named(info.serviceName)

    override fun onRegistrationFailed(info: NsdServiceInfo, code: Int) {
        // The next sign is shown in a quarter of an hour; until then this device calls, and is not called.
        isThere = false
    }

    override fun onServiceUnregistered(info: NsdServiceInfo) = Unit

    override fun onUnregistrationFailed(info: NsdServiceInfo, code: Int) = Unit
}
