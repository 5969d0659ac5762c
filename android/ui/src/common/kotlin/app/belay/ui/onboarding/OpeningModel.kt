package app.belay.ui.onboarding

import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.setValue
import app.belay.core.BelayCoreInterface
import app.belay.core.BelayException
import app.belay.core.FarewellView
import app.belay.ui.Doing
import app.belay.ui.Problem
import app.belay.ui.Shell
import app.belay.ui.problemOf
import app.belay.ui.recovery.WordsTyped
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.launch

/** What stands where the store should be. */
sealed interface Opening {
    /** Being looked at. */
    data object Looking : Opening

    /** There is none: a person begins. */
    data object Welcome : Opening

    /** It asks for its passphrase; [wrong] when the last one was another. */
    data class Passphrase(val wrong: Boolean = false) : Opening

    /** Its key is not on this device. */
    data object KeyLost : Opening

    /** The keystore does not hand out its key now; it may later. */
    data object KeyAway : Opening

    /** It is empty and waits to become one of a person's devices: [join] goes on with that. */
    data class Waiting(val join: JoinModel) : Opening

    /** A newer Belay wrote it. */
    data object Newer : Opening

    /** It could not be read and lies at [place], whole. */
    data class Damaged(val place: String) : Opening

    /** Everything in it was deleted, and [left] is still to be said. */
    data class Going(val left: FarewellView?) : Opening

    /** Nothing is left of it. */
    data object Gone : Opening

    /** It is open. */
    data class Open(val core: BelayCoreInterface) : Opening

    /** Something else is in the way. */
    data class Trouble(val problem: Problem) : Opening
}

/** Opens what lies here, or says what is in the way and what can be done about it. */
class OpeningModel(
    val door: StoreDoor,
    val shell: Shell,
    private val scope: CoroutineScope,
    /** What was typed in the pages a person begins with. */
    private val beginning: Beginning = Beginning()
) {
    /** What stands here now. */
    var state: Opening by mutableStateOf(Opening.Looking)
        private set

    /** The passphrase as typed; kept when it was another. */
    var passphrase: String by mutableStateOf("")

    /** Whether erasing what lies here is being asked about. */
    var asksToErase: Boolean by mutableStateOf(false)
        private set

    /** What was set going from one of the states. */
    val act = Doing(scope, shell.words)

    /** The words that open what lies here without its key; null where nobody types them. */
    var withWords: WordsTyped? by mutableStateOf(null)
        private set

    private var begun: OnboardingModel? = null

    /** The pages a person begins with; they stay as they are while Help now or the lock lies over them. */
    val onboarding: OnboardingModel
        get() = begun ?: OnboardingModel(door, shell, scope, ::look, beginning, ::take).also { begun = it }

    init {
        look()
    }

    /** Looks again. */
    fun look() {
        scope.launch { state = found() }
    }

    /** Takes the store that somebody has just made. */
    fun take(core: BelayCoreInterface) {
        begun = null
        beginning.forget()
        state = Opening.Open(core)
    }

    /** The open store was deleted or closed. */
    fun closed() {
        state = Opening.Looking
        look()
    }

    /** Begins anew beside what was set aside, or after everything is gone. */
    fun begin() {
        begun = null
        beginning.forget()
        state = Opening.Welcome
    }

    /** Opens with what was typed. */
    fun unlock() = act.run {
        val typed = passphrase
        val next = opened(typed)
        if (next is Opening.Open || next is Opening.Waiting) passphrase = ""
        state = next
    }

    /** Opens the field for the words, or closes it. */
    fun typeWords(wanted: Boolean) {
        withWords = if (wanted) WordsTyped() else null
    }

    /** Opens what lies here with the words, and gives it a new key. */
    fun openWithWords() {
        val typed = withWords ?: return
        act.run(caught = typed::understands) {
            take(door.openWithWords(typed.words()))
            withWords = null
        }
    }

    /** Asks before anything is erased. */
    fun askToErase(asks: Boolean) {
        asksToErase = asks
    }

    /** Erases what lies here, without opening it and without telling anybody. */
    fun eraseNow() = act.run {
        door.eraseNow()
        asksToErase = false
        if (state is Opening.Going) state = Opening.Gone else begin()
    }

    /** Sends what a deleted store has still to say. */
    fun finish() = act.run {
        val left = door.sendFarewell(passphrase.ifEmpty { null })
        state = if (left.finished) Opening.Gone else Opening.Going(left)
    }

    private suspend fun found(): Opening = catching {
        when {
            // Its recovery words are still being shown, in a window before this one.
            beginning.made != null -> Opening.Welcome

            !door.exists() -> Opening.Welcome

            door.needsPassphrase() -> Opening.Passphrase()

            else -> opened(null)
        }
    }

    private suspend fun opened(typed: String?): Opening = catching {
        val core = door.open(typed)
        if (core.isWaitingDevice()) Opening.Waiting(JoinModel(door, shell, scope, core, ::take)) else Opening.Open(core)
    }

    @Suppress("TooGenericExceptionCaught") // there is no store to report to: the screen says it
    private suspend fun catching(look: suspend () -> Opening): Opening = try {
        look()
    } catch (stopped: CancellationException) {
        throw stopped
    } catch (error: Exception) {
        stateOf(error)
    }

    private suspend fun stateOf(error: Exception): Opening = when (error) {
        is BelayException.Locked -> if (door.keyIsGone()) Opening.KeyLost else Opening.KeyAway
        is BelayException.WrongSecret -> wrongSecret()
        is BelayException.NewerData -> Opening.Newer
        is BelayException.DataDamaged -> Opening.Damaged(error.backupPath)
        is BelayException.NotFound -> Opening.Welcome
        is BelayException.Unavailable -> unavailable(error)
        else -> Opening.Trouble(problemOf(error, shell.words))
    }

    private fun wrongSecret(): Opening = if (passphrase.isEmpty()) Opening.KeyLost else Opening.Passphrase(wrong = true)

    private suspend fun unavailable(error: BelayException.Unavailable): Opening {
        if (error.reason != BEING_DELETED) return Opening.Trouble(problemOf(error, shell.words))
        // How much is left is nice to know; that it goes is what matters.
        val left = runCatching { door.farewellLeft(passphrase.ifEmpty { null }) }.getOrNull()
        return Opening.Going(left)
    }

    private companion object {
        const val BEING_DELETED = "being-deleted"
    }
}
