package app.belay.ui.journal

import app.belay.core.BelayException
import app.belay.core.DeletedEntryView
import app.belay.core.EntryPageView
import app.belay.core.EntryQuery
import app.belay.core.SetAsideView
import app.belay.core.TakenBackKindView
import app.belay.ui.Route
import app.belay.ui.testkit.EVENING_MS
import app.belay.ui.testkit.Shot
import app.belay.ui.testkit.Shots
import app.belay.ui.testkit.testServices

private const val GIVEN = "I asked Lena to take the Thursday meeting. She just said yes."
private val begins = longWayHome.entry.text.indexOf(GIVEN)
private val sharing = Route.SharePassage("e1", begins, begins + GIVEN.length)

/** The pictures of the journal. */
val journalShots: List<Shot> = listOf(
    Shots.app("journal", { JournalCore(kept = listOf(halfAThought)) }, Route.Journal),
    Shots.app("journal-empty", { JournalCore(lines = emptyList()) }, Route.Journal),
    Shots.app("journal-error", { DamagedJournal() }, Route.Journal),
    Shots.app("journal-month", { JournalCore() }, Route.Journal, Route.JournalMonth("2026-03")),
    Shots.app("journal-entry", { JournalCore() }, Route.Journal, Route.JournalEntry("e1")),
    Shots.app("journal-editor", { JournalCore(kept = listOf(halfAThought)) }, Route.Journal, Route.JournalEditor()),
    Shots.app("journal-share", { JournalCore(partners = listOf(partner())) }, Route.Journal, sharing),
    Shots.app("journal-deleted", { JournalCore() }, Route.Journal, Route.JournalDeleted),
    Shots.app("journal-set-aside", { EmptiedElsewhere() }, Route.Journal, Route.JournalDeleted)
)

/** Pages of the journal with a sheet over them. */
val journalSheetShots: List<Shot> = listOf(
    Shot("journal-not-compared") { shell ->
        val services = testServices(JournalCore(partners = listOf(partner()), compared = false), shell)
        ShareScreen(services, ShareModel(services, shell.scope, "e1", begins, begins + GIVEN.length).apply { give() })
    }
)

/** A journal of which another device erased a great deal, and where one entry waits after this one erased it. */
class EmptiedElsewhere : JournalCore() {
    /** What was brought back. */
    val back = mutableListOf<String>()

    override suspend fun deletedEntries(): List<DeletedEntryView> =
        super.deletedEntries().take(1).map { it.copy(eraseAsked = true, erasedAtMs = EVENING_MS + WAITS_MS) }

    override suspend fun setAside(): List<SetAsideView> =
        listOf(aside("a1", "2026-02-20", "A long way home"), aside("a2", "2026-02-19", "")).filterNot {
            it.name in back
        }

    override suspend fun bringBack(names: List<String>): ULong {
        back += names
        return names.size.toULong()
    }

    private fun aside(name: String, on: String, excerpt: String) = SetAsideView(
        kind = TakenBackKindView.ENTRY,
        name = name,
        excerpt = excerpt,
        on = on,
        by = "Old tablet",
        sinceMs = EVENING_MS - HOUR_MS,
        destroyedAtMs = EVENING_MS + WAITS_MS
    )

    private companion object {
        const val HOUR_MS = 3_600_000L
        const val WAITS_MS = 48 * HOUR_MS
    }
}

private class DamagedJournal : JournalCore() {
    override suspend fun entries(query: EntryQuery): EntryPageView = throw BelayException.Internal("projection")
}
