package app.belay.ui.journal

import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.setValue
import app.belay.core.WritingOffersView
import app.belay.ui.Loadable
import app.belay.ui.Services
import app.belay.ui.attempt
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.launch

/** Questions and templates to write by, read when somebody asks for them. */
class OffersModel(private val services: Services, private val scope: CoroutineScope) {
    private var askedFor: String? = null

    /** What there is to write by. */
    var state: Loadable<WritingOffersView> by mutableStateOf(Loadable.Loading)
        private set

    /** All questions are shown, not only those for the day. */
    var showsAll: Boolean by mutableStateOf(false)
        private set

    /** The template that is looked at, by its name. */
    var opened: String? by mutableStateOf(null)
        private set

    /** Reads them for a day; null is the present one. */
    fun load(on: String?) {
        if (state is Loadable.Ready && on == askedFor) return
        askedFor = on
        scope.launch {
            val problem = attempt(services.words) {
                state = Loadable.Ready(services.core.writingOffers(services.words.languageTag, on))
            }
            problem?.let { state = Loadable.Failed(it) }
        }
    }

    /** Shows all questions, or only those for the day. */
    fun toggleAll() {
        showsAll = !showsAll
    }

    /** Unfolds a template, or folds it. */
    fun toggle(template: String) {
        opened = template.takeUnless { it == opened }
    }
}
