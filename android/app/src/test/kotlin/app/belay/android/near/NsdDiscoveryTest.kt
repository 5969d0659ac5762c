package app.belay.android.near

import android.app.Application
import android.net.nsd.NsdManager
import android.net.nsd.NsdServiceInfo
import app.belay.core.NearbyPeer
import app.belay.core.NearbyService
import java.net.Inet6Address
import java.net.InetAddress
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertNotNull
import org.junit.Assert.assertNull
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.RuntimeEnvironment
import org.robolectric.Shadows.shadowOf

private const val TYPE = "_belay._tcp"

/** The system's service discovery stands in for a network here: what it would tell, the tests tell. */
@RunWith(RobolectricTestRunner::class)
class NsdDiscoveryTest {
    private val app: Application = RuntimeEnvironment.getApplication()
    private val nsd = checkNotNull(app.getSystemService(NsdManager::class.java))
    private val air = Air()
    private val discovery = NsdDiscovery(nsd, air)

    private val listeners get() = shadowOf(nsd).getDiscoveryListeners(TYPE).orEmpty()
    private val listener get() = listeners.single()

    @Test
    fun `what is shown is what the core said and nothing of the phone`() {
        discovery.advertise(NearbyService("k7qz", 40_123u, mapOf("t" to "tags-of-now", "t2" to "more")))

        val shown = registered("k7qz")
        assertEquals(40_123, shown.port)
        assertEquals(setOf("t", "t2"), shown.attributes.keys)
        assertEquals("tags-of-now", shown.attributes.getValue("t").decodeToString())
        assertEquals("more", shown.attributes.getValue("t2").decodeToString())
    }

    @Test
    fun `a new sign takes the place of the one before and the search goes on`() {
        discovery.advertise(NearbyService("first", 40_123u, mapOf("t" to "one")))
        val searching = listener
        discovery.advertise(NearbyService("second", 40_123u, mapOf("t" to "two")))

        assertNull(shadowOf(nsd).getRegistrationListener(info("first")))
        assertNotNull(registered("second"))
        assertEquals(searching, listener)
    }

    @Test
    fun `somebody who was found is told with numeric addresses the plain ones first`() {
        discovery.advertise(NearbyService("own", 40_123u, mapOf("t" to "mine")))
        listener.onServiceFound(info("theirs"))
        resolve("theirs", listOf("fe80::2", "192.168.1.7"))

        assertEquals(listOf(NearbyPeer("theirs", listOf("192.168.1.7:5000"), mapOf("t" to "yours"))), discovery.peers())

        listener.onServiceLost(info("theirs"))
        assertTrue(discovery.peers().isEmpty())
    }

    @Test
    fun `an address of one link names the link`() {
        val bytes = InetAddress.getByName("fe80::2").address
        assertEquals("[fe80:0:0:0:0:0:0:2%3]:5000", Inet6Address.getByAddress(null, bytes, 3).withPort(5_000))
        assertNull(InetAddress.getByName("fe80::2").withPort(5_000))
        assertEquals("[fd00:0:0:0:0:0:0:7]:5000", InetAddress.getByName("fd00::7").withPort(5_000))
    }

    @Test
    fun `a device never takes itself for another not even under the name the system gave it`() {
        discovery.advertise(NearbyService("own", 40_123u, mapOf("t" to "mine")))
        checkNotNull(shadowOf(nsd).getRegistrationListener(info("own"))).onServiceRegistered(info("own (2)"))
        for (name in listOf("own", "own (2)")) {
            listener.onServiceFound(info(name))
            resolve(name, listOf("192.168.1.2"))
        }

        assertTrue(discovery.peers().isEmpty())
    }

    @Test
    fun `something else under the same kind is nobody`() {
        discovery.advertise(NearbyService("own", 40_123u, mapOf("t" to "mine")))
        listener.onServiceFound(info("printer"))
        callbacks("printer").onServiceUpdated(info("printer").apply { hostAddresses = listOf(loopback) })

        assertTrue(discovery.peers().isEmpty())
    }

    @Test
    fun `multicast is let through only while somebody is looked for`() {
        assertFalse(air.isOpen)
        discovery.advertise(NearbyService("own", 40_123u, mapOf("t" to "mine")))
        assertTrue(air.isOpen)

        discovery.stop()
        discovery.stop()

        assertFalse(air.isOpen)
        assertTrue(listeners.isEmpty())
        assertNull(shadowOf(nsd).getRegistrationListener(info("own")))
        assertTrue(discovery.peers().isEmpty())
    }

    @Test
    fun `a search that the system ended is begun again at the next look`() {
        discovery.advertise(NearbyService("own", 40_123u, mapOf("t" to "mine")))
        val first = listener
        first.onStartDiscoveryFailed(TYPE, NsdManager.FAILURE_INTERNAL_ERROR)
        discovery.peers()

        assertTrue(listeners.any { it !== first })
    }

    @Test
    fun `older phones are asked about one service at a time and one without an answer holds up nobody`() {
        val found = mutableListOf<String>()
        val resolver = OneByOne(nsd)
        for (name in listOf("a", "b", "c")) resolver.follow(info(name)) { found += it.serviceName }

        assertTrue(questions("b").isEmpty())
        questions("a").single()
            .onResolveFailed(info("a"), NsdManager.FAILURE_INTERNAL_ERROR)
        resolver.forget("c")
        questions("b").single().onServiceResolved(info("b"))

        assertEquals(listOf("b"), found)
        assertTrue(questions("c").isEmpty())
    }

    private class Air : Multicast {
        var isOpen = false

        override fun letThrough() {
            isOpen = true
        }

        override fun filter() {
            isOpen = false
        }
    }

    private val loopback: InetAddress get() = InetAddress.getLoopbackAddress()

    private fun info(name: String) = NsdServiceInfo().apply {
        serviceName = name
        serviceType = TYPE
    }

    private fun registered(name: String): NsdServiceInfo {
        val shadow = shadowOf(nsd)
        return checkNotNull(shadow.getRegisteredServiceInfo(checkNotNull(shadow.getRegistrationListener(info(name)))))
    }

    private fun questions(name: String) = shadowOf(nsd).getResolveListeners(info(name)).orEmpty()

    private fun callbacks(name: String) = shadowOf(nsd).getServiceInfoCallbacks(info(name)).orEmpty().single()

    private fun resolve(name: String, addresses: List<String>) = callbacks(name).onServiceUpdated(
        info(name).apply {
            port = 5_000
            hostAddresses = addresses.map(InetAddress::getByName)
            setAttribute("t", "yours")
        }
    )
}
