package app.belay.ui.bench

import app.belay.core.EntryQuery
import app.belay.ui.journal.EntryPages
import java.lang.ref.WeakReference
import kotlinx.coroutines.runBlocking

private const val KB = 1024

/**
 * Goes through the whole journal page by page, as the list does, and prints what the heap holds after its first
 * page and after its last: `{"list":"journal","lines":3650,"first_kb":2100,"last_kb":2180}`.
 */
object ListBench {
    /** FOLDER NOW_MS. */
    @JvmStatic
    fun main(line: Array<String>) = runBlocking {
        val core = BenchStore.of(line).open()
        val pages = EntryPages { after -> core.entries(EntryQuery(after = after, limit = EntryPages.PAGE_LINES)) }
        pages.reload()
        // Classes and caches that come with the second page are no page's.
        pages.older()
        pages.newer()
        val first = heldKb()
        val seen = mutableSetOf<Int>()
        var lines = 0
        while (true) {
            lines += pages.lines.count { seen.add(it.name.hashCode()) }
            if (!pages.hasOlder) break
            pages.older()
        }
        seen.clear()
        val last = heldKb()
        println("""{"list":"journal","lines":$lines,"first_kb":$first,"last_kb":$last,"held":${pages.lines.size}}""")
        core.shutdown()
    }

    /** What is reachable, once nothing else is left to collect. */
    private fun heldKb(): Long {
        val canary = WeakReference(Any())
        while (canary.get() != null) System.gc()
        System.gc()
        val runtime = Runtime.getRuntime()
        return (runtime.totalMemory() - runtime.freeMemory()) / KB
    }
}
