package app.belay.ui.journal

import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.setValue
import app.belay.core.ChangeArea
import app.belay.core.FoundEntryView
import app.belay.core.GoalNameView
import app.belay.ui.Problem
import app.belay.ui.Route
import app.belay.ui.Services
import app.belay.ui.attempt
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Job
import kotlinx.coroutines.job
import kotlinx.coroutines.launch

/**
 * Finds entries again while somebody types. What was found stays until the next find is there. What is looked for
 * outlives the process as a draft of the core, and goes when the page is left.
 */
class SearchModel(private val services: Services, private val scope: CoroutineScope) {
    private val core = services.core
    private val kept = PageKeeper(services, "search")
    private var pages: FoundPages? = null
    private var running: Job? = null
    private var turning = false

    /** What is looked for. */
    var asked: SearchAsked by mutableStateOf(SearchAsked())
        private set

    /** What was found; null where nothing was looked for yet, or the first find is on its way. */
    var found: SearchFound? by mutableStateOf(null)
        private set

    /** It is being looked for. */
    var looking: Boolean by mutableStateOf(false)
        private set

    /** Why it cannot be looked for; what was typed stays. */
    var problem: Problem? by mutableStateOf(null)
        private set

    /** The choices are unfolded. */
    var narrows: Boolean by mutableStateOf(false)
        private set

    /** Tags and goals to choose from. */
    var offered: SearchOffered by mutableStateOf(SearchOffered(emptyList(), emptyList()))
        private set

    init {
        scope.launch {
            val before = kept.takeUp()
            if (before != null && asked.isEmpty) change(SearchAsked.of(before)) else keep()
            services.changes.stale(setOf(ChangeArea.JOURNAL, ChangeArea.GOALS)).collect { again() }
        }
        scope.coroutineContext.job.invokeOnCompletion {
            // A window that is made anew comes back to this page; one who left it looks for something else next time.
            val isLeft = Route.JournalSearch !in services.navigator.alive
            if (isLeft) services.scope.launch { kept.drop() }
        }
    }

    /** Looks for something else. */
    fun change(now: SearchAsked) {
        if (now == asked) return
        val isSame = now.question == asked.question
        asked = now
        keep()
        if (!isSame) look()
    }

    /** Looks for these words. */
    fun type(text: String) = change(asked.copy(text = text))

    /** Adds or takes away a mood. */
    fun toggleMood(step: Int) = change(asked.copy(moods = asked.moods.toggled(step)))

    /** Adds or takes away a tag. */
    fun toggleTag(tag: String) = change(asked.copy(tags = asked.tags.toggled(tag)))

    /** Adds or takes away a goal by its title. */
    fun toggleGoal(title: String) = change(asked.copy(goals = asked.goals.toggled(title)))

    /** Takes the first day it may be about; a last day that lies before it goes. */
    fun from(day: String?) = change(asked.copy(from = day, until = asked.until?.takeIf { day == null || it >= day }))

    /** Takes the last day it may be about; a first day that lies after it goes. */
    fun until(day: String?) = change(asked.copy(until = day, from = asked.from?.takeIf { day == null || it <= day }))

    /** Looks everywhere for the same words. */
    fun widen() = change(SearchAsked(text = asked.text))

    /** Begins anew. */
    fun clear() {
        narrows = false
        change(SearchAsked())
    }

    /** Unfolds the choices, or folds them. */
    fun narrow() {
        narrows = !narrows
        if (!narrows) return
        scope.launch {
            problem = attempt(services.words) {
                val editor = core.entryEditor(null, null)
                services.shell.presentDay.learn(editor.today)
                offered = SearchOffered(editor.tags, editor.goals)
            } ?: problem
        }
    }

    /** Opens an entry. */
    fun open(entry: FoundEntryView) = services.navigator.go(Route.JournalEntry(entry.entry.name))

    /** Looks once more, as after a problem. */
    fun retry() = look()

    /** Reads further into the past. */
    fun older() = turn { it.older() }

    /** Reads back towards the present. */
    fun newer() = turn { it.newer() }

    private fun look() {
        running?.cancel()
        problem = null
        pages = null
        looking = !asked.isEmpty
        if (asked.isEmpty) {
            found = null
            return
        }
        val question = asked.question
        val fresh = FoundPages { after -> core.search(question, after, EntryPages.PAGE_LINES) }
        running = scope.launch {
            problem = attempt(services.words) {
                fresh.reload()
                pages = fresh
                found = fresh.shown()
            }
            looking = false
        }
    }

    /** Something was written or deleted: what is shown is read again where it stands. */
    private fun again() {
        val held = pages ?: return
        scope.launch {
            attempt(services.words) {
                held.reload()
                if (pages === held) found = held.shown()
            }
        }
    }

    private fun turn(page: suspend (FoundPages) -> Unit) {
        val held = pages ?: return
        if (turning) return
        turning = true
        scope.launch {
            val trouble = attempt(services.words) { page(held) }
            if (pages === held) {
                problem = trouble
                found = held.shown()
            }
            turning = false
        }
    }

    private fun keep() = kept.keep(!asked.isEmpty, asked.fields(), asked.text)

    private fun FoundPages.shown() = SearchFound(lines, hasNewer, hasOlder)
}

/** The entries that were found, newest first, of which a bounded part is held. */
class SearchFound(val entries: List<FoundEntryView>, val hasNewer: Boolean, val hasOlder: Boolean) {
    /** Whether these are all there are. */
    val isAll: Boolean get() = !hasNewer && !hasOlder
}

/** What can be chosen to narrow a search down. */
class SearchOffered(val tags: List<String>, val goals: List<GoalNameView>)

private fun <T> Set<T>.toggled(one: T): Set<T> = if (one in this) this - one else this + one

private fun <T> List<T>.toggled(one: T): List<T> = if (one in this) this - one else this + one
