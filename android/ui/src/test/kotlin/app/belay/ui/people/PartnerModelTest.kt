package app.belay.ui.people

import app.belay.core.BelayException
import app.belay.core.CheckInField
import app.belay.core.PartnershipStandingView
import app.belay.core.ResponseKind
import app.belay.core.Waited
import app.belay.ui.Loadable
import app.belay.ui.testkit.testServices
import app.belay.ui.value
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertNotNull
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test

class PartnerModelTest {
    private val core = FakePeople()
    private val services = testServices(core)
    private val model = PartnerModel(services, services.scope, SAM)

    private val partner get() = checkNotNull(model.page.state.value).partner

    @Test
    fun `a pause is one tap and asks nothing`() {
        model.pause()

        assertEquals(listOf("pause"), core.asked)
        assertTrue(partner.paused)
        assertNull(model.question)
    }

    @Test
    fun `meeting on one network is switched off and on for one partner`() {
        model.meetNearby(false)
        assertFalse(partner.meetsNearby)
        model.meetNearby(true)
        assertEquals(listOf("nearby false", "nearby true"), core.asked)
        assertTrue(partner.meetsNearby)
    }

    @Test
    fun `where nothing waited sharing again asks nothing`() {
        model.pause()
        model.resume()

        assertEquals("resume KEEP", core.asked.last())
        assertFalse(partner.paused)
    }

    @Test
    fun `what waited during a pause goes out only when the person says so`() {
        core.waiting = 2
        model.pause()
        model.resume()

        assertEquals(PartnerQuestion.Resume(2), model.question)
        assertTrue(partner.paused)

        model.resume(Waited.SHARE)

        assertEquals("resume SHARE", core.asked.last())
        assertNull(model.question)
    }

    @Test
    fun `leaving takes two taps and no reason`() {
        model.ask(PartnerQuestion.Leave)
        assertTrue(core.asked.isEmpty())

        model.leave()

        assertEquals(listOf("leave"), core.asked)
        assertEquals(PartnershipStandingView.LEFT, partner.standing)
    }

    @Test
    fun `a question that could not be carried out stays open and says why`() {
        model.ask(PartnerQuestion.Block)
        core.refuses = BelayException.StorageFull()
        model.block()

        assertEquals(PartnerQuestion.Block, model.question)
        assertEquals("storage-full", model.act.problem?.code)
    }

    @Test
    fun `an answer that was put away is there when it is begun again, and gone once it was sent`() {
        model.answer(samsCheckIn.name)
        checkNotNull(model.answer).write("You showed up.")
        checkNotNull(model.answer).close()
        assertNull(model.answer)

        model.answer(samsCheckIn.name)
        assertEquals("You showed up.", model.answer?.text)
        checkNotNull(model.answer).send()

        model.answer(samsCheckIn.name)
        assertEquals("", model.answer?.text)
    }

    @Test
    fun `an answer that was refused keeps every word`() {
        model.answer(samsCheckIn.name)
        val answer = checkNotNull(model.answer)
        answer.choose(ResponseKind.ENCOURAGEMENT)
        answer.write("You showed up.")
        core.refuses = BelayException.Unavailable("sharing-paused")
        answer.send()

        assertEquals("You showed up.", model.answer?.text)
        assertNotNull(answer.act.problem)

        core.refuses = null
        answer.send()

        assertEquals("respond ENCOURAGEMENT You showed up.", core.asked.last())
        assertNull(model.answer)
        assertTrue(model.said.orEmpty().contains("Sam"))
    }

    @Test
    fun `what was removed is gone from the page at once`() {
        model.ask(PartnerQuestion.RemoveTheirs)
        model.removeTheirs()

        assertTrue(checkNotNull(model.page.state.value).checkIns.isEmpty())
        assertEquals("3 things removed from this phone.", model.said)
    }

    @Test
    fun `a page that cannot be had says what to do`() {
        val broken = testServices(FakePeople(refuses = BelayException.NotFound("partner")))
        val failed = PartnerModel(broken, broken.scope, SAM).page.state

        assertEquals("not-found", (failed as Loadable.Failed).problem.code)
    }

    @Test
    fun `one switch shows one part more and leaves the others`() {
        val see = SeeModel(services, services.scope, SAM)
        see.set(CheckInField.PLAN, true)

        assertEquals("fields MOOD, WIN, NEED, PLAN", core.asked.last())

        see.set(CheckInField.MOOD, false)

        assertEquals("fields WIN, NEED, PLAN", core.asked.last())
    }

    @Test
    fun `words that differ are said at once and can be compared again`() {
        val compare = CompareModel(services, services.scope, SAM)
        compare.answer(false)

        assertEquals(false, compare.same)

        compare.answer(true)

        assertEquals(listOf("compared false", "compared true"), core.asked)
        assertEquals(true, compare.same)
    }
}
