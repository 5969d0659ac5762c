package app.belay.ui.pairing

import app.belay.core.BelayException
import app.belay.core.InvitationKindView
import app.belay.core.InviteBy
import app.belay.core.PairedView
import app.belay.core.invitationKind
import app.belay.ui.Navigator
import app.belay.ui.Route
import app.belay.ui.people.SAM
import app.belay.ui.people.miraAndHers
import app.belay.ui.people.nobody
import app.belay.ui.people.partner
import app.belay.ui.testkit.TestPlatform
import app.belay.ui.testkit.testServices
import app.belay.ui.testkit.testShell
import app.belay.ui.value
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test

class PairingModelsTest {
    private val core = FakePairing()
    private val platform = TestPlatform()
    private val navigator = Navigator().apply {
        go(Route.People)
        go(Route.Pair)
    }
    private val services = testServices(core, testShell(platform = platform), navigator)
    private val enter = EnterModel(services, services.scope, ::kindOf)

    @Test
    fun `a code that was scanned leads to the four words`() {
        platform.scanned = CODE
        enter.scan()

        assertEquals(listOf("code $CODE"), core.asked)
        assertEquals(Route.CompareWords(SAM), navigator.current)
    }

    @Test
    fun `turning back from the camera changes nothing`() {
        platform.scanned = null
        enter.scan()

        assertTrue(core.asked.isEmpty())
        assertEquals(Route.Pair, navigator.current)
    }

    @Test
    fun `a foreign code is told kindly and kept to look at`() {
        enter.type("https://example.org/menu")
        enter.accept()

        assertTrue(enter.isForeign)
        assertEquals("https://example.org/menu", enter.text)
        assertNull(enter.act.problem)

        enter.type("https://example.org/menu2")
        assertFalse(enter.isForeign)
    }

    @Test
    fun `four words go where the person says they lead`() {
        enter.type(" ribbon harvest window candle ")
        enter.relay = "https://theirs.example"
        enter.accept()

        assertEquals("apart ribbon harvest window candle https://theirs.example", core.asked.last())
        assertEquals(Route.OpenInvitation("invitation-1"), navigator.current)
    }

    @Test
    fun `the first invitation waits while the terms are asked and is taken up afterwards`() {
        val first = FakePairing(nobody)
        first.code = {
            if (first.people.agreement.needed) throw BelayException.Unavailable("not-agreed")
            PairedView(partner())
        }
        val services = testServices(first, navigator = navigator).also { it.handOver.invitation = CODE }
        navigator.go(Route.EnterInvitation)
        val enter = EnterModel(services, services.scope, ::kindOf)
        enter.accept()
        val needs = checkNotNull(enter.needs)

        assertNull(enter.act.problem)
        assertFalse(needs.asksRelay(nobody), "the invitation says where it leads")

        needs.name = "Mira"
        needs.agrees = true
        needs.isOldEnough = true
        needs.goOn()

        assertNull(enter.needs)
        assertEquals(Route.CompareWords(SAM), navigator.current)
    }

    @Test
    fun `turning back from the terms keeps the invitation`() {
        core.code = { throw BelayException.Unavailable("not-agreed") }
        enter.type(CODE)
        enter.accept()
        enter.notNow()

        assertNull(enter.needs)
        assertEquals(CODE, enter.text)
    }

    @Test
    fun `a code that nobody waits for any more is shown no more`() {
        val together = TogetherModel(services, services.scope)
        together.show()
        core.answered.completeExceptionally(BelayException.Unavailable("invitation-expired"))

        assertNull(together.shown)
        assertEquals("invitation-expired", together.act.problem?.detail)
        assertFalse(together.act.busy, "another one can be shown")
    }

    @Test
    fun `without a network what was typed stays`() {
        core.code = { throw BelayException.Offline() }
        enter.type(CODE)
        enter.accept()

        assertEquals(CODE, enter.text)
        assertEquals("offline", enter.act.problem?.code)
    }

    @Test
    fun `how an invitation is answered the core says, and nobody is asked about what is none`() {
        assertEquals(InvitationKindView.APART, invitationKind("ribbon harvest window candle"))
        enter.type("https://example.org/menu")
        enter.accept()
        assertTrue(core.asked.isEmpty())
    }

