package app.belay.ui.onboarding

import app.belay.core.BelayCore
import app.belay.core.BelayCoreInterface
import app.belay.core.CoreConfig
import app.belay.core.CoreHost
import app.belay.core.Discovery
import app.belay.core.FarewellView
import app.belay.core.NewOwnDevice
import app.belay.core.NewPerson
import app.belay.core.NewRestored
import app.belay.core.eraseNow
import app.belay.core.farewellLeft
import app.belay.core.needsPassphrase
import app.belay.core.openWithWords
import app.belay.core.restoreFromBundle
import app.belay.core.restoreFromRelay
import app.belay.core.restoreNear
import app.belay.core.sendFarewell
import app.belay.core.storeExists
import app.belay.ui.recovery.Restored

/**
 * The way into the store in the folder of [config], on what [host] gives. [lostKey] tells a key that is gone from
 * one that is only not handed out now.
 */
class CoreStoreDoor(
    private val config: CoreConfig,
    private val host: CoreHost,
    private val lostKey: () -> Boolean = { true }
) : StoreDoor {
    override suspend fun exists(): Boolean = storeExists(config.dir)

    override suspend fun needsPassphrase(): Boolean = needsPassphrase(config.dir)

    override fun keyIsGone(): Boolean = lostKey()

    override suspend fun create(new: NewPerson): BelayCoreInterface = BelayCore.create(config, host, new)

    override suspend fun open(passphrase: String?): BelayCoreInterface = BelayCore.open(config, host, passphrase)

    override suspend fun restore(new: NewRestored, relay: String, allowPlainHttp: Boolean): Restored =
        restoreFromRelay(config, host, new, relay, allowPlainHttp).let { Restored(it.core, it.restored) }

    override suspend fun restoreFromFile(new: NewRestored, path: String): Restored =
        restoreFromBundle(config, host, new, path).let { Restored(it.core, it.restored) }

    override suspend fun restoreNear(new: NewRestored, address: String?, discovery: Discovery?): Restored =
        restoreNear(config, host, new, address, discovery).let { Restored(it.core, it.restored) }

    override suspend fun openWithWords(words: String): BelayCoreInterface = openWithWords(config, host, words)

    override suspend fun eraseNow() = eraseNow(config, host)

    override suspend fun farewellLeft(passphrase: String?): FarewellView = farewellLeft(config, host, passphrase)

    override suspend fun sendFarewell(passphrase: String?): FarewellView = sendFarewell(config, host, passphrase)

    override suspend fun createOwnDevice(passphrase: String?): BelayCoreInterface =
        BelayCore.createOwnDevice(config, host, NewOwnDevice(passphrase))
}
