package app.belay.ui.recovery

import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.setValue
import app.belay.core.BelayCoreInterface
import app.belay.ui.Services
import app.belay.ui.onboarding.RecoveryModel
import app.belay.ui.onboarding.WordsSource
import kotlinx.coroutines.CoroutineScope

/** New words in the place of the old ones: drawn, written down, a few asked for, and then they hold. */
class NewWordsModel(val services: Services, private val scope: CoroutineScope) {
    /** The passphrase of a store that has one. */
    var passphrase: String by mutableStateOf("")

    /** The words; null before they are asked for. */
    var drawn: RecoveryModel? by mutableStateOf(null)
        private set

    /** The store has a passphrase, and it was not the right one yet. */
    val asksPassphrase: Boolean get() = drawn?.act?.problem?.code in setOf("locked", "wrong-secret")

    /** Draws them; the old ones hold until these are confirmed. */
    fun draw() {
        drawn = RecoveryModel(services.core, services.words, scope, source = NewWords(services.core)) {
            services.navigator.back()
        }
    }

    private inner class NewWords(private val core: BelayCoreInterface) : WordsSource {
        override suspend fun words(): List<String> = core.drawNewWords()

        override suspend fun confirm(words: String) = core.confirmNewWords(words, passphrase.ifEmpty { null })
    }
}