    @Test
    fun `only the word that was meant is replaced`() {
        assertEquals("ribbon harvest window candle", "ribbon, harvset  window、candle".withWord(2, "harvest"))
    }

    @Test
    fun `the code is shown until the other phone answers`() {
        val together = TogetherModel(services, services.scope)
        together.show()

        assertEquals(CODE, together.shown?.text)

        core.answered.complete(PairedView(partner()))

        assertNull(together.shown)
        assertEquals(Route.CompareWords(SAM), navigator.current)
    }

    @Test
    fun `a code that was stopped is shown no more`() {
        val together = TogetherModel(services, services.scope)
        together.show()
        together.stop()

        assertNull(together.shown)
        assertFalse(together.act.busy)
        assertNull(together.act.problem)
    }

    @Test
    fun `where nobody can scan the field to type in is offered`() {
        TogetherModel(services, services.scope).scan()

        assertEquals(Route.EnterInvitation, navigator.current)
    }

    @Test
    fun `an invitation that could not be made says why`() {
        core.refuses = BelayException.Unavailable("relay-needs-token")
        val apart = ApartModel(services, services.scope)
        apart.make(InviteBy.WORDS)

        assertEquals("relay-needs-token", apart.act.problem?.detail)
        assertEquals(Route.Pair, navigator.current)
    }

    @Test
    fun `in one room a code needs no relay`() {
        val together = TogetherModel(services, services.scope)
        together.show(inRoom = true)

        assertEquals("code in the room", core.asked.last())
        assertEquals(CODE, together.shown?.text)
        assertNull(together.needs)
    }

    @Test
    fun `whoever wants to meet at a relay and has none is asked for it and goes on`() {
        val without = FakePairing(miraAndHers.copy(relay = null))
        without.refuses = BelayException.Unavailable("no-relay")
        val apart = ApartModel(testServices(without, navigator = navigator), services.scope)
        apart.make(InviteBy.LINK)
        assertNull(apart.act.problem)

        without.refuses = null
        val needs = checkNotNull(apart.needs)
        needs.relay.type("https://relay.example")
        needs.people.reload()
        needs.goOn()

        assertEquals("relay https://relay.example false", without.asked.last())
        assertEquals(Route.OpenInvitation("invitation-1"), navigator.current)
    }

    @Test
    fun `an invitation is shared taken back and gone from the list`() {
        val model = InvitationModel(services, services.scope, "invitation-1")
        model.share()
        model.cancel()

        assertEquals(listOf("ribbon harvest window candle"), platform.shared)
        assertEquals("cancel", core.asked.last())
        assertNull(model.invitation.state.value)
    }

    @Test
    fun `before the first sharing only what is missing is asked for`() {
        val nobodyYet = FakePairing(nobody)
        val needs = NeedsModel(testServices(nobodyYet), services.scope)
        val people = checkNotNull(needs.people.state.value)

        assertTrue(needs.asksName(people) && needs.asksRelay(people) && people.agreement.needed)
        assertFalse(needs.canGoOn)

        needs.name = "Mira"
        needs.relay.type("https://relay.example")
        needs.agrees = true
        assertFalse(needs.canGoOn, "the age statement is still missing")

        needs.isOldEnough = true
        needs.goOn()

        assertEquals(listOf("settings Mira", "relay https://relay.example false", "agree 1"), nobodyYet.asked)
    }

    @Test
    fun `an address without encryption is used only after a yes`() {
        core.refuses = BelayException.Unavailable("relay-plain-http")
        val form = NeedsModel(services, services.scope).relay
        form.type("http://192.0.2.7")
        form.choose { }

        assertTrue(form.asksPlainHttp)
        assertNull(form.act.problem)
        assertFalse(form.allowsPlainHttp)

        core.refuses = null
        form.allowsPlainHttp = true
        form.choose { }

        assertEquals("relay http://192.0.2.7 true", core.asked.last())
    }

    private fun kindOf(text: String): InvitationKindView = when {
        text == CODE -> InvitationKindView.TOGETHER
        text.startsWith("https:") -> throw notAnInvitation
        else -> InvitationKindView.APART
    }
}
