package app.belay.ui.journal

import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.setValue
import app.belay.core.ChangeArea
import app.belay.core.DeletedEntryView
import app.belay.core.SetAsideView
import app.belay.ui.Loadable
import app.belay.ui.Loader
import app.belay.ui.Problem
import app.belay.ui.Services
import app.belay.ui.attempt
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.launch

/** What was deleted: by oneself in the last thirty days, and by another own device beyond a day's measure. */
class DeletedPage(val entries: List<DeletedEntryView>, val aside: List<SetAsideView>)

/** Entries that were deleted in the last thirty days: to bring back, or to erase for good. */
class DeletedModel(private val services: Services, private val scope: CoroutineScope) {
    private val core = services.core
    private val loader = Loader(services, scope, setOf(ChangeArea.JOURNAL)) {
        DeletedPage(core.deletedEntries(), core.setAside())
    }

    /** The deleted entries, latest deletion first, and what lies aside. */
    val state: Loadable<DeletedPage> get() = loader.state

    /** Something that could not be done, while the list stays. */
    var problem: Problem? by mutableStateOf(null)
        private set

    /** What was just done, in words. */
    var said: String? by mutableStateOf(null)
        private set

    /** The entry that is about to be erased, until the person says yes or no. */
    var erasing: DeletedEntryView? by mutableStateOf(null)
        private set

    /** Tries again to read the list. */
    fun reload() = loader.reload()

    /** Brings an entry back into the journal. */
    fun bringBack(entry: DeletedEntryView) = act {
        core.restoreEntry(entry.entry.name)
        services.words.journalBroughtBack
    }

    /** Asks whether an entry may be erased for good. */
    fun askToErase(entry: DeletedEntryView?) {
        erasing = entry
    }

    /** Erases the entry that was asked about; beyond what may go in a day it stays here until its time. */
    fun erase() {
        val entry = erasing ?: return
        erasing = null
        act {
            core.eraseEntry(entry.entry.name)
            val waits = core.deletedEntries().any { it.entry.name == entry.entry.name && it.eraseAsked }
            if (waits) services.words.setAsideHidden else services.words.journalErased
        }
    }

    /** Brings back all that another device erased beyond a day's measure. */
    fun bringBackAside() {
        val names = loader.loaded?.aside?.map { it.name } ?: return
        act { services.words.setAsideCameBack(core.bringBack(names).toInt()) }
    }

    private fun act(command: suspend () -> String) {
        scope.launch {
            said = null
            problem = attempt(services.words) { said = command() }
            loader.reload()
        }
    }
}
