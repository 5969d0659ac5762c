package app.belay.ui.bench

import app.belay.core.BelayCoreInterface
import app.belay.core.EntryQuery
import app.belay.ui.journal.EntryPages
import java.time.LocalDate
import kotlinx.coroutines.runBlocking

private const val WARM_UP_NS = 2_000_000_000L
private const val WARM_UP_LEAST = 30
private const val SAMPLES = 60
private const val NS_PER_US = 1_000

/** The one call of each screen, through the binding. */
private val calls: List<Pair<String, suspend (BelayCoreInterface, Subjects) -> Any?>> = listOf(
    "today" to { core, _ -> core.today() },
    "check_in_form" to { core, _ -> core.checkInForm(null, null, "en") },
    "journal_page" to { core, _ -> core.journalPage(EntryQuery(limit = EntryPages.PAGE_LINES)) },
    "entry_page" to { core, its -> core.entryPage(its.entry) },
    "entry_editor" to { core, its -> core.entryEditor(its.entry) },
    "share_page" to { core, its -> core.sharePage(its.entry) },
    "month_page" to { core, its -> core.monthPage(its.today, limit = EntryPages.PAGE_LINES) },
    "goals_page" to { core, _ -> core.goalsPage() },
    "goal_page" to { core, its -> core.goalPage(its.goal, its.monthAgo, its.today) },
    "people" to { core, _ -> core.people() },
    "partner" to { core, its -> core.partner(its.space) },
    "they_see" to { core, its -> core.theySee(its.space) },
    "settings_page" to { core, _ -> core.settingsPage() },
    "status" to { core, _ -> core.status() },
    "help_now" to { core, _ -> core.helpNow("DE", "en") }
)

/** What the calls are about: the newest entry, the first goal, the only partner, the present day. */
private class Subjects(val today: String, val entry: String, val goal: String, val space: String) {
    val monthAgo: String = LocalDate.parse(today).minusMonths(1).toString()
}

/**
 * Measures every screen's one call with the store that the command line names, and prints the median of each as
 * a line of JSON: `{"call":"today","p50_us":812,"samples":60}`.
 */
object CallBench {
    /** FOLDER NOW_MS. */
    @JvmStatic
    fun main(line: Array<String>) = runBlocking {
        val core = BenchStore.of(line).open()
        val subjects = subjectsOf(core)
        for ((name, call) in calls) {
            val median = median { call(core, subjects) }
            println("""{"call":"$name","p50_us":$median,"samples":$SAMPLES}""")
        }
        core.shutdown()
    }

    private suspend fun subjectsOf(core: BelayCoreInterface) = Subjects(
        today = core.todayOn(),
        entry = core.entries(EntryQuery(limit = 1u)).entries.first().name,
        goal = core.goals().first().name,
        space = core.partners().first().space
    )

    private suspend fun median(call: suspend () -> Any?): Long {
        val warmUntil = System.nanoTime() + WARM_UP_NS
        var warm = 0
        while (warm < WARM_UP_LEAST || System.nanoTime() < warmUntil) {
            call()
            warm++
        }
        val took = LongArray(SAMPLES) {
            val from = System.nanoTime()
            call()
            System.nanoTime() - from
        }
        took.sort()
        return took[SAMPLES / 2] / NS_PER_US
    }
}
