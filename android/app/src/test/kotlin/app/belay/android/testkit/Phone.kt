package app.belay.android.testkit

import android.content.Intent
import android.os.Bundle
import android.os.Looper
import androidx.compose.ui.test.SemanticsMatcher
import androidx.compose.ui.test.hasText
import androidx.compose.ui.test.junit4.ComposeTestRule
import app.belay.android.BelayApplication
import app.belay.android.MainActivity
import app.belay.core.BelayCoreInterface
import app.belay.core.BelayException
import app.belay.core.NewPerson
import java.util.TimeZone
import java.util.concurrent.locks.LockSupport
import kotlinx.coroutines.runBlocking
import org.junit.rules.ExternalResource
import org.robolectric.Robolectric
import org.robolectric.RuntimeEnvironment
import org.robolectric.Shadows.shadowOf
import org.robolectric.android.controller.ActivityController

/** Long enough for a busy machine; nothing is expected to take a hundredth of it. */
const val PATIENCE_MS: Long = 60_000

private const val NS_PER_MS = 1_000_000L

/** A phone that was just bought: an empty keystore, no store, Berlin. The core is the real one. */
class Phone : ExternalResource() {
    private val zone = TimeZone.getDefault()
    private val windows = mutableListOf<ActivityController<MainActivity>>()

    /** Belay's own things on it. */
    val belay: BelayApplication get() = RuntimeEnvironment.getApplication() as BelayApplication

    override fun before() {
        requireOneWorld()
        FakeKeystore.install()
        TimeZone.setDefault(TimeZone.getTimeZone("Europe/Berlin"))
    }

    override fun after() {
        windows.filterNot { it.get().isDestroyed }.forEach { it.pause().stop().destroy() }
        kill()
        TimeZone.setDefault(zone)
    }

    /** The library knows one set of Kotlin classes a process; a second one would wait for answers that never come. */
    private fun requireOneWorld() {
        val here = "${System.identityHashCode(Phone::class.java.classLoader)}"
        val first = System.getProperties().putIfAbsent("belay.test.world", here) ?: here
        check(first == here) { "two Robolectric sandboxes in one process: give all tests the same graphics mode" }
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

    /** Opens the window, as it was [saved]. */
    fun open(intent: Intent = Intent(Intent.ACTION_MAIN), saved: Bundle? = null): ActivityController<MainActivity> {
        val window = Robolectric.buildActivity(MainActivity::class.java, intent).also(windows::add)
        return if (saved == null) window.setup() else window.setup(saved)
    }
}

/** Waits until something is shown; the core works on threads of its own. */
fun ComposeTestRule.await(what: SemanticsMatcher) = waitUntil("shown: ${what.description}", PATIENCE_MS) {
    onAllNodes(what).fetchSemanticsNodes().isNotEmpty()
}

/** Waits until [text] is shown, as a part of a longer one too. */
fun ComposeTestRule.await(text: String) = await(hasText(text, substring = true))

/** Whether [text] is shown anywhere now. */
fun ComposeTestRule.shows(text: String): Boolean =
    onAllNodes(hasText(text, substring = true)).fetchSemanticsNodes().isNotEmpty()
