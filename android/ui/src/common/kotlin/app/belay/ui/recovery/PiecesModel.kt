package app.belay.ui.recovery

import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableIntStateOf
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.setValue
import app.belay.core.ChangeArea
import app.belay.core.MadeSharesView
import app.belay.core.NewShares
import app.belay.core.PartnerView
import app.belay.core.RecoveryView
import app.belay.core.SpaceId
import app.belay.ui.Doing
import app.belay.ui.Loader
import app.belay.ui.Services
import app.belay.ui.isTogether
import kotlinx.coroutines.CoroutineScope

/** Whom a piece can go to, and how coming back stands. */
class PiecesPage(val recovery: RecoveryView, val partners: List<PartnerView>)

/** Cuts the words into pieces: who keeps one, how many on paper, how many are needed. */
class PiecesModel(val services: Services, scope: CoroutineScope, val typed: WordsTyped = WordsTyped()) {
    val page: Loader<PiecesPage> = Loader(services, scope, setOf(ChangeArea.PARTNERS, ChangeArea.SETTINGS)) {
        PiecesPage(services.core.recovery(), services.core.partners().filter { it.isTogether })
    }

    /** Partners who keep one. */
    var partners: Set<SpaceId> by mutableStateOf(emptySet())
        private set

    /** How many more on paper. */
    var onPaper: Int by mutableIntStateOf(0)

    /** How many are needed, of those there are. */
    var needed: Int by mutableIntStateOf(LEAST)

    /** The pieces that were made; their texts are shown now and never again. */
    var made: MadeSharesView? by mutableStateOf(null)
        private set

    /** Asking for all pieces to be dropped is being asked about. */
    var asksBack: Boolean by mutableStateOf(false)
        private set

    val act = Doing(scope, services.words)

    /** How many there would be. */
    val count: Int get() = partners.size + onPaper

    /** Whether the words have to be typed. */
    val needsWords: Boolean get() = page.loaded?.recovery?.wordsHere == false

    /** Whether pieces can be made now. */
    val canMake: Boolean get() = count >= needed && (!needsWords || typed.isThere) && !act.busy

    /** Gives a partner one, or not. */
    fun toggle(space: SpaceId) {
        partners = if (space in partners) partners - space else partners + space
    }

    /** Makes the pieces. */
    fun make() = act.run(caught = typed::understands) {
        val words = typed.words().takeIf { needsWords }
        made = services.core.makeShares(NewShares(words, needed.toUByte(), partners.toList(), onPaper.toUByte()))
        typed.forget()
        page.reload()
    }

    /** Hands a piece to the system: to print, to send, to keep. */
    fun send(text: String) = services.platform.shareText(text)

    /** Which of the set the piece on a card is: partners have the first ones. */
    fun numberOf(made: MadeSharesView, card: Int): Int = made.count.toInt() - made.onPaper.size + card + 1

    /** Asks before anything is asked of partners, or turns back. */
    fun askBack(asks: Boolean) {
        asksBack = asks
        act.problem = null
    }

    /** Asks every partner's Belay to drop its piece. */
    fun takeBack() = act.run {
        services.core.takeSharesBack()
        asksBack = false
        made = null
        page.reload()
    }

    companion object {
        /** One piece alone must give nothing. */
        const val LEAST = 2

        /** As many as anybody keeps apart. */
        const val MOST_ON_PAPER = 5
    }
}
