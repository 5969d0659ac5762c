package app.belay.android.lock

import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.setValue

/**
 * Whether the app shows itself. It guards the screen of a phone that lies open; what guards the store is the
 * keystore. Asked for when the app begins, and when the person was away for longer than [AWAY_MS].
 *
 * @param wanted whether the person chose it and this phone can ask.
 * @param nowMs milliseconds since the phone was started; a clock that nobody can set.
 */
class AppLock(private val wanted: () -> Boolean, private val nowMs: () -> Long) {
    /** True while nothing of the person's may be drawn. */
    var locked: Boolean by mutableStateOf(wanted())
        private set

    private var leftAtMs: Long? = null

    /** The app went out of sight. */
    fun left() {
        if (leftAtMs == null) leftAtMs = nowMs()
    }

    /** The app is in sight again. */
    fun cameBack() {
        val awayMs = nowMs() - (leftAtMs ?: return)
        leftAtMs = null
        if (!wanted()) {
            locked = false
        } else if (awayMs !in 0 until AWAY_MS) {
            locked = true
        }
    }

    /** The phone knows the person. */
    fun passed() {
        locked = false
    }

    companion object {
        /** How long a look at another app may take: one call or one copied code. */
        const val AWAY_MS: Long = 60_000
    }
}
