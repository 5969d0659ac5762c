package app.belay.ui.testkit

import app.belay.core.BelayCoreInterface
import app.belay.core.SettingsEdit
import kotlinx.coroutines.async
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.runBlocking

/**
 * Two people who are paired and have compared their words: two real stores and a real relay between them. The
 * relay looks at the time, so their clock is the machine's; nothing waits before it leaves.
 */
class RealPair : AutoCloseable {
    private val relay = RelayProcess()
    val clock = TestClock(atMs = System.currentTimeMillis())
    private val stores = List(2) { RealStore(clock) }
    val jonas: BelayCoreInterface = stores[0].create("Jonas")
    val sam: BelayCoreInterface = stores[1].create("Sam")

    init {
        runBlocking {
            for (core in listOf(jonas, sam)) {
                core.setRelay(relay.origin, allowPlainHttp = true)
                core.agreeToShare(core.agreement().termsVersion)
                core.editSettings(SettingsEdit(holdSeconds = 0u))
            }
            val invitation = jonas.invite()
            coroutineScope {
                val paired = async { jonas.awaitPartner(invitation.id) }
                sam.acceptInvitation(invitation.text)
                paired.await()
            }
            for (core in listOf(jonas, sam)) core.markCompared(core.partners().single().space, same = true)
            bothSync()
        }
    }

    /** What each has goes to the relay, then comes to the other. */
    suspend fun bothSync() = repeat(2) {
        jonas.sync()
        sam.sync()
    }

    override fun close() {
        runBlocking {
            jonas.shutdown()
            sam.shutdown()
        }
        stores.forEach(RealStore::close)
        relay.close()
    }
}
