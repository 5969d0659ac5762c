package app.belay.ui.onboarding

import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableIntStateOf
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.setValue
import app.belay.core.BelayCoreInterface

/**
 * What a person has typed and chosen before there is a store. It stays in memory only: a shell whose windows are made
 * anew, as for another language, hands the same one to the next, and forgets it with the last.
 */
class Beginning {
    var step: OnboardingStep by mutableStateOf(OnboardingStep.WELCOME)
    var name: String by mutableStateOf("")
    var dayStart: Int by mutableIntStateOf(0)
    var lock: LockChoice by mutableStateOf(LockChoice.NONE)
    var passphrase: String by mutableStateOf("")
    var again: String by mutableStateOf("")

    /** The store that was made of it, while its recovery words are being shown. */
    var made: BelayCoreInterface? = null

    /** Forgets all of it. */
    fun forget() {
        step = OnboardingStep.WELCOME
        name = ""
        dayStart = 0
        lock = LockChoice.NONE
        passphrase = ""
        again = ""
        made = null
    }

    /** Never what was typed. */
    override fun toString(): String = "Beginning($step)"
}
