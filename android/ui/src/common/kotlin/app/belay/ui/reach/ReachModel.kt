package app.belay.ui.reach

import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.setValue
import app.belay.core.BoundaryCardsView
import app.belay.core.ChangeArea
import app.belay.core.Need
import app.belay.core.NewSupportRequest
import app.belay.core.NudgeView
import app.belay.core.SpaceId
import app.belay.core.SupportLevel
import app.belay.core.SupportRequestView
import app.belay.ui.Doing
import app.belay.ui.Loader
import app.belay.ui.Route
import app.belay.ui.Services
import app.belay.ui.journal.PageKeeper
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.launch

/** What lies over the page of a partner because they are to be reached. */
enum class ReachSheet { NUDGE, ASK }

/** How a partner said they can be reached, and what stands between the two. */
class Reach(val cards: BoundaryCardsView, val requests: List<SupportRequestView>, val nudge: NudgeView?)

/** A request that is being written. */
data class AskForm(val level: SupportLevel? = null, val text: String = "", val need: Need? = null) {
    /** Never the words. */
    override fun toString(): String = "AskForm"
}

/** Reaching a partner within their card: nudges and requests for support. [said] hears of what was done. */
class ReachModel(
    val services: Services,
    private val scope: CoroutineScope,
    val space: SpaceId,
    private val said: (String) -> Unit
) {
    private val core = services.core
    private val kept = PageKeeper(services, "support-request", space)

    /** Both cards and the requests that stand. */
    val page: Loader<Reach> = Loader(services, scope, setOf(ChangeArea.PARTNERS, ChangeArea.DELIVERY)) {
        Reach(
            core.boundaryCards(space),
            core.supportRequests().filter { it.space == space },
            core.nudges(space).filterNot(NudgeView::own).maxByOrNull(NudgeView::sentAtMs)
        )
    }

    /** What is open. */
    var sheet: ReachSheet? by mutableStateOf(null)
        private set

    /** The topic of the nudge; null for none. */
    var topic: String? by mutableStateOf(null)

    /** The request that is being written. */
    var ask: AskForm by mutableStateOf(AskForm())
        private set

    val act = Doing(scope, services.words)

    private val name: String get() = page.loaded?.cards?.partner.orEmpty()

    /** Opens the nudge, or the request with what was typed before. */
    fun open(which: ReachSheet) {
        act.problem = null
        sheet = which
        if (which != ReachSheet.ASK || kept.isBegun) return
        scope.launch {
            val before = kept.takeUp()
            if (before != null && ask.text.isEmpty()) ask = ask.copy(text = before.body)
        }
    }

    /** Closes whatever is open. */
    fun close() {
        sheet = null
    }

    /** Takes what is asked. */
    fun change(now: AskForm) {
        ask = now
        act.problem = null
        kept.keep(now.text.isNotBlank(), emptyList(), now.text)
    }

    /** Nudges, as far as their card allows it; a refusal keeps the sheet open. */
    fun nudge() = act.run {
        core.nudge(space, topic)
        sheet = null
        said(services.words.reachingNudgeSent(name))
    }

    /** Asks for support. */
    fun askNow() = act.run {
        val level = ask.level ?: return@run
        core.askForSupport(NewSupportRequest(listOf(space), level, ask.text.ifBlank { null }, ask.need))
        kept.drop()
        sheet = null
        ask = AskForm()
        page.reload()
    }

    /** Takes an own request back. */
    fun takeBack(request: SupportRequestView) = act.run {
        core.takeBackRequest(request.space, request.name)
        page.reload()
    }

    /** Writes one's own card. */
    fun writeCard() = services.navigator.go(Route.BoundaryCard(space))

    /** Shows who can be called. */
    fun helpNow() = services.navigator.go(Route.HelpNow)
}
