package app.belay.ui.journal

import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.setValue
import app.belay.core.ChangeArea
import app.belay.core.EntryView
import app.belay.core.PassageView
import app.belay.ui.Loadable
import app.belay.ui.Loader
import app.belay.ui.Problem
import app.belay.ui.Route
import app.belay.ui.Services
import app.belay.ui.attachments.AttachmentsModel
import app.belay.ui.attempt
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.launch

/** One entry to read: its words, the copies that were given of it, and what can be done with it. */
class EntryModel(private val services: Services, private val scope: CoroutineScope, val name: String) {
    private val core = services.core

    /** What is attached to it. */
    val attached = AttachmentsModel(services, scope, name)
    private val loader = Loader(services, scope, AREAS, ::load)

    /** The entry. */
    val state: Loadable<EntryPage> get() = loader.state

    /** Something that could not be done, while the entry stays. */
    var problem: Problem? by mutableStateOf(null)
        private set

    /** What was just done, in words. */
    var said: String? by mutableStateOf(null)
        private set

    /** The copy that is about to be taken back, until the person says yes or no. */
    var retracting: PassageView? by mutableStateOf(null)
        private set

    /** Tries again to read the entry. */
    fun reload() = loader.reload()

    /** Opens the editor. */
    fun edit() = services.navigator.go(Route.JournalEditor(name = name))

    /** Shows what it said before. */
    fun history() = services.navigator.go(Route.EntryHistory(name))

    /** Begins to share the words from [from] until [to]; the same place twice is all of them. */
    fun share(from: Int, to: Int) = services.navigator.go(Route.SharePassage(name, from, to))

    /** Moves the entry to the deleted ones; the page stays and says so, with the way back. */
    fun delete() = act { core.deleteEntry(name) }

    /** Brings the entry back. */
    fun bringBack() = act { core.restoreEntry(name) }

    /** Shows what was deleted. */
    fun deletedOnes() = services.navigator.go(Route.JournalDeleted)

    /** Asks whether a copy may be taken back. */
    fun askToRetract(passage: PassageView?) {
        retracting = passage
    }

    /** Takes back the copy that was asked about. */
    fun retract() {
        val passage = retracting ?: return
        retracting = null
        scope.launch {
            problem = attempt(services.words) {
                val undone = core.retractPassage(passage.space, passage.name)
                said = if (undone.mayHaveLeft) {
                    services.words.journalPassageBackLeft(passage.partner)
                } else {
                    services.words.journalPassageBackClean
                }
                loader.reload()
            }
        }
    }

    private fun act(command: suspend () -> Unit) {
        scope.launch {
            said = null
            problem = attempt(services.words) {
                command()
                loader.reload()
            }
        }
    }

    private suspend fun load(): EntryPage {
        val page = core.entryPage(name)
        services.shell.presentDay.learn(page.today)
        attached.show(page.attachments)
        return EntryPage(page.entry, page.goals.map { it.title })
    }

    private companion object {
        val AREAS = setOf(ChangeArea.JOURNAL, ChangeArea.PARTNERS, ChangeArea.DELIVERY)
    }
}

/** What the page of an entry shows. */
class EntryPage(val view: EntryView, val goals: List<String>)
