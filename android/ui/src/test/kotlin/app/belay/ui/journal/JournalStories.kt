package app.belay.ui.journal

import app.belay.core.BelayException
import app.belay.core.DeletedEntryView
import app.belay.core.DeliveryView
import app.belay.core.DraftView
import app.belay.core.EntryLineView
import app.belay.core.EntryPageView
import app.belay.core.EntryQuery
import app.belay.core.EntryView
import app.belay.core.MonthDayView
import app.belay.core.MonthView
import app.belay.core.NewPassage
import app.belay.core.PartnerView
import app.belay.core.PassagePreviewView
import app.belay.core.SharedMoment
import app.belay.core.SharedPassage
import app.belay.ui.testkit.EVENING_MS
import app.belay.ui.testkit.FakeCore

private const val HOUR_MS = 3_600_000L
private const val DAY_MS = 24 * HOUR_MS

/** A few weeks of somebody's journal, as pictures and tests show it. */
val someWeeks: List<EntryLineView> = listOf(
    entryLine(
        "e1",
        title = "The long way home",
        excerpt = "Walked home along the river instead of taking the bus. Thought about what Sam said about asking " +
            "before the week gets full.",
        mood = 4,
        tags = listOf("walk", "work")
    ),
    entryLine(
        "e2",
        on = "2026-03-01",
        excerpt = "Slept badly again. Mum’s appointment is on Thursday and I keep doing the sums in my head.",
        mood = 2,
        tags = listOf("family"),
        edited = true
    ),
    entryLine(
        "e3",
        on = "2026-02-27",
        excerpt = "Said no to the extra shift. It felt strange and then it felt quiet.",
        mood = 3,
        late = true
    ),
    entryLine("e4", on = "2026-02-24", title = "What helped this month", excerpt = "Swimming. The list on the fridge."),
    entryLine("e5", on = "2026-02-20", excerpt = "Jonas brought soup. I did not have to explain.", mood = 5),
    entryLine("e6", on = "2026-02-17", excerpt = "Too tired for words.", mood = 1)
)

/** The entry of the pictures. */
val longWayHome: EntryView = entry(
    "e1",
    title = "The long way home",
    text = "Walked home along the river instead of taking the bus. Thought about what Sam said about asking before " +
        "the week gets full.\n\nI asked Lena to take the Thursday meeting. She just said yes. All that rehearsing, " +
        "and she just said yes.\n\nTomorrow: lunch outside, whatever the weather.",
    mood = 4,
    tags = listOf("walk", "work"),
    editedAtMs = EVENING_MS - HOUR_MS,
    passages = listOf(passage("I asked Lena to take the Thursday meeting. She just said yes."))
)

/** A core that holds [someWeeks]. */
open class JournalCore(
    private val lines: List<EntryLineView> = someWeeks,
    private val kept: List<DraftView> = emptyList(),
    var partners: List<PartnerView> = listOf(partner(), partner("Mira", MIRA)),
    var compared: Boolean = true
) : FakeCore() {
    override suspend fun entries(query: EntryQuery): EntryPageView = EntryPageView(
        lines.filter {
            query.month == null || monthOf(it.on) == monthOf(checkNotNull(query.month))
        },
        null
    )

    override suspend fun drafts(): List<DraftView> = kept

    override suspend fun entry(name: String): EntryView = longWayHome

    override suspend fun partners(): List<PartnerView> = partners

    override suspend fun month(day: String): MonthView = MonthView(day, "${monthOf(day)}-31", days(day))

    override suspend fun previewPassage(new: NewPassage): PassagePreviewView = PassagePreviewView(
        new.space,
        partners.first { it.space == new.space }.name,
        compared,
        SharedPassage(new.text.trim(), SharedMoment(EVENING_MS, 3_600, "21:00")),
        attachments(new.entry).filter { it.id in new.attachments }
    )

    override suspend fun deletedEntries(): List<DeletedEntryView> = listOf(
        DeletedEntryView(
            entryLine("d1", on = "2026-02-12", excerpt = "Cross with everyone, mostly with myself."),
            EVENING_MS - DAY_MS,
            EVENING_MS + 29 * DAY_MS,
            passages = listOf(passage("Cross with everyone.", delivery = DeliveryView.Received))
        ),
        DeletedEntryView(
            entryLine("d2", on = "2026-01-30", title = "List for the dentist", excerpt = "Ask about the night guard."),
            EVENING_MS - 9 * DAY_MS,
            EVENING_MS + 21 * DAY_MS,
            passages = emptyList()
        )
    )

    private fun days(month: String): List<MonthDayView> = lines.filter { monthOf(it.on) == monthOf(month) }.map {
        MonthDayView(it.on, 1u, listOfNotNull(it.mood), 1u, 0u)
    } + MonthDayView("${monthOf(month)}-02", 1u, listOf(3u), 0u, 1u)
}

/** A draft that waits. */
val halfAThought: DraftView = DraftView(
    id = 7,
    about = null,
    atMs = EVENING_MS - 2 * HOUR_MS,
    text = EntryDraft(title = "Before I forget", body = "The thing Mira said about the stairs").write()
)

/** A core whose disk is full. */
open class FullDisk : JournalCore() {
    override suspend fun keepDraft(about: String?, text: String): Long = throw BelayException.StorageFull()
}
