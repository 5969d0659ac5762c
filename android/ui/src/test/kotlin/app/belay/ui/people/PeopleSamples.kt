package app.belay.ui.people

import app.belay.core.AgreementView
import app.belay.core.CheckInField
import app.belay.core.CheckInTemplate
import app.belay.core.ComparisonView
import app.belay.core.DeviceStatusView
import app.belay.core.Emotion
import app.belay.core.EpochStatusView
import app.belay.core.ErasureCountsView
import app.belay.core.InvitationStateView
import app.belay.core.Need
import app.belay.core.OpenInvitationView
import app.belay.core.OutcomeStatus
import app.belay.core.OwnDeviceView
import app.belay.core.PartnerCheckInView
import app.belay.core.PartnerGoalView
import app.belay.core.PartnerMoment
import app.belay.core.PartnerPageView
import app.belay.core.PartnerPassageView
import app.belay.core.PartnerView
import app.belay.core.PartnershipStandingView
import app.belay.core.PeerStatusView
import app.belay.core.PeopleView
import app.belay.core.RelayStatusView
import app.belay.core.ResponseKind
import app.belay.core.ResponseView
import app.belay.core.Settings
import app.belay.core.SettingsView
import app.belay.core.SharedCheckIn
import app.belay.core.SharedGoal
import app.belay.core.SharedOutcome
import app.belay.core.SharedPassage
import app.belay.core.SharedResponse
import app.belay.core.SpaceKindView
import app.belay.core.SpaceStatusView
import app.belay.core.StatusView
import app.belay.core.TrafficView
import app.belay.core.Weekday
import app.belay.ui.testkit.EVENING_MS

const val SAM = "sam"
const val JONAS = "jonas"
const val MINUTE_MS = 60_000L
const val HOUR_MS = 60 * MINUTE_MS
private const val DAY_MS = 24 * HOUR_MS

/** What somebody in Berlin wrote so long ago. */
fun written(agoMs: Long): PartnerMoment = PartnerMoment(EVENING_MS - agoMs, 3600, "19:12")

/** Somebody one shares with, and with whom all is well. */
fun partner(space: String = SAM, name: String = "Sam"): PartnerView = PartnerView(
    space = space,
    person = "person-$space",
    name = name,
    standing = PartnershipStandingView.ACTIVE,
    comparison = ComparisonView.SAME,
    comparisonWords = listOf("ribbon", "harvest", "window", "candle"),
    comparisonDigits = "4821 0937 55 1620",
    usualFields = listOf(CheckInField.MOOD, CheckInField.WIN, CheckInField.NEED),
    paused = false,
    asOfAtMs = EVENING_MS - 2 * HOUR_MS,
    clockAhead = false,
    incomplete = false,
    incompleteFrom = null,
    reachedAtMs = EVENING_MS - 5 * MINUTE_MS,
    mayBeBehind = false,
    needsNewer = 0u,
    parked = 0u
)

/** Sam's evening. */
val samsCheckIn = PartnerCheckInView(
    name = "check-in-1",
    checkIn = SharedCheckIn(
        on = "2026-03-03",
        written = written(2 * HOUR_MS),
        template = CheckInTemplate.EVENING,
        late = false,
        edited = false,
        mood = 2u,
        emotions = listOf(Emotion.DRAINED, Emotion.HOPEFUL),
        energy = null,
        win = "Went to the group although I wanted to stay in bed.",
        struggle = null,
        plan = null,
        need = Need.JUST_LISTEN,
        note = null
    ),
    responses = listOf(
        ResponseView(
            name = "response-1",
            space = SAM,
            own = true,
            from = "Mira",
            response = SharedResponse(ResponseKind.I_HEAR_YOU, "That took courage.", written(HOUR_MS))
        )
    )
)

private val samsGoal = PartnerGoalView(
    name = "goal-1",
    goal = SharedGoal(
        title = "A walk before work",
        schedule = null,
        why = "My head is quieter after",
        archived = false
    ),
    outcomes = listOf(
        outcome("2026-03-03", OutcomeStatus.DONE),
        outcome("2026-03-02", OutcomeStatus.PARTLY),
        outcome("2026-03-01", OutcomeStatus.SKIPPED),
        outcome("2026-02-28", OutcomeStatus.DONE)
    )
)

private fun outcome(on: String, status: OutcomeStatus) =
    SharedOutcome(on = on, status = status, late = false, written = written(HOUR_MS), note = null, reason = null)

private val samsPassage = PartnerPassageView(
    name = "passage-1",
    passage = SharedPassage(
        text = "I told my brother. He did not say much, but he made tea, and we sat there until it was dark.",
        shared = written(3 * DAY_MS)
    ),
    responses = emptyList()
)

/** Sam's page. */
fun samsPage(partner: PartnerView = partner()): PartnerPageView =
    PartnerPageView(partner, listOf(samsCheckIn), listOf(samsGoal), listOf(samsPassage))

