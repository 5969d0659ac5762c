package app.belay.android

import app.belay.core.HostClock
import java.util.TimeZone

/**
 * The phone's time and zone for the core, asked anew each time: Android changes the zone of a running app when
 * the person travels. The phone's own rules for zones are newer than those built into the core.
 */
object AndroidClock : HostClock {
    private const val MS_PER_SECOND = 1000

    override fun nowMs(): Long = System.currentTimeMillis()

    override fun zoneName(): String = TimeZone.getDefault().id

    override fun offsetSeconds(atMs: Long): Int? = TimeZone.getDefault().getOffset(atMs) / MS_PER_SECOND
}
