package app.belay.ui.reach

import app.belay.core.BelayException
import app.belay.core.BoundaryCard
import app.belay.core.BoundaryCardsView
import app.belay.core.Need
import app.belay.core.NewSupportRequest
import app.belay.core.NudgeView
import app.belay.core.QuietHours
import app.belay.core.ResponseKind
import app.belay.core.SharedSupportRequest
import app.belay.core.SupportDelivery
import app.belay.core.SupportLevel
import app.belay.core.SupportRequestView
import app.belay.ui.Navigator
import app.belay.ui.Route
import app.belay.ui.journal.PageDraft
import app.belay.ui.people.FakePeople
import app.belay.ui.people.PartnerModel
import app.belay.ui.people.PartnerScreen
import app.belay.ui.people.SAM
import app.belay.ui.people.written
import app.belay.ui.testkit.EVENING_MS
import app.belay.ui.testkit.Shot
import app.belay.ui.testkit.Shots
import app.belay.ui.testkit.assertAccessibleEverywhere
import app.belay.ui.testkit.testServices
import app.belay.ui.value
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.DynamicTest
import org.junit.jupiter.api.DynamicTest.dynamicTest
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.TestFactory

private val samsCard = BoundaryCard(
    helps = "A walk, and questions rather than advice",
    doesNotHelp = "Being told that it will pass",
    quiet = listOf(QuietHours("22:00", "07:30")),
    nudgesADay = 2u,
    welcome = listOf("the walk before work"),
    unwelcome = listOf("weight"),
    answers = listOf(ResponseKind.I_HEAR_YOU, ResponseKind.QUESTION),
    need = Need.JUST_LISTEN,
    reachAtNight = SupportLevel.SOMEBODY_NOW
)

/** A core whose Sam has a card; what was asked is written down. */
class ReachedSam(private val own: BoundaryCard? = null) : FakePeople() {
    val nudged = mutableListOf<String?>()
    val cards = mutableListOf<BoundaryCard>()
    val requests = mutableListOf<NewSupportRequest>()
    var refusal: BelayException? = null
    var thoughts: List<NudgeView> = emptyList()

    override suspend fun boundaryCards(space: String): BoundaryCardsView =
        BoundaryCardsView(space, "Sam", cards.lastOrNull() ?: own, null, samsCard, EVENING_MS - 7_200_000)

    override suspend fun setBoundaryCard(space: String, card: BoundaryCard): BoundaryCardsView {
        refusal?.let { throw it }
        cards += card
        return boundaryCards(space)
    }

    override suspend fun nudges(space: String): List<NudgeView> = thoughts

    override suspend fun nudge(space: String, topic: String?): NudgeView {
        refusal?.let { throw it }
        nudged += topic
        return NudgeView("n1", space, "Sam", true, topic, EVENING_MS, null)
    }

    override suspend fun supportRequests(): List<SupportRequestView> = requests.map {
        SupportRequestView(
            name = "r1",
            space = SAM,
            partner = "Sam",
            own = true,
            request = SharedSupportRequest(it.level, it.text, it.need, written(0)),
            delivery = SupportDelivery.LEFT,
            heldBack = false,
            heardAtMs = EVENING_MS - 7_200_000,
            offersHelpNow = it.level == SupportLevel.SOMEBODY_NOW,
            responses = emptyList()
        )
    }

    override suspend fun askForSupport(new: NewSupportRequest): List<SupportRequestView> {
        refusal?.let { throw it }
        requests += new
        return supportRequests()
    }
}

private fun onPage(name: String, core: () -> ReachedSam, act: PartnerModel.() -> Unit) = Shot(name) { shell ->
    val services = testServices(core(), shell)
    PartnerScreen(PartnerModel(services, shell.scope, SAM).apply(act))
}

/** Reaching a partner, and one's own card. */
val reachShots: List<Shot> = listOf(
    onPage("partner-asked", {
        ReachedSam().apply {
            requests +=
                NewSupportRequest(listOf(SAM), SupportLevel.SOMEBODY_NOW, "The evening is long.", Need.JUST_LISTEN)
        }
    }) { },
    onPage("partner-nudged", {
        ReachedSam().apply {
            thoughts = listOf(NudgeView("n2", SAM, "Sam", false, "the walk before work", EVENING_MS - 7_200_000, null))
        }
    }) { },
    onPage("partner-nudge", { ReachedSam() }) { reach.open(ReachSheet.NUDGE) },
    onPage("partner-ask", { ReachedSam() }) {
        reach.open(ReachSheet.ASK)
        reach.change(AskForm(SupportLevel.TALK_TODAY, "The appointment went badly.", Need.JUST_LISTEN))
    },
    Shots.app("boundary-card", { ReachedSam(samsCard) }, Route.People, Route.BoundaryCard(SAM))
)

