package app.belay.ui.today

import app.belay.core.BelayCoreInterface
import app.belay.core.BelayException
import app.belay.core.CheckInDraftLineView
import app.belay.core.CheckInView
import app.belay.core.GoalView
import app.belay.core.OnThisDayView
import app.belay.core.OutcomeStatus
import app.belay.core.PartOfDay
import app.belay.core.PartnerTodayView
import app.belay.core.PartnershipStandingView
import app.belay.core.ResponseKind
import app.belay.core.TodayView
import app.belay.ui.Route
import app.belay.ui.journal.entryLine
import app.belay.ui.testkit.EVENING_MS
import app.belay.ui.testkit.FakeCore
import app.belay.ui.testkit.Shot
import app.belay.ui.testkit.Shots
import app.belay.ui.testkit.TUESDAY
import app.belay.ui.testkit.checkInView
import app.belay.ui.testkit.goalView
import app.belay.ui.testkit.partnerToday
import app.belay.ui.testkit.partnerView
import app.belay.ui.testkit.sharedCheckIn
import app.belay.ui.testkit.testServices

private const val MINUTE_MS = 60_000L
private const val DAYS_MS = 86_400_000L

/** A day as a person of two goals and two partners finds it in the evening. */
fun todayView(
    checkIns: List<CheckInView> = emptyList(),
    goals: List<GoalView> = listOf(
        goalView("walk", "Walk before work", OutcomeStatus.DONE),
        goalView("screen", "Screen off at ten")
    ),
    partners: List<PartnerTodayView> = listOf(partnerToday(), quietPartner),
    drafts: List<CheckInDraftLineView> = emptyList(),
    recoveryWordsDue: Boolean = false,
    zone: String = "Europe/Berlin",
    onThisDay: List<OnThisDayView> = emptyList()
): TodayView = TodayView(
    on = TUESDAY,
    zone = zone,
    localTime = "21:00",
    displayName = "Jonas",
    checkIns = checkIns,
    goals = goals,
    partners = partners,
    partOfDay = PartOfDay.EVENING,
    drafts = drafts,
    recoveryWordsDue = recoveryWordsDue,
    onThisDay = onThisDay
)

private val quietPartner = partnerToday(
    partnerView("Mira", asOfAtMs = EVENING_MS - 2 * DAYS_MS, mayBeBehind = true),
    sharedCheckIn(
        mood = 4,
        emotions = emptyList(),
        struggle = null,
        win = "First swim of the year",
        need = null,
        on = "2026-03-01"
    )
)

private val firstDay = todayView(goals = emptyList(), partners = emptyList(), recoveryWordsDue = true)

private val doneDay = todayView(
    checkIns = listOf(checkInView()),
    drafts = listOf(CheckInDraftLineView("2026-03-02", null, EVENING_MS - 60 * MINUTE_MS))
)

private val waitingDay = todayView(
    drafts = listOf(CheckInDraftLineView(TUESDAY, null, EVENING_MS - 12 * MINUTE_MS)),
    partners = listOf(
        partnerToday(partnerView("Sam", standing = PartnershipStandingView.WAITING, asOfAtMs = null), last = null),
        partnerToday(partnerView("Mira", asOfAtMs = null), last = null)
    )
)

private val lastYear = OnThisDayView(
    on = "2025-03-03",
    yearsAgo = 1u,
    entries = listOf(
        entryLine("y1", on = "2025-03-03", title = "First day without the cast", excerpt = "Stairs, both legs."),
        entryLine("y2", on = "2025-03-03", excerpt = "Mira brought soup and did not ask a single question.")
    ),
    wins = listOf("Walked to the bakery and back")
)

private fun over(view: TodayView): BelayCoreInterface = object : FakeCore() {
    override suspend fun today() = view
}

private fun full(): BelayCoreInterface = object : FakeCore() {
    override suspend fun today(): TodayView = throw BelayException.StorageFull()
}

private fun withSheet(name: String, open: TodayModel.() -> Unit) = Shot(name) { shell ->
    val services = testServices(over(todayView()), shell)
    TodayScreen(services, TodayModel(services, shell.scope).apply(open))
}

/** Today in the states a person meets. */
val todayShots: List<Shot> = listOf(
    Shots.app("today", { over(todayView()) }, Route.Today),
    Shots.app("today-first", { over(firstDay) }, Route.Today),
    Shots.app("today-done", { over(doneDay) }, Route.Today),
    Shots.app("today-years", { over(todayView(goals = emptyList(), onThisDay = listOf(lastYear))) }, Route.Today),
    Shots.app("today-waiting", { over(waitingDay) }, Route.Today),
    Shots.app("today-problem", ::full, Route.Today),
    withSheet("today-goal") { more(goalView("walk", "Walk before work", OutcomeStatus.DONE)) },
    withSheet("today-answer") { answer(partnerToday(), ResponseKind.I_HEAR_YOU) }
)
