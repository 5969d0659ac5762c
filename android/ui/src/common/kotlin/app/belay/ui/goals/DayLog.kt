package app.belay.ui.goals

import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.setValue
import app.belay.core.GoalPageView
import app.belay.core.NewOutcome
import app.belay.core.OutcomeStatus
import app.belay.core.PreviewView
import app.belay.ui.Loadable
import app.belay.ui.Problem
import app.belay.ui.Services
import app.belay.ui.attempt
import app.belay.ui.kit.mark
import app.belay.ui.kit.markOf
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Job
import kotlinx.coroutines.launch

/** What came of a goal on one day, while it is being said: the status, words, and who will see what. */
class DayLog(private val services: Services, private val scope: CoroutineScope, page: GoalPageView, val day: String) {
    private val core = services.core
    private val goal = page.goal
    private val before = page.outcomes.lastOrNull { it.on == day }
    private var previewing: Job? = null

    /** What is chosen. */
    var status: OutcomeStatus? by mutableStateOf(before?.status)
        private set

    /** The note and the reason of a skip. */
    private val words = DayWords(services, scope, goal.name, day, before, ::look)

    val note: String get() = words.note
    val reason: String get() = words.reason
    val amount: String get() = words.amount

    /** The word for what is counted; null where no amounts are. */
    val unit: String? = unitOf(goal.goal.measure)

    /** Something was chosen or counted. */
    val canSave: Boolean get() = !saving && chosen != null

    /** An amount says of itself what came of the day: what is chosen beside it is not asked for. */
    private val chosen: OutcomeStatus?
        get() = status ?: OutcomeStatus.DONE.takeIf { unit != null && amount.isNotBlank() }

    /** What each partner would see of it, as the core says it. */
    var preview: Loadable<List<PreviewView>>? by mutableStateOf(null)
        private set

    /** Why it could not be saved; everything stays as it was typed. */
    var problem: Problem? by mutableStateOf(null)
        private set

    /** It is on its way to the disk. */
    var saving: Boolean by mutableStateOf(false)
        private set

    /** Something was noted for the day. */
    val isNoted: Boolean = before != null

    /** It is a day before the present one, and what is said now is said later. */
    val isLate: Boolean = day < page.today

    init {
        words.begin()
        look()
    }

    /** Chooses what came of it. */
    fun choose(status: OutcomeStatus) {
        this.status = status
        look()
    }

    /** Takes the note. */
    fun note(text: String) = words.note(text)

    /** Takes how much it was. */
    fun amount(text: String) = words.amount(text)

    /** Takes the reason of a skip. */
    fun reason(text: String) = words.reason(text)

    /** Writes it; [saved] gets words that say so. */
    fun save(saved: (String) -> Unit) {
        if (!canSave) return
        saving = true
        scope.launch {
            problem = attempt(services.words) {
                val written = core.logOutcome(outcome() ?: return@attempt)
                words.drop()
                val words = services.words
                saved(words.goalsLogSaved(services.formats.day(day), words.mark(markOf(written.outcome.status))))
            }
            saving = false
        }
    }

    /** Takes back what was noted for the day; [done] gets words that say so. */
    fun takeBack(done: (String) -> Unit) {
        if (saving) return
        saving = true
        scope.launch {
            problem = attempt(services.words) {
                core.undoOutcome(goal.name, day)
                words.drop()
                done(services.words.goalsLogTakenBack(services.formats.day(day)))
            }
            saving = false
        }
    }

    private fun look() {
        if (chosen == null) return
        problem = null
        previewing?.cancel()
        previewing = scope.launch {
            val problem = attempt(services.words) {
                preview = Loadable.Ready(core.previewOutcome(outcome() ?: return@attempt))
            }
            problem?.let { preview = Loadable.Failed(it) }
        }
    }

    private fun outcome(): NewOutcome? = chosen?.let {
        NewOutcome(
            goal = goal.name,
            on = day,
            status = it,
            note = note.ifBlank { null },
            reason = reason.ifBlank { null }.takeIf { _ -> it == OutcomeStatus.SKIPPED },
            amount = amount.takeIf { text -> unit != null && text.isNotBlank() && it != OutcomeStatus.SKIPPED }
                ?.let(::thousandthsOf)
        )
    }
}
