package app.belay.ui

import app.belay.ui.near.Nearness
import app.belay.words.Words
import java.time.ZoneId
import java.util.Locale
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.channels.BufferOverflow
import kotlinx.coroutines.flow.MutableSharedFlow

/** What a phone or a desktop gives every screen, whether a store is open or not. */
class Shell(
    val words: Words,
    val platform: Platform,
    val clock: UiClock,
    val locale: Locale,
    /** Ends with the shell. Screen models get scopes of their own below it. */
    val scope: CoroutineScope
) {
    /** The day, the zone or the clock may be another: what depends on it is stale. Told by the shell. */
    val timeMoved: MutableSharedFlow<Unit> =
        MutableSharedFlow(extraBufferCapacity = 1, onBufferOverflow = BufferOverflow.DROP_OLDEST)

    /** How meeting on one network goes. */
    val near: Nearness = Nearness(scope)

    /** Days, times and numbers as this person writes them. */
    val formats: Formats = Formats(words, locale, clock)

    /** The day it is for the person. */
    val presentDay: PresentDay = PresentDay { formats.dayOf(clock.nowMs()) }
}

/** The time a screen shows, never the time the core decides by. */
interface UiClock {
    /** Epoch milliseconds. */
    fun nowMs(): Long

    /** The zone the device is in now; asked anew each time, since a person may travel with a screen open. */
    fun zone(): ZoneId
}

/** The device's own clock. */
object DeviceClock : UiClock {
    override fun nowMs(): Long = System.currentTimeMillis()

    override fun zone(): ZoneId = ZoneId.systemDefault()
}
