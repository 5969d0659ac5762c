package app.belay.ui.reach

import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.setValue
import app.belay.core.BoundaryCardsView
import app.belay.core.SpaceId
import app.belay.ui.Doing
import app.belay.ui.Loadable
import app.belay.ui.Services
import app.belay.ui.attempt
import app.belay.ui.journal.PageKeeper
import app.belay.ui.value
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.launch

/** The cards of a partnership: what the partner says of being reached, and one's own, being written. */
class BoundaryCardModel(val services: Services, private val scope: CoroutineScope, val space: SpaceId) {
    private val core = services.core
    private val kept = PageKeeper(services, "boundary-card", space)

    /** Both cards as they are. */
    var state: Loadable<BoundaryCardsView> by mutableStateOf(Loadable.Loading)
        private set

    /** One's own, as it is being written. */
    var form: CardForm by mutableStateOf(CardForm())
        private set

    /** The card was just saved, and nothing was changed since. */
    var isSaved: Boolean by mutableStateOf(false)
        private set

    val act = Doing(scope, services.words)

    private val before: CardForm get() = saved(state.value)

    /** There is something to save; a first card may say nothing but that there are no nudges. */
    val canSave: Boolean get() = !act.busy && (form != before || state.value?.own == null)

    init {
        reload()
    }

    /** Reads both cards, and once what was typed before. */
    fun reload() {
        scope.launch {
            val problem = attempt(services.words) {
                val cards = core.boundaryCards(space)
                // Before the page can be typed into: what is typed is laid over by nothing that comes later.
                if (!kept.isBegun) form = kept.takeUp()?.let(CardForm::of) ?: saved(cards)
                state = Loadable.Ready(cards)
            }
            problem?.let { state = Loadable.Failed(it) }
        }
    }

    /** Takes what was typed or chosen; it is kept at once. */
    fun change(now: CardForm) {
        form = now
        act.problem = null
        isSaved = false
        kept.keep(form != before, form.fields(), form.helps)
    }

    /** Adds the hours that were typed. */
    fun addQuiet() = change(form.copy(quiet = form.card.quiet, from = "", to = ""))

    /** Adds the topic that was typed, as welcome or not. */
    fun addTopic(welcome: Boolean) {
        val topic = form.topic.trim()
        if (topic.isEmpty()) return
        val (yes, no) = form.welcome - topic to form.unwelcome - topic
        change(
            form.copy(
                welcome = if (welcome) yes + topic else yes,
                unwelcome = if (welcome) no else no + topic,
                topic = ""
            )
        )
    }

    /** Takes a topic out. */
    fun removeTopic(topic: String) =
        change(form.copy(welcome = form.welcome - topic, unwelcome = form.unwelcome - topic))

    /** Saves the card and says who sees it. What the core refuses stays in its field. */
    fun save() = act.run {
        state = Loadable.Ready(core.setBoundaryCard(space, form.card))
        form = before
        kept.drop()
        isSaved = true
    }

    private fun saved(cards: BoundaryCardsView?) = cards?.own?.let(CardForm::of) ?: CardForm()
}
