package app.belay.core

import java.nio.file.Path
import java.util.concurrent.atomic.AtomicLong

/** The time as a test wants it: it begins now and moves by hand. */
class MovedClock : HostClock {
    private val nowMs = AtomicLong(System.currentTimeMillis())

    /** Lets the hold of everything that was written end. */
    fun letHoldsEnd() {
        nowMs.addAndGet(HOLD_MS)
    }

    override fun nowMs(): Long = nowMs.get()

    override fun zoneName(): String = "Europe/Berlin"

    override fun offsetSeconds(atMs: Long): Int? = null

    private companion object {
        const val HOLD_MS = 11_000L
    }
}

/** A keystore in memory. Its secret can be lost, as on a phone that was restored from a copy. */
open class MemorySecrets : SecretStore {
    private var secret: ByteArray? = null
    private var opens: ULong? = 0u

    @Synchronized
    override fun load(): ByteArray? = secret

    @Synchronized
    override fun save(secret: ByteArray) {
        this.secret = secret
    }

    @Synchronized
    override fun delete() {
        secret = null
        opens = 0u
    }

    @Synchronized
    override fun opens(): ULong? = opens

    @Synchronized
    override fun saveOpens(opens: ULong) {
        this.opens = opens
    }
}

/** One phone: a folder, a keystore, a clock. */
class Phone(folder: Path, val clock: HostClock = MovedClock(), val secrets: SecretStore = MemorySecrets()) {
    val config = CoreConfig(folder.toString())
    val host = CoreHost(clock, secrets)

    /** Begins as a person with this name. */
    suspend fun begin(name: String): BelayCore = BelayCore.create(config, host, NewPerson(displayName = name))

    /** The same, and agrees to the terms of sharing. */
    suspend fun beginSharing(name: String): BelayCore = begin(name).apply { agreeToShare(agreement().termsVersion) }

    /** Opens what is there. */
    suspend fun open(passphrase: String? = null): BelayCore = BelayCore.open(config, host, passphrase)
}

/** A check-in with a note, and nothing else unless said. */
fun note(text: String, audience: Map<SpaceId, List<CheckInField>>? = null) =
    NewCheckIn(template = CheckInTemplate.FREE, note = text, audience = audience)