/** An invitation at a distance that Mira made on Sunday. */
fun invitation(
    state: InvitationStateView = InvitationStateView.WAITING,
    text: String? = "ribbon harvest window candle"
): OpenInvitationView = OpenInvitationView(
    id = "invitation-1",
    madeHere = true,
    text = text,
    relay = "https://relay.example",
    madeAtMs = EVENING_MS - 2 * DAY_MS,
    expiresAtMs = EVENING_MS + 5 * DAY_MS,
    state = state,
    lastError = null
)

/** Mira, with nobody and nothing. */
val nobody = PeopleView(
    displayName = null,
    partners = emptyList(),
    invitations = emptyList(),
    relay = null,
    ownDevices = listOf(OwnDeviceView(device = "d", name = null, thisDevice = true, asOfAtMs = null)),
    partnershipsElsewhere = 0u,
    recoveryWordsDue = true,
    agreement = AgreementView(1u, 16u, agreedVersion = null, agreedAtMs = null, needed = true)
)

/** Mira, with Sam and Jonas, and an invitation that waits. */
val miraAndHers = nobody.copy(
    displayName = "Mira",
    partners = listOf(
        partner(),
        partner(JONAS, "Jonas").copy(
            comparison = ComparisonView.NOT_COMPARED,
            asOfAtMs = EVENING_MS - 3 * DAY_MS,
            mayBeBehind = true
        )
    ),
    invitations = listOf(invitation()),
    relay = "https://relay.example",
    recoveryWordsDue = false,
    agreement = AgreementView(1u, 16u, agreedVersion = 1u, agreedAtMs = EVENING_MS - 30 * DAY_MS, needed = false)
)

private val relay = RelayStatusView(
    origin = "https://relay.example",
    lastContactAtMs = EVENING_MS - 5 * MINUTE_MS,
    lastError = null,
    nextTryAtMs = null,
    noticed = null,
    clockOffsetMs = null,
    erasures = ErasureCountsView(waiting = 0u, erased = 2u, notThere = 0u, refused = 0u)
)

/** A device in the self-check. */
fun deviceStatus(name: String?, heardAgoMs: Long? = null, thisDevice: Boolean = false): DeviceStatusView =
    DeviceStatusView(
        device = "device-$name",
        name = name,
        thisDevice = thisDevice,
        removed = false,
        asOfAtMs = heardAgoMs?.let { EVENING_MS - it },
        incompleteFrom = null,
        notTold = 0u,
        toldAtMs = null,
        metAtMs = null,
        twice = false
    )

private val miraHerself = PeerStatusView(
    person = "person-mira",
    name = null,
    gone = false,
    devices = listOf(
        deviceStatus("Mira’s phone", thisDevice = true),
        deviceStatus("Tablet", 3 * HOUR_MS).copy(metAtMs = EVENING_MS - 3 * HOUR_MS),
        deviceStatus("Old phone", 9 * DAY_MS).copy(removed = true)
    )
)

private fun PeerStatusView.onlyHere() = copy(devices = devices.filter { it.thisDevice })

private val sam = PeerStatusView(
    person = "person-sam",
    name = "Sam",
    gone = false,
    devices = listOf(deviceStatus(null, 2 * HOUR_MS).copy(notTold = 2u))
)

/** One part of the self-check. */
fun spaceStatus(kind: SpaceKindView = SpaceKindView.PAIR): SpaceStatusView = SpaceStatusView(
    space = if (kind == SpaceKindView.OWN) "own" else SAM,
    kind = kind,
    partner = if (kind == SpaceKindView.OWN) null else "Sam",
    comparison = if (kind == SpaceKindView.OWN) null else ComparisonView.SAME,
    items = 412u,
    ownIncarnations = 3u,
    held = 0u,
    queued = 0u,
    paused = false,
    epoch = "7f3a9c1e",
    relays = if (kind == SpaceKindView.OWN) emptyList() else listOf(relay),
    waiting = 0u,
    needsNewer = 0u,
    parked = 0u,
    dropped = 0u,
    quarantined = 0u,
    shadowed = 0u,
    ownDeviceTwice = false,
    fault = null,
    peers = if (kind == SpaceKindView.OWN) listOf(miraHerself) else listOf(miraHerself.onlyHere(), sam),
    epochs = EpochStatusView(count = 9u, held = 9u, sinceAtMs = EVENING_MS - 2 * DAY_MS, owed = false),
    traffic = TrafficView(sentBytes = 184_000u, receivedBytes = 96_000u)
)

/** The self-check of an ordinary evening. */
val ordinaryStatus = StatusView(
    recoveryWordsDue = false,
    storeBytes = 3_400_000u,
    setAside = emptyList(),
    relay = "https://relay.example",
    spaces = listOf(spaceStatus(SpaceKindView.OWN), spaceStatus().copy(queued = 2u, held = 1u)),
    invitations = emptyList()
)

/** What Mira set. */
val mirasSettings = SettingsView(
    settings = Settings(
        displayName = "Mira",
        zoneName = null,
        dayStart = 4u,
        holdSeconds = 10u,
        weekStart = Weekday.MONDAY
    ),
    zoneInForce = "Europe/Berlin"
)
