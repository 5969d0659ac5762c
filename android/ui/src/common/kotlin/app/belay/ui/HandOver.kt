package app.belay.ui

import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.setValue
import app.belay.ui.checkin.CheckInModel

/**
 * What one screen gives the next that must not be saved as text with the process: routes hold ids and days
 * only. Taken once; whatever is left when the process ends is gone, and no harm is done.
 */
class HandOver {
    /** The shape that was tapped on Today. */
    var mood: Int? = null

    /** An invitation that was scanned or opened from a link. */
    var invitation: String? by mutableStateOf(null)

    /** The page of a check-in that is open now, by what it is about: what was emptied comes back into it. */
    val openCheckIns = mutableMapOf<Route.CheckIn, CheckInModel>()

    /** Takes [mood]. */
    fun takeMood(): Int? = mood.also { mood = null }

    /** Where a file lies that another app handed over. */
    var file: String? by mutableStateOf(null)

    /** Takes [file]. */
    fun takeFile(): String? = file.also { file = null }

    /** Takes [invitation]. */
    fun takeInvitation(): String? = invitation.also { invitation = null }
}
