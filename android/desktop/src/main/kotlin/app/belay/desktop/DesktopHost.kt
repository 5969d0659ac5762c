package app.belay.desktop

import app.belay.core.CoreHost
import app.belay.core.HostClock
import app.belay.ui.DeviceClock
import java.nio.file.Path
import java.time.Instant

/** The machine's own clock. */
object DesktopClock : HostClock {
    override fun nowMs(): Long = DeviceClock.nowMs()

    override fun zoneName(): String = DeviceClock.zone().id

    override fun offsetSeconds(atMs: Long): Int =
        DeviceClock.zone().rules.getOffset(Instant.ofEpochMilli(atMs)).totalSeconds
}

/** Time, and a key file beside the store. */
fun desktopHost(dir: Path): CoreHost = CoreHost(DesktopClock, FileSecretStore(dir.resolve("key").resolve("secret")))
