package app.belay.ui.goals

import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.setValue
import app.belay.core.DocName
import app.belay.core.Outcome
import app.belay.ui.Services
import app.belay.ui.journal.PageKeeper
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.launch

/**
 * The words about a day of a goal while they are typed, beginning with those of [noted]: kept with every keystroke,
 * and there again when the day is opened the next time. [changed] hears of each.
 */
class DayWords(
    services: Services,
    private val scope: CoroutineScope,
    goal: DocName,
    day: String,
    private val noted: Outcome?,
    private val changed: () -> Unit = {}
) {
    private val amountBefore = noted?.amount?.let { amountText(it, services.shell.locale) }.orEmpty()

    /** A note. */
    var note: String by mutableStateOf(noted?.note.orEmpty())
        private set

    /** Why it was skipped. */
    var reason: String by mutableStateOf(noted?.reason.orEmpty())
        private set

    /** How much it was, where amounts are counted. */
    var amount: String by mutableStateOf(amountBefore)
        private set

    private val kept = PageKeeper(services, "outcome", "$goal $day")
    private val isNew: Boolean
        get() = note != noted?.note.orEmpty() || reason != noted?.reason.orEmpty() ||
            amount != amountBefore

    /** Takes up what was typed before and not written. */
    fun begin() {
        scope.launch {
            val before = kept.takeUp()
            if (before != null && !isNew) {
                note = before.body
                reason = before[REASON]
                amount = before[AMOUNT]
                changed()
            } else {
                keep()
            }
        }
    }

    /** Takes the note. */
    fun note(text: String) {
        note = text
        keep()
        changed()
    }

    /** Takes the reason. */
    fun reason(text: String) {
        reason = text
        keep()
        changed()
    }

    /** Takes how much it was. */
    fun amount(text: String) {
        amount = text
        keep()
        changed()
    }

    /** They were written, or are let go of. */
    suspend fun drop() = kept.drop()

    private fun keep() = kept.keep(isNew, listOf(REASON to reason, AMOUNT to amount), note)

    private companion object {
        const val REASON = "reason"
        const val AMOUNT = "amount"
    }
}
