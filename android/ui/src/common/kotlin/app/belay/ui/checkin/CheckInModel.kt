package app.belay.ui.checkin

import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.setValue
import app.belay.core.BelayException
import app.belay.core.ChangeArea
import app.belay.core.CheckInField
import app.belay.core.CheckInFormView
import app.belay.core.CheckInTemplate
import app.belay.core.CheckInView
import app.belay.core.Emotion
import app.belay.core.FormPartnerView
import app.belay.core.Need
import app.belay.core.NewOutcome
import app.belay.core.OutcomeStatus
import app.belay.core.PreviewView
import app.belay.ui.Doing
import app.belay.ui.Loader
import app.belay.ui.Route
import app.belay.ui.Services
import app.belay.ui.list
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.job
import kotlinx.coroutines.launch

/** One page to say how it is. Every change is kept at once, and shown as each partner will see it. */
class CheckInModel(private val services: Services, scope: CoroutineScope, private val route: Route.CheckIn) {
    /** The day the page was opened for. It does not follow midnight or a journey. */
    private var on: String? = null
    private val previewing = Channel<Unit>(Channel.CONFLATED)

    /** What stands on the page; null until the page is there. */
    var answers: CheckInAnswers? by mutableStateOf(null)
        private set

    /** What each partner would see if it were saved now, as the core says. */
    var previews: List<PreviewView> by mutableStateOf(emptyList())
        private set

    /** The partner whose view is open, by space. */
    var previewOf: String? by mutableStateOf(null)

    /** Keeps the page as it is. */
    val draft = DraftKeeper(services, scope) {
        val kept = answers ?: return@DraftKeeper
        services.core.keepCheckInDraft(kept.handedIn(checkNotNull(on)), route.edit)
    }

    /** Saving, taking back. */
    val doing = Doing(scope, services.words)

    /** Whether an older check-in is changed. */
    val isEdit: Boolean get() = route.edit != null

    /** The page, in one call of the core; what was typed stays when it is loaded again. */
    val form: Loader<CheckInFormView> = Loader(services, scope, AREAS) {
        services.core.checkInForm(on ?: route.on, route.edit, services.words.languageTag).also(::begin)
    }

    init {
        scope.launch { for (change in previewing) preview() }
        val pages = services.handOver.openCheckIns
        pages[route] = this
        scope.coroutineContext.job.invokeOnCompletion { pages.remove(route, this) }
    }

    fun chooseMood(mood: Int) = change { copy(mood = mood) }

    fun chooseEnergy(energy: Int?) = change { copy(energy = energy) }

    fun chooseTemplate(template: CheckInTemplate) = change { copy(template = template) }

    fun toggle(emotion: Emotion) =
        change { copy(emotions = if (emotion in emotions) emotions - emotion else emotions + emotion) }

    fun write(field: CheckInField, text: String) = change { copy(texts = texts + (field to text)) }

    fun chooseNeed(chosen: Need) = change { copy(need = chosen.takeIf { it != need }) }

    /** Notes what came of a goal along with the check-in; the same again takes it away. */
    fun chooseOutcome(goal: String, status: OutcomeStatus) = change {
        val same = outcomes[goal]?.status == status
        copy(outcomes = if (same) outcomes - goal else outcomes + (goal to NewOutcome(goal, status = status)))
    }

    /** What a partner sees of this one, as far as it was said. */
    fun fieldsOf(partner: FormPartnerView): Set<CheckInField> =
        answers?.audience?.get(partner.space) ?: usual()[partner.space].orEmpty()

    /** Shows a partner one field more, or one less. */
    fun show(partner: FormPartnerView, field: CheckInField, shown: Boolean) {
        val fields = fieldsOf(partner)
        val wanted = if (shown) fields + field else fields - field
        change { copy(audience = (audience ?: usual()) + (partner.space to wanted)) }
    }

    /** Saves; the page stays as it is when that could not be done. */
    fun save() = doing.run {
        val handedIn = checkNotNull(answers).handedIn(checkNotNull(on))
        val written = draft.usedUpBy {
            val edited = route.edit
            if (edited == null) services.core.writeCheckIn(handedIn) else services.core.editCheckIn(edited, handedIn)
        }
        services.navigator.back()
        if (isEdit) {
            services.undo.offer(services.words.checkInChanged)
        } else {
            services.undo.offer(whereItIs(written)) {
                services.core.undoCheckIn(written.name)
                // The words are not gone with it: they wait as a page that was begun.
                services.core.keepCheckInDraft(handedIn, null)
            }
        }
    }

    /** Takes the check-in back that is changed here. */
    fun takeBack() = doing.run {
        val name = checkNotNull(route.edit)
        draft.usedUpBy { services.core.undoCheckIn(name) }
        services.navigator.back()
        services.undo.offer(services.words.checkInTakenBack) { services.core.restoreCheckIn(name) }
    }

    /** Empties the page; for eight seconds it can be had back. */
    fun startAgain() = doing.run {
        val before = checkNotNull(answers)
        val day = checkNotNull(on)
        draft.setBy {
            services.core.dropCheckInDraft(day, route.edit)
            show(CheckInAnswers.of(checkNotNull(form.loaded).copy(draft = null)))
        }
        services.undo.offer(services.words.checkInDraftDropped) {
            // The page may be left by now, or open anew with other words in it.
            (services.handOver.openCheckIns[route] ?: this).bringBack(before, day)
        }
    }

    /** Brings back what stood on the page before it was emptied; what was said since stays. */
    private suspend fun bringBack(before: CheckInAnswers, day: String) = draft.setBy {
        val isShown = on == day
        val all = answers?.takeIf { isShown }?.over(before) ?: before
        services.core.keepCheckInDraft(all.handedIn(day), route.edit)
        if (isShown) show(all)
    }

    private fun begin(form: CheckInFormView) {
        if (on == null) {
            on = form.on
            val mood = services.handOver.takeMood()
            val begun = CheckInAnswers.of(form)
            answers = begun
            if (mood != null && !isEdit) chooseMood(mood)
        }
        previewing.trySend(Unit)
    }

    private fun show(now: CheckInAnswers) {
        answers = now
        previewing.trySend(Unit)
    }

    private fun change(to: CheckInAnswers.() -> CheckInAnswers) {
        show((answers ?: return).to())
        draft.changed()
    }

    /** Who sees what as long as the person says nothing else. */
    private fun usual(): Map<String, Set<CheckInField>> = form.loaded?.audience.orEmpty().mapValues { it.value.toSet() }

    private suspend fun preview() {
        val handedIn = (answers ?: return).handedIn(on ?: return)
        val edited = route.edit
        previews = try {
            if (edited == null) {
                services.core.previewCheckIn(handedIn)
            } else {
                services.core.previewEdit(edited, handedIn)
            }
        } catch (_: BelayException) {
            // Nothing can be seen of what cannot be saved; saving says why.
            emptyList()
        }
    }

    private fun whereItIs(written: CheckInView): String {
        val names = written.sharedWith.filter { it.delivery != null }.map { it.partner }
        return if (names.isEmpty()) {
            services.words.checkInSavedHere
        } else {
            services.words.checkInSavedGoes(services.words.list(names))
        }
    }

    private companion object {
        val AREAS = setOf(ChangeArea.GOALS, ChangeArea.PARTNERS, ChangeArea.SETTINGS)
    }
}
