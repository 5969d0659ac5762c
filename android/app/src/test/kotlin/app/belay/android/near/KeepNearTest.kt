package app.belay.android.near

import app.belay.core.BelayCoreInterface
import app.belay.core.BelayException
import app.belay.core.Discovery
import app.belay.core.NearbyObserver
import app.belay.core.NearbyPeer
import app.belay.core.NearbyService
import app.belay.core.NoHandle
import app.belay.core.Subscription
import app.belay.ui.near.Nearness
import java.lang.reflect.Proxy
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.flow.MutableSharedFlow
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Test

class KeepNearTest {
    private val networks = MutableSharedFlow<Unit>()
    private val means = Means()
    private val keep = KeepNear(networks) { means }

    @Test
    fun `every network begins it anew and leaving ends it`() = runBlocking {
        val core = Near()
        val near = Nearness(this)
        val here = launch(Dispatchers.Unconfined) { keep.stay(core, near) }
        networks.emit(Unit)
        networks.emit(Unit)
        assertEquals(2, core.begun)
        assertEquals(1, core.ended)

        here.cancelAndJoin()
        assertEquals(2, core.ended)
        assertTrue(core.with.all { it === means })
    }

    @Test
    fun `where nothing can be met the next network is waited for`() = runBlocking {
        val core = Near()
        val near = Nearness(this)
        val here = launch(Dispatchers.Unconfined) { keep.stay(core, near) }
        networks.emit(Unit)
        core.observer?.onStopped(BelayException.Unavailable("no-network"))
        assertEquals("no-network", (near.error as BelayException.Unavailable).reason)

        networks.emit(Unit)
        assertEquals(null, near.error)
        assertEquals(2, core.begun)
        here.cancelAndJoin()
    }

    private class Near : BelayCoreInterface by unanswered() {
        var begun = 0
        var ended = 0
        var observer: NearbyObserver? = null
        val with = mutableListOf<Discovery?>()

        override fun keepNear(observer: NearbyObserver, discovery: Discovery?): Subscription {
            begun++
            with += discovery
            this.observer = observer
            return object : Subscription(NoHandle) {
                override fun cancel() {
                    ended++
                }

                override fun close() = Unit
            }
        }
    }

    private class Means : Discovery {
        override fun advertise(service: NearbyService) = Unit

        override fun peers(): List<NearbyPeer> = emptyList()

        override fun stop() = Unit
    }

    private companion object {
        fun unanswered(): BelayCoreInterface = Proxy.newProxyInstance(
            BelayCoreInterface::class.java.classLoader,
            arrayOf(BelayCoreInterface::class.java)
        ) { _, method, _ -> error("not asked for: ${method.name}()") } as BelayCoreInterface
    }
}
