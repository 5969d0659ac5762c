package app.belay.ui.testkit

import app.belay.core.BelayCoreInterface
import app.belay.core.Discovery
import app.belay.ui.Navigator
import app.belay.ui.NoPlatform
import app.belay.ui.Platform
import app.belay.ui.Services
import app.belay.ui.Shell
import app.belay.ui.UiClock
import app.belay.words.Words
import app.belay.words.WordsEn
import java.nio.file.Files
import java.time.Instant
import java.time.ZoneId
import java.util.Locale
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.SupervisorJob

/** Tuesday 3 March 2026, 21:00 in Berlin: the evening all tests and pictures are in. */
const val EVENING_MS = 1_772_568_000_000L

/** The civil day of [EVENING_MS]. */
const val TUESDAY = "2026-03-03"

/** A clock a test sets. */
open class TestClock(var atMs: Long = EVENING_MS, var zoneName: String = "Europe/Berlin") : UiClock {
    override fun nowMs(): Long = atMs

    override fun zone(): ZoneId = ZoneId.of(zoneName)

    /** The offset of the zone at a moment. */
    fun offsetSeconds(ms: Long): Int = zone().rules.getOffset(Instant.ofEpochMilli(ms)).totalSeconds
}

/** A clock that goes on by itself: of two devices in a room one waits, by its clock, for the other to call first. */
class RunningClock : TestClock() {
    override fun nowMs(): Long = System.currentTimeMillis()
}

/** Remembers what a screen asked the shell to do. */
class TestPlatform : NoPlatform() {
    val shared = mutableListOf<String>()
    val dialled = mutableListOf<String>()
    val copied = mutableListOf<String>()
    val opened = mutableListOf<String>()
    val messages = mutableListOf<String>()
    var scanned: String? = null

    override val attaching: TestAttaching = TestAttaching()

    /** How this device looks around in its room. */
    var eyes: Discovery? = null

    override fun discovery(): Discovery? = eyes

    override var canScan: Boolean = false
    override var canLock: Boolean = true
    override var region: String? = "DE"
    override var reducedMotion: Boolean = false

    override fun shareText(text: String) {
        shared += text
    }

    override fun dial(address: String) {
        dialled += address
    }

    override fun message(number: String, text: String) {
        messages += "$number $text"
    }

    override fun openPage(url: String) {
        opened += url
    }

    override fun copy(label: String, text: String) {
        copied += text
    }

    /** What the person chooses next, and what was handed on and removed. */
    var picked: String? = null
    val handed = mutableListOf<String>()
    val dropped = mutableListOf<String>()

    override fun newFile(name: String): String = Files.createTempDirectory("belay-handed").resolve(name).toString()

    override fun shareFile(path: String) {
        handed += path
    }

    override suspend fun pickFile(): String? = picked

    override fun dropFile(path: String) {
        dropped += path
    }

    override suspend fun scanQr(): String? = scanned
}

/** A shell in English, in Berlin, on a Tuesday evening. Its work runs at once, on the thread that asks for it. */
fun testShell(
    words: Words = WordsEn,
    locale: Locale = Locale.UK,
    platform: Platform = TestPlatform(),
    clock: UiClock = TestClock(),
    scope: CoroutineScope = CoroutineScope(SupervisorJob() + Dispatchers.Unconfined)
): Shell = Shell(words, platform, clock, locale, scope)

/** The services of [testShell] over [core]. */
fun testServices(core: BelayCoreInterface, shell: Shell = testShell(), navigator: Navigator = Navigator()): Services =
    Services(core, shell, navigator)
