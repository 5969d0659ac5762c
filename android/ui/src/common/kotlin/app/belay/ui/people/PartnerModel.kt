package app.belay.ui.people

import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableIntStateOf
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.setValue
import app.belay.core.ChangeArea
import app.belay.core.DocName
import app.belay.core.PartnerPageView
import app.belay.core.PartnerView
import app.belay.core.SpaceId
import app.belay.core.Waited
import app.belay.ui.Doing
import app.belay.ui.Loader
import app.belay.ui.Route
import app.belay.ui.Services
import app.belay.ui.attachments.AttachmentsModel
import app.belay.ui.attachments.GivenAttachments
import app.belay.ui.reach.ReachModel
import app.belay.ui.value
import kotlinx.coroutines.CoroutineScope

/** How many check-ins stand on the page before somebody asks for older ones. */
const val PAGE_OF_CHECK_INS = 5

/** A question that stands over the partner's page; each takes a second tap. */
sealed interface PartnerQuestion {
    /** What becomes of [waited] things that were written during a pause. */
    data class Resume(val waited: Int) : PartnerQuestion

    data object Leave : PartnerQuestion

    data object Block : PartnerQuestion

    data object RemoveTheirs : PartnerQuestion
}

/** One partner: what they shared, and where this person draws the line. */
class PartnerModel(val services: Services, private val scope: CoroutineScope, val space: SpaceId) {
    /** What came with passages. */
    val given: AttachmentsModel = AttachmentsModel(services, scope, GivenAttachments(services.core, space))

    /** All of it, in one call. */
    val page: Loader<PartnerPageView> = Loader(services, scope, AREAS) {
        services.core.partner(space).also { page -> given.show(page.passages.flatMap { it.attachments }) }
    }

    /** How many check-ins are shown. */
    var shown: Int by mutableIntStateOf(PAGE_OF_CHECK_INS)
        private set

    /** What is being asked. */
    var question: PartnerQuestion? by mutableStateOf(null)
        private set

    /** The answer that is being written. */
    var answer: AnswerModel? by mutableStateOf(null)
        private set

    /** What was just done, in words. */
    var said: String? by mutableStateOf(null)
        private set

    val act = Doing(scope, services.words)

    /** Reaching them within their card. */
    val reach: ReachModel = ReachModel(services, scope, space) { said = it }

    /** The name to say. */
    val name: String get() = nameOf(page.state.value?.partner, services.words)

    /** Shows older check-ins. */
    fun showOlder() {
        shown += PAGE_OF_CHECK_INS
    }

    /** Pauses everything, silently. */
    fun pause() = act.run { replace(services.core.pauseSharing(space)) }

    /** Lets the two meet on one network, or no more. */
    fun meetNearby(on: Boolean) = act.run { replace(services.core.setPartnerNearby(space, on)) }

    /** Shares again, after asking what becomes of what waited, if anything did. */
    fun resume() = act.run {
        val waited = services.core.waitingToBeShared(space).toInt()
        if (waited == 0) {
            replace(services.core.resumeSharing(space, Waited.KEEP))
        } else {
            question = PartnerQuestion.Resume(waited)
        }
    }

    /** Shares again. */
    fun resume(waited: Waited) = act.run {
        replace(services.core.resumeSharing(space, waited))
        question = null
    }

    /** Asks. */
    fun ask(about: PartnerQuestion) {
        act.problem = null
        question = about
    }

    /** Leaves everything as it is. */
    fun dismiss() {
        question = null
        act.problem = null
    }

    /** Leaves, at once and also offline. */
    fun leave() = act.run {
        services.core.leave(space)
        question = null
        page.reload()
    }

    /** Leaves, and reads nothing of theirs any more. */
    fun block() = act.run {
        services.core.block(space)
        question = null
        page.reload()
    }

    /** Removes what they shared from this device. */
    fun removeTheirs() = act.run {
        val removed = services.core.removeWhatTheyShared(space)
        question = null
        said = services.words.peopleRemoved(removed.toInt())
        page.reload()
    }

    /** Begins an answer to what is called [about]. */
    fun answer(about: DocName) {
        val person = page.state.value?.partner?.person ?: return
        said = null
        answer = AnswerModel(services, scope, AnswerTo(space, person, about, name)) { sent ->
            answer = null
            if (sent) {
                said = services.words.peopleRespondSaved(name)
                page.reload()
            }
        }
    }

    /** Opens the four words. */
    fun compare() = services.navigator.go(Route.CompareWords(space))

    /** Opens what they can see. */
    fun see() = services.navigator.go(Route.WhatTheySee(space))

    private fun replace(partner: PartnerView) {
        page.state.value?.let { page.set(it.copy(partner = partner)) }
    }

    private companion object {
        val AREAS = setOf(ChangeArea.PARTNERS)
    }
}
