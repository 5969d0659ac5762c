package app.belay.ui.testkit

import app.belay.core.BelayCoreInterface
import app.belay.core.CoreConfig
import app.belay.core.CoreHost
import app.belay.core.HostClock
import app.belay.core.NewPerson
import app.belay.core.SecretStore
import app.belay.ui.onboarding.CoreStoreDoor
import java.io.File
import java.nio.file.Files
import kotlinx.coroutines.runBlocking

/** The secret of one store, in memory: what a keystore keeps. [lose] is what a restored phone finds. */
class MemorySecrets : SecretStore {
    private var secret: ByteArray? = null
    private var count: ULong? = null

    override fun load(): ByteArray? = secret

    override fun save(secret: ByteArray) {
        this.secret = secret
    }

    override fun delete() {
        secret = null
        count = null
    }

    override fun opens(): ULong? = count

    override fun saveOpens(opens: ULong) {
        count = opens
    }

    /** The key is gone, the store is not. */
    fun lose() {
        secret = null
    }
}

/** A place for a real store, with the clock of [clock] and its own secret. */
class RealStore(val clock: TestClock = TestClock()) : AutoCloseable {
    val dir: File = Files.createTempDirectory("belay-store").toFile()
    val secrets = MemorySecrets()

    private val host = CoreHost(
        object : HostClock {
            override fun nowMs(): Long = clock.nowMs()

            override fun zoneName(): String = clock.zoneName

            override fun offsetSeconds(atMs: Long): Int = clock.offsetSeconds(atMs)
        },
        secrets
    )

    /** The way into it. */
    val door = CoreStoreDoor(CoreConfig(dir.path), host)

    /** Makes it. */
    fun create(name: String? = null, passphrase: String? = null): BelayCoreInterface =
        runBlocking { door.create(NewPerson(displayName = name, dayStart = 0u, passphrase = passphrase)) }

    override fun close() {
        dir.deleteRecursively()
    }
}