class ReachTest {
    private val core = ReachedSam()
    private val navigator = Navigator().apply {
        go(Route.People)
        go(Route.BoundaryCard(SAM))
    }
    private val services = testServices(core, navigator = navigator)

    @TestFactory
    fun `reaching each other can be read and used by everybody`(): List<DynamicTest> =
        reachShots.map { shot -> dynamicTest(shot.name) { assertAccessibleEverywhere(shot.content) } }

    @Test
    fun `a card comes out of its form and its draft as it went in`() {
        val form = CardForm.of(samsCard)
        assertEquals(samsCard, form.card)
        val half = form.copy(from = "13:00", to = "14:00", topic = "sleep")
        assertEquals(half, CardForm.of(PageDraft("boundary-card", half.fields(), half.helps)))
        assertEquals(QuietHours("13:00", "14:00"), half.card.quiet.last())
        assertFalse("walk" in form.toString())
    }

    @Test
    fun `a card is written, and what is refused keeps everything as it was typed`() {
        val model = BoundaryCardModel(services, services.scope, SAM)
        model.change(model.form.copy(helps = "A walk", from = "25:00", to = "7"))
        core.refusal = BelayException.InvalidInput("quiet", "out_of_range")
        model.save()
        assertEquals("invalid-input", model.act.problem?.code)
        assertEquals("25:00", model.form.from)
        assertEquals(Route.BoundaryCard(SAM), navigator.current)
        core.refusal = null
        model.change(model.form.copy(from = "22:00", to = "07:00"))
        model.addQuiet()
        model.save()
        assertEquals(listOf(QuietHours("22:00", "07:00")), core.cards.single().quiet)
        assertEquals(0, core.cards.single().nudgesADay.toInt())
        assertTrue(model.isSaved && !model.canSave)
        assertTrue(core.keptDrafts.isEmpty())
    }

    @Test
    fun `a topic is welcome or not, never both`() {
        val model = BoundaryCardModel(services, services.scope, SAM)
        model.change(model.form.copy(topic = "sleep"))
        model.addTopic(welcome = true)
        model.change(model.form.copy(topic = "sleep"))
        model.addTopic(welcome = false)
        assertEquals(emptyList<String>() to listOf("sleep"), model.form.welcome to model.form.unwelcome)
        model.removeTopic("sleep")
        assertTrue(model.form.unwelcome.isEmpty())
    }

    @Test
    fun `a nudge that the card does not allow keeps the sheet open and says why`() {
        val page = PartnerModel(services, services.scope, SAM)
        page.reach.open(ReachSheet.NUDGE)
        core.refusal = BelayException.Unavailable("nudges-used-up")
        page.reach.nudge()
        assertEquals("nudges-used-up", page.reach.act.problem?.detail)
        assertEquals(ReachSheet.NUDGE, page.reach.sheet)
        core.refusal = null
        page.reach.topic = "the walk before work"
        page.reach.nudge()
        assertEquals(listOf<String?>("the walk before work"), core.nudged)
        assertNull(page.reach.sheet)
        assertTrue(page.said.orEmpty().contains("Sam"))
    }

    @Test
    fun `a request needs only how much, says where it is, and is never taken for an alarm`() {
        val page = PartnerModel(services, services.scope, SAM)
        page.reach.open(ReachSheet.ASK)
        page.reach.change(AskForm(text = "The evening is long."))
        page.reach.askNow()
        assertTrue(core.requests.isEmpty(), "how much was not said yet")
        page.reach.change(page.reach.ask.copy(level = SupportLevel.SOMEBODY_NOW))
        page.reach.askNow()
        val request = checkNotNull(page.reach.page.state.value).requests.single()
        assertTrue(request.offersHelpNow)
        assertEquals(services.words.reachingSupportLeft, deliveryOf(services, request).first())
        assertTrue(core.keptDrafts.isEmpty())
    }
}
