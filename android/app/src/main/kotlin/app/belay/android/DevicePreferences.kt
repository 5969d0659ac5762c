package app.belay.android

import android.content.Context
import androidx.core.content.edit

/** What belongs to this phone and to nobody's journal: its lock and its language. Nothing personal stands here. */
class DevicePreferences(context: Context) {
    private val kept = context.getSharedPreferences("device", Context.MODE_PRIVATE)

    /** The app asks for the phone's own lock. */
    var appLock: Boolean
        get() = kept.getBoolean(APP_LOCK, false)
        set(value) = kept.edit { putBoolean(APP_LOCK, value) }

    /** The phone says quietly that somebody shared something. */
    var tells: Boolean
        get() = kept.getBoolean(TELLS, false)
        set(value) = kept.edit { putBoolean(TELLS, value) }

    /** BCP 47 tag of the chosen language where the system keeps none for an app; null follows the phone. */
    var language: String?
        get() = kept.getString(LANGUAGE, null)
        set(value) = kept.edit { putString(LANGUAGE, value) }

    /** Forgets all of it. */
    fun clear() = kept.edit { clear() }

    private companion object {
        const val APP_LOCK = "app-lock"
        const val TELLS = "tells"
        const val LANGUAGE = "language"
    }
}
