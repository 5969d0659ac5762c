package app.belay.ui.testkit

import app.belay.core.CheckIn
import app.belay.core.CheckInField
import app.belay.core.CheckInTemplate
import app.belay.core.CheckInView
import app.belay.core.ComparisonView
import app.belay.core.DayMark
import app.belay.core.DayView
import app.belay.core.DeliveryView
import app.belay.core.Emotion
import app.belay.core.Goal
import app.belay.core.GoalView
import app.belay.core.Last14
import app.belay.core.Measure
import app.belay.core.Need
import app.belay.core.Outcome
import app.belay.core.OutcomeStatus
import app.belay.core.PartnerCheckInView
import app.belay.core.PartnerMoment
import app.belay.core.PartnerTodayView
import app.belay.core.PartnerView
import app.belay.core.PartnershipStandingView
import app.belay.core.ResponseView
import app.belay.core.Schedule
import app.belay.core.SharedCheckIn
import app.belay.core.SharedFieldsView
import app.belay.core.SharedWithView
import app.belay.core.WrittenMoment
import java.time.LocalDate

private const val HOUR_MS = 3_600_000L
private const val BERLIN_SECONDS = 3_600
private const val FORTNIGHT = 14L

/** Ids of people and things in pictures and fakes. */
const val SAM_SPACE = "sam"
const val MIRA_SPACE = "mira"

/** A moment of the person, on [EVENING_MS]'s evening unless said otherwise. */
fun written(atMs: Long = EVENING_MS, localTime: String = "21:00") =
    WrittenMoment(atMs, "Europe/Berlin", BERLIN_SECONDS, localTime)

/** A moment of a partner. */
fun theirs(atMs: Long, localTime: String) = PartnerMoment(atMs, BERLIN_SECONDS, localTime)

/** A check-in of this evening, seen by Sam. */
fun checkInView(
    mood: Int? = 4,
    win: String? = "Called my sister",
    struggle: String? = "The afternoon was long",
    delivery: DeliveryView? = DeliveryView.OnRelay,
    responses: List<ResponseView> = emptyList()
): CheckInView = CheckInView(
    name = "evening",
    checkIn = CheckIn(
        on = TUESDAY,
        written = written(),
        writtenOn = TUESDAY,
        edited = emptyMap(),
        template = CheckInTemplate.EVENING,
        mood = mood?.toUByte(),
        emotions = listOf(Emotion.CALM, Emotion.GRATEFUL),
        energy = null,
        win = win,
        struggle = struggle,
        plan = null,
        need = null,
        note = null
    ),
    late = false,
    edited = false,
    deleted = false,
    sharedWith = listOf(seenBy("Sam", delivery)),
    responses = responses
)

/** What Sam sees of a check-in. */
fun seenBy(name: String, delivery: DeliveryView?) = SharedWithView(
    space = name.lowercase(),
    partner = name,
    fields = SharedFieldsView.CheckIn(listOf(CheckInField.MOOD, CheckInField.WIN)),
    delivery = delivery,
    erasures = emptyList()
)

/** A daily goal with two lively weeks behind it. */
fun goalView(name: String, title: String, today: OutcomeStatus? = null, why: String? = null): GoalView = GoalView(
    name = name,
    goal = Goal(title, Measure.YesNo, Schedule.Daily, why, written(), "2026-02-01", null),
    dueToday = true,
    today = today?.let { Outcome(TUESDAY, it, null, null, written(), TUESDAY, null) },
    last14 = Last14(fortnight(), done = 11u, partly = 1u, of = 14u),
    sharedWith = emptyList()
)

private fun fortnight(): List<DayView> {
    val first = LocalDate.parse(TUESDAY).minusDays(FORTNIGHT - 1)
    val marks = listOf(
        DayMark.DONE, DayMark.DONE, DayMark.PARTLY, DayMark.DONE, DayMark.SKIPPED, DayMark.DONE, DayMark.DONE,
        DayMark.DONE, DayMark.NOTHING, DayMark.NOTHING, DayMark.DONE, DayMark.DONE, DayMark.DONE, DayMark.NOTHING
    )
    return marks.mapIndexed { index, mark -> DayView(first.plusDays(index.toLong()).toString(), mark) }
}

/** A partner of two years, compared, heard of two hours ago. */
fun partnerView(
    name: String = "Sam",
    standing: PartnershipStandingView = PartnershipStandingView.ACTIVE,
    comparison: ComparisonView = ComparisonView.SAME,
    asOfAtMs: Long? = EVENING_MS - 2 * HOUR_MS,
    mayBeBehind: Boolean = false,
    paused: Boolean = false,
    comparisonWords: List<String> = listOf("amber", "river", "lantern", "bridge")
): PartnerView = PartnerView(
    space = name.lowercase(),
    person = if (standing == PartnershipStandingView.WAITING) null else "person-$name",
    name = name,
    standing = standing,
    comparison = comparison,
    comparisonWords = comparisonWords,
    comparisonDigits = "4821 9930 1177 26",
    usualFields = listOf(CheckInField.MOOD, CheckInField.WIN, CheckInField.NEED),
    paused = paused,
    asOfAtMs = asOfAtMs,
    clockAhead = false,
    incomplete = false,
    incompleteFrom = null,
    reachedAtMs = asOfAtMs,
    mayBeBehind = mayBeBehind,
    needsNewer = 0u,
    parked = 0u
)

/** What a partner shared. */
fun sharedCheckIn(
    mood: Int? = 2,
    emotions: List<Emotion> = listOf(Emotion.DRAINED, Emotion.HOPEFUL),
    win: String? = null,
    struggle: String? = "The job talk went sideways, and I keep going over it.",
    need: Need? = Need.JUST_LISTEN,
    on: String = TUESDAY
): SharedCheckIn = SharedCheckIn(
    on = on,
    written = theirs(EVENING_MS - 2 * HOUR_MS, "19:00"),
    template = CheckInTemplate.EVENING,
    late = false,
    edited = false,
    mood = mood?.toUByte(),
    emotions = emotions,
    energy = null,
    win = win,
    struggle = struggle,
    plan = null,
    need = need,
    note = null
)

/** Sam, and what Sam shared last. */
fun partnerToday(
    partner: PartnerView = partnerView(),
    last: SharedCheckIn? = sharedCheckIn(),
    responses: List<ResponseView> = emptyList()
): PartnerTodayView = PartnerTodayView(partner, last?.let { PartnerCheckInView("shared", it, responses) })
