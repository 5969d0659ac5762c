package app.belay.ui.people

import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.setValue
import app.belay.core.DocName
import app.belay.core.NewResponse
import app.belay.core.PersonId
import app.belay.core.ResponseKind
import app.belay.core.SpaceId
import app.belay.core.starters
import app.belay.ui.Doing
import app.belay.ui.Services
import app.belay.ui.journal.PageKeeper
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.launch

/** Whose words are answered, and which. */
class AnswerTo(val space: SpaceId, val person: PersonId, val about: DocName, val name: String)

/** An answer being written: a kind, and words where one likes. What was typed stays whatever happens. */
class AnswerModel(
    private val services: Services,
    scope: CoroutineScope,
    val to: AnswerTo,
    kind: ResponseKind = ResponseKind.I_HEAR_YOU,
    private val onClose: (sent: Boolean) -> Unit
) {
    /** The kind. */
    var kind: ResponseKind by mutableStateOf(kind)
        private set

    /** The words. */
    var text: String by mutableStateOf("")
        private set

    private val kept = PageKeeper(services, "answer", to.about)

    val act = Doing(scope, services.words)

    /** Ways to begin, in the person's language. */
    val starters: List<String> get() = starters(kind, services.words.languageTag)

    init {
        scope.launch {
            val before = kept.takeUp()
            if (before != null && text.isEmpty()) text = before.body else keep()
        }
    }

    /** Takes the words; they are kept with every keystroke. */
    fun write(words: String) {
        text = words
        keep()
    }

    /** Chooses another kind; the words stay. */
    fun choose(chosen: ResponseKind) {
        kind = chosen
        act.problem = null
    }

    /** Takes a way to begin; words that are there already stay before it. */
    fun begin(starter: String) {
        write(if (text.isBlank()) starter else "$text $starter")
    }

    /** Sends it. */
    fun send() = act.run {
        services.core.respond(
            NewResponse(to.space, to.person, to.about, kind, text.trim().ifEmpty { null })
        )
        kept.drop()
        onClose(true)
    }

    /** Closes without an answer; what was typed of it waits until it is begun again. */
    fun close() = onClose(false)

    private fun keep() = kept.keep(text.isNotBlank(), emptyList(), text)
}
