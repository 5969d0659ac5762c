package app.belay.ui.journal

import app.belay.core.EntryCursor
import app.belay.core.EntryLineView
import app.belay.core.EntryPageView
import app.belay.core.FoundEntryView
import app.belay.core.SearchPageView
import kotlinx.coroutines.sync.Mutex
import kotlinx.coroutines.sync.withLock

/**
 * The part of a long list that is held: at most [EntryPages.MAX_PAGES] pages of lines, whatever the list's length.
 * Going down lets go of what is above, and going up lets go of what is below.
 *
 * Places in the list stay true when something is written or deleted elsewhere, so a held part is read again
 * by starting at the same place; it never has a gap.
 */
open class Pages<P, L>(
    private val linesOf: (P) -> List<L>,
    private val nextOf: (P) -> EntryCursor?,
    /** Reads the page the held part begins with, when it is read again; a screen asks for more in the same call. */
    private val begin: (suspend (EntryCursor?) -> P)?,
    private val load: suspend (EntryCursor?) -> P
) {
    private val turn = Mutex()

    /** Where the pages above the held ones begin, the nearest last. */
    private val above = ArrayDeque<EntryCursor?>()

    /** Where the held part begins; `null` is the newest entry. */
    private var start: EntryCursor? = null
    private var held: List<P> = emptyList()

    /** The lines that are held, newest first. */
    val lines: List<L> get() = held.flatMap(linesOf)

    /** Newer entries were let go of and can be had again. */
    val hasNewer: Boolean get() = above.isNotEmpty()

    /** There are older entries than those held. */
    val hasOlder: Boolean get() = held.lastOrNull()?.let(nextOf) != null

    /** Reads the held part again, or its first page. */
    suspend fun reload() = turn.withLock {
        held = chain(start, held.size.coerceAtLeast(1), begin ?: load)
    }

    /** Reads one page further into the past. */
    suspend fun older() = turn.withLock {
        val next = held.lastOrNull()?.let(nextOf) ?: return@withLock
        val page = load(next)
        held = held + page
        if (held.size > EntryPages.MAX_PAGES) {
            above.addLast(start)
            start = nextOf(held.first())
            held = held.drop(1)
        }
    }

    /** Reads one page back towards the present. */
    suspend fun newer() = turn.withLock {
        if (above.isEmpty()) return@withLock
        val pages = chain(above.last(), held.size)
        start = above.removeLast()
        held = pages
    }

    private suspend fun chain(from: EntryCursor?, count: Int, begin: suspend (EntryCursor?) -> P = load): List<P> {
        val pages = mutableListOf(begin(from))
        while (pages.size < count) {
            val next = nextOf(pages.last()) ?: break
            pages += load(next)
        }
        return pages
    }
}

/** The held part of the list of entries. */
class EntryPages(
    begin: (suspend (EntryCursor?) -> EntryPageView)? = null,
    load: suspend (EntryCursor?) -> EntryPageView
) : Pages<EntryPageView, EntryLineView>(EntryPageView::entries, EntryPageView::next, begin, load) {
    companion object {
        /** How many lines a page has. */
        const val PAGE_LINES: UInt = 40u

        /** How many pages are held at most. */
        const val MAX_PAGES: Int = 4
    }
}

/** The held part of what a search found. */
class FoundPages(load: suspend (EntryCursor?) -> SearchPageView) :
    Pages<SearchPageView, FoundEntryView>(SearchPageView::found, SearchPageView::next, null, load)
