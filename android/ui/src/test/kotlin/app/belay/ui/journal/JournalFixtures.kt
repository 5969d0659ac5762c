package app.belay.ui.journal

import app.belay.core.ComparisonView
import app.belay.core.DeliveryView
import app.belay.core.EntryLineView
import app.belay.core.EntryView
import app.belay.core.JournalEntry
import app.belay.core.Moment
import app.belay.core.PartnerView
import app.belay.core.PartnershipStandingView
import app.belay.core.PassageView
import app.belay.core.SharedMoment
import app.belay.core.SharedPassage
import app.belay.ui.testkit.EVENING_MS
import app.belay.ui.testkit.TUESDAY

/** A moment on a phone in Berlin. */
fun berlin(atMs: Long = EVENING_MS): Moment = Moment(atMs, "Europe/Berlin", 3_600, "21:00")

/** An entry in a list. */
fun entryLine(
    name: String,
    on: String = TUESDAY,
    excerpt: String = "",
    title: String? = null,
    mood: Int? = null,
    late: Boolean = false,
    edited: Boolean = false,
    tags: List<String> = emptyList()
): EntryLineView = EntryLineView(
    name = name,
    on = on,
    written = berlin(),
    late = late,
    edited = edited,
    title = title,
    excerpt = excerpt,
    bytes = excerpt.length.toULong(),
    tags = tags,
    mood = mood?.toUByte()
)

/** An entry, whole. */
fun entry(
    name: String,
    text: String,
    title: String? = null,
    on: String = TUESDAY,
    mood: Int? = null,
    editedAtMs: Long? = null,
    tags: List<String> = emptyList(),
    goals: List<String> = emptyList(),
    writtenOn: String = TUESDAY,
    deletedAtMs: Long? = null,
    passages: List<PassageView> = emptyList()
): EntryView = EntryView(
    name = name,
    entry = JournalEntry(
        title = title,
        on = on,
        written = berlin(),
        writtenOn = writtenOn,
        editedAtMs = editedAtMs,
        tags = tags,
        mood = mood?.toUByte(),
        goals = goals,
        prompt = null,
        text = text
    ),
    late = writtenOn > on,
    deletedAtMs = deletedAtMs,
    passages = passages
)

/** A passage that somebody was given. */
fun passage(
    text: String,
    partner: String = "Sam",
    space: String = SAM,
    delivery: DeliveryView = DeliveryView.Queued,
    name: String = "70a1"
): PassageView = PassageView(
    name = name,
    space = space,
    partner = partner,
    passage = SharedPassage(text, SharedMoment(EVENING_MS, 3_600, "21:00")),
    delivery = delivery,
    responses = emptyList()
)

/** A partner to share with. */
fun partner(
    name: String = "Sam",
    space: String = SAM,
    standing: PartnershipStandingView = PartnershipStandingView.ACTIVE,
    comparison: ComparisonView = ComparisonView.SAME
): PartnerView = PartnerView(
    space = space,
    person = "person-of-$space",
    name = name,
    standing = standing,
    comparison = comparison,
    comparisonWords = emptyList(),
    comparisonDigits = "",
    usualFields = emptyList(),
    paused = false,
    asOfAtMs = null,
    clockAhead = false,
    incomplete = false,
    incompleteFrom = null,
    reachedAtMs = null,
    mayBeBehind = false,
    needsNewer = 0u,
    parked = 0u
)

/** Sam's space. */
const val SAM = "5a4d"

/** Mira's space. */
const val MIRA = "314a"
