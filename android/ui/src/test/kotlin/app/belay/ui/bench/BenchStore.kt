package app.belay.ui.bench

import app.belay.core.BelayCoreInterface
import app.belay.core.CoreConfig
import app.belay.core.CoreHost
import app.belay.core.HostClock
import app.belay.core.SecretStore
import app.belay.ui.UiClock
import app.belay.ui.onboarding.CoreStoreDoor
import java.io.File
import java.time.Instant
import java.time.ZoneId

/**
 * A person whose store was kept for measurements: the store, and beside it the files `secret` and `opens`.
 * Nothing in it is anybody's. The clock stands still at [atMs].
 */
class BenchStore(private val folder: File, private val atMs: Long) {
    private val zone = ZoneId.of("Europe/Berlin")

    /** The same moment, as the screens see it. */
    val clock: UiClock = object : UiClock {
        override fun nowMs(): Long = atMs

        override fun zone(): ZoneId = zone
    }

    /** Opens it as it lies there. */
    suspend fun open(): BelayCoreInterface {
        val host = CoreHost(
            object : HostClock {
                override fun nowMs(): Long = atMs

                override fun zoneName(): String = zone.id

                override fun offsetSeconds(atMs: Long): Int =
                    zone.rules.getOffset(Instant.ofEpochMilli(atMs)).totalSeconds
            },
            FileSecrets(folder)
        )
        return CoreStoreDoor(CoreConfig(File(folder, "store").path), host).open(null)
    }

    companion object {
        /** The store that a command line names: its folder, and the moment it is opened at. */
        fun of(line: Array<String>): BenchStore {
            require(line.size == 2) { "FOLDER NOW_MS" }
            return BenchStore(File(line[0]), line[1].toLong())
        }
    }
}

internal class FileSecrets(folder: File) : SecretStore {
    private val secret = File(folder, "secret")
    private val count = File(folder, "opens")

    override fun load(): ByteArray? = if (secret.exists()) secret.readBytes() else null

    override fun save(secret: ByteArray) = this.secret.writeBytes(secret)

    override fun delete() {
        secret.delete()
        count.delete()
    }

    override fun opens(): ULong? = if (count.exists()) count.readText().toULong() else 0u

    override fun saveOpens(opens: ULong) = count.writeText(opens.toString())
}
