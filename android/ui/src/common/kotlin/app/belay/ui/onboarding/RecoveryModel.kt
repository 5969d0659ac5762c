package app.belay.ui.onboarding

import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateMapOf
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.setValue
import app.belay.core.BelayCoreInterface
import app.belay.core.BelayException
import app.belay.ui.Doing
import app.belay.ui.Services
import app.belay.words.Words
import kotlinx.coroutines.CoroutineScope

/** How many words are asked for, to see that all were written down. */
const val ASKED_WORDS = 3

/** Where the person is with the recovery words. */
enum class RecoveryStep { LOADING, SHOWN, ASKED, DONE, GONE }

/** Where words come from, and who says that they are on paper. */
interface WordsSource {
    /** The words. */
    suspend fun words(): List<String>

    /** Takes all of them as they were written down. */
    suspend fun confirm(words: String)
}

/** The words of the beginning. */
private class FirstWords(private val core: BelayCoreInterface) : WordsSource {
    override suspend fun words(): List<String> = core.recoveryWords()

    override suspend fun confirm(words: String) = core.confirmRecoveryWords(words)
}

/**
 * The recovery words: shown, asked for by a few, and forgotten by this device once they are right. They may be
 * put off, and stay due then. Whether what was typed is right, the core says: it is handed all the words, with
 * what was typed in their places.
 */
class RecoveryModel(
    core: BelayCoreInterface,
    private val text: Words,
    scope: CoroutineScope,
    private val pick: (Int) -> List<Int> = { count -> (1..count).shuffled().take(ASKED_WORDS).sorted() },
    private val source: WordsSource = FirstWords(core),
    private val onLeave: () -> Unit
) {
    var step: RecoveryStep by mutableStateOf(RecoveryStep.LOADING)
        private set

    /** The words, as long as they are shown. */
    var words: List<String> by mutableStateOf(emptyList())
        private set

    /** Which words are asked for, from 1. */
    var asked: List<Int> by mutableStateOf(emptyList())
        private set

    /** What was typed, by the number of the word. */
    val typed = mutableStateMapOf<Int, String>()

    /** What was typed is not what was shown. */
    var isDifferent: Boolean by mutableStateOf(false)
        private set

    val act = Doing(scope, text)

    /** Whether every word that is asked for has something. */
    val canCheck: Boolean get() = asked.all { !typed[it].isNullOrBlank() }

    init {
        load()
    }

    /** Gets the words from the store. */
    fun load() = act.run(caught = ::wereConfirmed) {
        words = source.words()
        step = RecoveryStep.SHOWN
    }

    /** The person has written them down: a few are asked for. */
    fun written() {
        asked = pick(words.size)
        typed.clear()
        isDifferent = false
        step = RecoveryStep.ASKED
    }

    /** Shows them again; what was typed stays until they are asked for anew. */
    fun showAgain() {
        step = RecoveryStep.SHOWN
    }

    /** Takes one of the words that are asked for. */
    fun type(number: Int, word: String) {
        typed[number] = word
        isDifferent = false
    }

    /** Hands the words to the core with what was typed in their places. */
    fun check() = act.run(caught = ::isNotTheSame) {
        val all = words.mapIndexed { index, word -> typed[index + 1]?.trim()?.takeIf { index + 1 in asked } ?: word }
        source.confirm(all.joinToString(" "))
        words = emptyList()
        typed.clear()
        step = RecoveryStep.DONE
    }

    /** Puts them off, or goes on. */
    fun leave() = onLeave()

    private fun isNotTheSame(error: Exception): Boolean {
        isDifferent = error is BelayException.InvalidInput
        return isDifferent || wereConfirmed(error)
    }

    private fun wereConfirmed(error: Exception): Boolean {
        val gone = error is BelayException.Unavailable && error.reason == "no-recovery-words"
        if (gone) step = RecoveryStep.GONE
        return gone
    }
}

/** The recovery words over an open store; leaving goes back. */
fun recoveryModel(services: Services, scope: CoroutineScope): RecoveryModel =
    RecoveryModel(services.core, services.words, scope) { services.navigator.back() }
