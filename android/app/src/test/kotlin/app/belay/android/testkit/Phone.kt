package app.belay.android.testkit

import android.os.Looper
import app.belay.android.BelayApplication
import app.belay.core.BelayCoreInterface
import app.belay.core.BelayException
import app.belay.core.NewPerson
import java.util.TimeZone
import java.util.concurrent.locks.LockSupport
import kotlinx.coroutines.runBlocking
import org.junit.rules.ExternalResource
import org.robolectric.RuntimeEnvironment
import org.robolectric.Shadows.shadowOf

/** Long enough for a busy machine; nothing is expected to take a hundredth of it. */
const val PATIENCE_MS: Long = 60_000

private const val NS_PER_MS = 1_000_000L

/** A phone that was just bought: an empty keystore, no store, Berlin. The core is the real one. */
class Phone : ExternalResource() {
    private val zone = TimeZone.getDefault()

    /** Belay's own things on it. */
    val belay: BelayApplication get() = RuntimeEnvironment.getApplication() as BelayApplication

    override fun before() {
        FakeKeystore.install()
        TimeZone.setDefault(TimeZone.getTimeZone("Europe/Berlin"))
    }

    override fun after() {
        kill()
        TimeZone.setDefault(zone)
    }

    /** Somebody began here before. */
    fun begin(name: String? = "Mira", passphrase: String? = null): BelayCoreInterface = runBlocking {
        belay.cores.create(NewPerson(displayName = name, passphrase = passphrase))
    }

    /** What the next process finds: the files and the keystore, and nothing that was open. */
    fun kill() = runBlocking {
        try {
            belay.cores.opened?.shutdown()
        } catch (_: BelayException.Closed) {
            // It was killed before, or everything was deleted.
        }
    }

    /** Waits until [done], while the main thread works on what is asked of it. For where nothing is drawn. */
    fun await(what: String, done: () -> Boolean) {
        val until = System.nanoTime() + PATIENCE_MS * NS_PER_MS
        while (!done()) {
            check(System.nanoTime() < until) { "not yet: $what" }
            shadowOf(Looper.getMainLooper()).idle()
            LockSupport.parkNanos(NS_PER_MS)
        }
    }
}
