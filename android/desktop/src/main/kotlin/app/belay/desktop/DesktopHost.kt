package app.belay.desktop

import app.belay.core.CoreConfig
import app.belay.core.CoreHost
import app.belay.core.HostClock
import app.belay.ui.DeviceClock
import app.belay.ui.onboarding.CoreStoreDoor
import app.belay.ui.onboarding.StoreDoor
import java.nio.file.Files
import java.nio.file.Path
import java.time.Instant

/** The machine's own clock. */
object DesktopClock : HostClock {
    override fun nowMs(): Long = DeviceClock.nowMs()

    override fun zoneName(): String = DeviceClock.zone().id

    override fun offsetSeconds(atMs: Long): Int =
        DeviceClock.zone().rules.getOffset(Instant.ofEpochMilli(atMs)).totalSeconds
}

/** Where the store lies below [dir]. */
fun storeFolder(dir: Path): Path = dir.resolve("store")

/**
 * The way into the store below [dir]: the store in one folder, its key in another, so that deleting everything
 * in the store leaves no doubt about what was the store's.
 */
fun desktopDoor(dir: Path): StoreDoor {
    val store = Files.createDirectories(storeFolder(dir))
    val secrets = FileSecretStore(dir.resolve("key").resolve("secret"))
    return CoreStoreDoor(CoreConfig(store.toString()), CoreHost(DesktopClock, secrets))
}
