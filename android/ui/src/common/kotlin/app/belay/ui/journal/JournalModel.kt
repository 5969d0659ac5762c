package app.belay.ui.journal

import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.setValue
import app.belay.core.ChangeArea
import app.belay.core.DraftView
import app.belay.core.EntryCursor
import app.belay.core.EntryLineView
import app.belay.core.EntryPageView
import app.belay.core.EntryQuery
import app.belay.ui.Loadable
import app.belay.ui.Loader
import app.belay.ui.Problem
import app.belay.ui.Route
import app.belay.ui.Services
import app.belay.ui.attempt
import app.belay.ui.value
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.launch

/** The journal's list: drafts that wait, then entries, newest first, of which a bounded part is held. */
class JournalModel(private val services: Services, private val scope: CoroutineScope) {
    private val core = services.core
    private var drafts: List<DraftView> = emptyList()
    private val pages = EntryPages(::begin) { after -> core.entries(query(after)) }
    private val loader = Loader(services, scope, setOf(ChangeArea.JOURNAL, ChangeArea.DRAFTS)) {
        pages.reload()
        read()
    }
    private var turning = false

    /** What the list shows. */
    val state: Loadable<JournalList> get() = loader.state

    /** Something that could not be done, while the list stays. */
    var problem: Problem? by mutableStateOf(null)
        private set

    /** The draft that is about to be let go of, until the person says yes or no. */
    var letting: DraftView? by mutableStateOf(null)
        private set

    /** Tries again to read the list. */
    fun reload() {
        problem = null
        loader.reload()
    }

    /** Reads further into the past; the newest lines held go. */
    fun older() = turn(pages::older)

    /** Reads back towards the present; the oldest lines held go. */
    fun newer() = turn(pages::newer)

    /** Opens an entry. */
    fun open(line: EntryLineView) = services.navigator.go(Route.JournalEntry(line.name))

    /** Begins an entry about the present day, or goes on with the one that was begun. */
    fun write() = services.navigator.go(Route.JournalEditor())

    /** Goes on with a draft. */
    fun goOn(draft: DraftView) = services.navigator.go(Route.JournalEditor(name = draft.about, draft = draft.id))

    /** Shows the calendar of the present month. */
    fun calendar() {
        services.navigator.go(Route.JournalMonth(monthOf(services.shell.presentDay.value)))
    }

    /** Looks for words that were written. */
    fun search() = services.navigator.go(Route.JournalSearch)

    /** Shows what was deleted. */
    fun deleted() = services.navigator.go(Route.JournalDeleted)

    /** Asks whether a draft may go. */
    fun askToLetGo(draft: DraftView?) {
        letting = draft
    }

    /** Lets go of the draft that was asked about. */
    fun letGo() {
        val draft = letting ?: return
        letting = null
        scope.launch {
            problem = attempt(services.words) {
                core.dropDraft(draft.id)
                services.picks.drop(EntryDraft.read(draft.text).picks)
            }
            loader.reload()
        }
    }

    private fun turn(page: suspend () -> Unit) {
        if (turning || state.value == null) return
        turning = true
        scope.launch {
            problem = attempt(services.words) {
                page()
                loader.set(read())
            }
            turning = false
        }
    }

    /** The page in one call of the core: the drafts come with the first lines. */
    private suspend fun begin(after: EntryCursor?): EntryPageView {
        val page = core.journalPage(query(after))
        drafts = page.drafts.filter { it.isEntry }
        services.picks.sweep(
            drafts.flatMapTo(mutableSetOf()) { draft ->
                EntryDraft.read(draft.text).picks.map { it.file }
            }
        )
        services.shell.presentDay.learn(page.today)
        return page.page
    }

    private fun query(after: EntryCursor?) = EntryQuery(after = after, limit = EntryPages.PAGE_LINES)

    private fun read() = JournalList(
        lines = pages.lines,
        drafts = drafts,
        hasNewer = pages.hasNewer,
        hasOlder = pages.hasOlder
    )
}

/** What the journal's list shows. */
data class JournalList(
    val lines: List<EntryLineView>,
    val drafts: List<DraftView>,
    val hasNewer: Boolean,
    val hasOlder: Boolean
) {
    /** Nothing was written yet. */
    val isEmpty: Boolean get() = lines.isEmpty() && drafts.isEmpty() && !hasNewer

    /** Never what somebody wrote. */
    override fun toString(): String = "JournalList(${lines.size} lines, ${drafts.size} drafts)"
}

/** "2026-11" of a day. */
fun monthOf(day: String): String = day.take(MONTH_CHARS)

private const val MONTH_CHARS = 7
