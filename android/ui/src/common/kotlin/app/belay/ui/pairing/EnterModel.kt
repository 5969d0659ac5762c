package app.belay.ui.pairing

import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.setValue
import app.belay.core.BelayException
import app.belay.core.InvitationKindView
import app.belay.core.MistypedWordView
import app.belay.core.invitationKind
import app.belay.core.mistypedWord
import app.belay.ui.Doing
import app.belay.ui.Route
import app.belay.ui.Services
import kotlinx.coroutines.CoroutineScope

/**
 * Takes up an invitation, however it came: scanned, typed, pasted, or opened from a link. Which kind it is, the
 * core says. What was typed stays when it is none, and says what may have been meant.
 */
class EnterModel(
    val services: Services,
    private val scope: CoroutineScope,
    /** How a text is answered, as the core says it. */
    private val kindOf: (String) -> InvitationKindView = ::invitationKind
) {
    /** What was typed or scanned. */
    var text: String by mutableStateOf("")
        private set

    /** Where four words lead, when it is not the own relay. */
    var relay: String by mutableStateOf("")

    /** A word that is in no list. */
    var mistyped: MistypedWordView? by mutableStateOf(null)
        private set

    /** It is an invitation of something else. */
    var isForeign: Boolean by mutableStateOf(false)
        private set

    /** What is asked before the first sharing, while what was typed waits; null where all of it is there. */
    var needs: NeedsModel? by mutableStateOf(null)
        private set

    val act = Doing(scope, services.words)

    init {
        services.handOver.takeInvitation()?.let(::type)
    }

    /** Takes what was typed. */
    fun type(typed: String) {
        text = typed
        mistyped = null
        isForeign = false
        act.problem = null
    }

    /** Opens the camera and takes up what it reads. */
    fun scan() = act.run(caught = ::isUnderstood) {
        val scanned = services.platform.scanQr() ?: return@run
        type(scanned)
        meet()
    }

    /** Takes up what was typed. */
    fun accept() = act.run(caught = ::isUnderstood) { meet() }

    /** Turns back from what is asked; what was typed stays. */
    fun notNow() {
        needs = null
    }

    /** Puts the nearest word of the list in the place of the one that was typed. */
    fun useNearest() {
        val slip = mistyped ?: return
        type(text.withWord(slip.position.toInt(), slip.nearest))
    }

    private suspend fun meet() {
        val invitation = text.trim()
        val next = when (kindOf(invitation)) {
            InvitationKindView.TOGETHER ->
                Route.CompareWords(services.core.acceptInvitation(invitation).partner.space)

            InvitationKindView.APART ->
                Route.OpenInvitation(services.core.acceptApart(invitation, relay.trim().ifEmpty { null }).id)
        }
        type("")
        services.navigator.replace(next)
    }

    private fun isUnderstood(error: Exception): Boolean {
        if (error.asksFirst()) {
            needs = NeedsModel(services, scope, needsRelay = false) {
                needs = null
                accept()
            }
            return true
        }
        if (error is BelayException.InvalidInput && error.rule == "unknown_word") mistyped = mistypedWord(text)
        isForeign = error is BelayException.Unavailable && error.reason == NOT_AN_INVITATION
        return isForeign || mistyped != null
    }

    private companion object {
        const val NOT_AN_INVITATION = "not-an-invitation"
    }
}

/** Nothing is shared before the age statement, the terms and a name. */
private fun Exception.asksFirst(): Boolean = when (this) {
    is BelayException.Unavailable -> reason == "not-agreed"
    is BelayException.InvalidInput -> field == "display_name"
    else -> false
}

private val BETWEEN_WORDS = Regex("[\\s,\u3001]+")

/** The text with its word number [position], from 1, replaced. */
internal fun String.withWord(position: Int, word: String): String = split(BETWEEN_WORDS).filter(String::isNotEmpty)
    .mapIndexed { index, typed -> if (index + 1 == position) word else typed }
    .joinToString(" ")
