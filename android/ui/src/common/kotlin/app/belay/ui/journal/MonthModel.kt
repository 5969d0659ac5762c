package app.belay.ui.journal

import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.setValue
import app.belay.core.ChangeArea
import app.belay.core.EntryLineView
import app.belay.core.EntryQuery
import app.belay.core.MonthPageView
import app.belay.core.MonthView
import app.belay.ui.Loadable
import app.belay.ui.Loader
import app.belay.ui.Problem
import app.belay.ui.Route
import app.belay.ui.Services
import app.belay.ui.attempt
import app.belay.ui.value
import java.time.YearMonth
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.launch

/** One month of the journal: a calendar, and the entries of the month or of a chosen day. */
class MonthModel(private val services: Services, private val scope: CoroutineScope, val month: String) {
    private val core = services.core
    private val first = "$month-01"
    private var read: MonthPageView? = null
    private val pages = EntryPages(
        begin = { after ->
            val page = core.monthPage(first, after, EntryPages.PAGE_LINES)
            services.shell.presentDay.learn(page.today)
            page.also { read = it }.page
        }
    ) { after ->
        core.entries(EntryQuery(month = first, after = after, limit = EntryPages.PAGE_LINES))
    }
    private val loader = Loader(services, scope, setOf(ChangeArea.JOURNAL, ChangeArea.CHECK_INS)) {
        pages.reload()
        shown(checkNotNull(read))
    }
    private var turning = false

    /** What the month shows. */
    val state: Loadable<MonthPage> get() = loader.state

    /** Something that could not be done, while the month stays. */
    var problem: Problem? by mutableStateOf(null)
        private set

    /** The day whose entries are shown; `null` shows the month's. */
    var chosen: String? by mutableStateOf(null)
        private set

    /** The person's present day. */
    val today: String get() = services.shell.presentDay.value

    /** There is a month after this one that may have entries. */
    val hasNext: Boolean get() = state.value?.hasNext ?: false

    /** The entries that are shown. */
    fun shown(page: MonthPage): List<EntryLineView> = page.lines.filter { chosen == null || it.on == chosen }

    /** Tries again to read the month. */
    fun reload() = loader.reload()

    /** Shows a day's entries, or with a second tap the month's again. */
    fun choose(day: String) {
        chosen = day.takeIf { it != chosen }
        val target = chosen ?: return
        turn {
            while (pages.hasNewer && pages.lines.first().on <= target) pages.newer()
            while (pages.hasOlder && pages.lines.last().on >= target) pages.older()
        }
    }

    /** Reads on towards the beginning of the month. */
    fun older() = turn(pages::older)

    /** Reads back towards its end. */
    fun newer() = turn(pages::newer)

    /** Opens an entry. */
    fun open(line: EntryLineView) = services.navigator.go(Route.JournalEntry(line.name))

    /** Begins an entry about a day. */
    fun writeAbout(day: String) = services.navigator.go(Route.JournalEditor(on = day))

    /** Shows the month before. */
    fun previous() = move(-1)

    /** Shows the month after. */
    fun next() = move(1)

    private fun shown(page: MonthPageView) =
        MonthPage(page.month, pages.lines, pages.hasNewer, pages.hasOlder, page.hasLater)

    private fun move(months: Long) {
        val to = YearMonth.parse(month).plusMonths(months).toString()
        services.navigator.replace(Route.JournalMonth(to))
    }

    private fun turn(page: suspend () -> Unit) {
        val shown = state.value ?: return
        if (turning) return
        turning = true
        scope.launch {
            problem = attempt(services.words) {
                page()
                loader.set(shown.copy(lines = pages.lines, hasNewer = pages.hasNewer, hasOlder = pages.hasOlder))
            }
            turning = false
        }
    }
}

/** What a month shows. */
data class MonthPage(
    val month: MonthView,
    val lines: List<EntryLineView>,
    val hasNewer: Boolean,
    val hasOlder: Boolean,
    val hasNext: Boolean
) {
    /** Never what somebody wrote. */
    override fun toString(): String = "MonthPage(${month.first}, ${lines.size} lines)"
}
