package app.belay.ui

import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.setValue

/**
 * The day it is for the person, as the core last told it: their day may begin after midnight, and in another zone
 * than the device's. Until it has told one for the present day of the calendar, that day of the device.
 */
class PresentDay(private val ofDevice: () -> String) {
    private class Told(val day: String, val whenDeviceHad: String)

    private var told: Told? by mutableStateOf(null)

    /** The day. */
    val value: String
        get() {
            val device = ofDevice()
            return told?.takeIf { it.whenDeviceHad == device }?.day ?: device
        }

    /** The core said that it is [day]. */
    fun learn(day: String) {
        told = Told(day, ofDevice())
    }
}
