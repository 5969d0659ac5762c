package app.belay.ui.reach

import app.belay.core.SupportLevel
import app.belay.ui.Loadable
import app.belay.ui.Services
import app.belay.ui.people.PartnerModel
import app.belay.ui.testkit.RealPair
import app.belay.ui.testkit.testServices
import app.belay.ui.testkit.testShell
import app.belay.ui.testkit.until
import app.belay.ui.value
import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Test

private const val WALK = "the morning walk"

/** Two real people who reach each other within their cards. */
class RealReachTest {
    @Test
    fun `a card crosses, a nudge keeps to it, and a request arrives as it was written`() = RealPair().use { pair ->
        val jonas = testServices(pair.jonas, testShell(clock = pair.clock))
        val sam = testServices(pair.sam, testShell(clock = pair.clock))
        val card = BoundaryCardModel(jonas, jonas.scope, spaceOf(jonas))
        until { card.state is Loadable.Ready }
        card.change(card.form.copy(helps = "A walk", nudges = 1, topic = WALK))
        card.addTopic(welcome = true)
        card.save()
        until { card.isSaved && !card.canSave }
        runBlocking { pair.bothSync() }

        val reach = PartnerModel(sam, sam.scope, spaceOf(sam)).reach
        until { reach.page.state.value?.cards?.theirs != null }
        reach.open(ReachSheet.NUDGE)
        reach.topic = WALK
        reach.nudge()
        until { reach.sheet == null && !reach.act.busy }
        reach.open(ReachSheet.NUDGE)
        reach.nudge()
        until { reach.act.problem != null && !reach.act.busy }
        assertEquals(ReachSheet.NUDGE, reach.sheet, "one a day is what the card allows")
        reach.open(ReachSheet.ASK)
        reach.change(AskForm(SupportLevel.TALK_TODAY, "The evening is long."))
        reach.askNow()
        until { reach.sheet == null && !reach.act.busy }
        runBlocking { pair.bothSync() }

        val seen = ReachModel(jonas, jonas.scope, spaceOf(jonas)) { }
        until { seen.page.state.value?.let { it.nudge != null && it.requests.isNotEmpty() } == true }
        val there = checkNotNull(seen.page.state.value)
        assertEquals(WALK, there.nudge?.topic)
        val request = there.requests.single()
        assertFalse(request.own)
        assertEquals(SupportLevel.TALK_TODAY to "The evening is long.", request.request.level to request.request.text)
    }

    private fun spaceOf(services: Services) = runBlocking { services.core.partners().single().space }
}
