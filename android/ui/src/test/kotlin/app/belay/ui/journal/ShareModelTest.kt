package app.belay.ui.journal

import app.belay.core.BelayException
import app.belay.core.ChangeArea
import app.belay.core.NewPassage
import app.belay.core.PartnerView
import app.belay.core.PartnershipStandingView
import app.belay.core.PassagePreviewView
import app.belay.core.PassageView
import app.belay.ui.Loadable
import app.belay.ui.Navigator
import app.belay.ui.Route
import app.belay.ui.testkit.testServices
import app.belay.ui.value
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertNotNull
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test

private const val TO = 11

class ShareModelTest {
    private val navigator = Navigator()

    private fun share(core: Given, from: Int = 0, to: Int = TO): ShareModel {
        val services = testServices(core, navigator = navigator)
        return ShareModel(services, services.scope, "e1", from, to)
    }

    @Test
    fun `only the selected words go to the chosen partner, after a look at exactly what they see`() {
        val core = Given()
        val model = share(core, from = TO, to = 0)
        assertNull(model.preview)
        model.choose(partner("Mira", MIRA))
        assertEquals("Walked home", model.preview?.value?.passage?.text)
        assertTrue(core.given.isEmpty())
        model.give()
        assertEquals(NewPassage("e1", "Walked home", MIRA, confirmedNotCompared = false), core.given.single())
        assertNotNull(model.given)
    }

    @Test
    fun `without a selection the whole text is meant`() {
        val model = share(Given(), from = 3, to = 3)
        assertTrue(model.isWhole)
        assertEquals(longWayHome.entry.text, model.state.value?.words)
    }

    @Test
    fun `a text that became shorter meanwhile shortens the selection`() {
        val model = share(Given(), from = 5, to = 1_000_000)
        assertEquals(longWayHome.entry.text.drop(5), model.state.value?.words)
    }

    @Test
    fun `a single partner is chosen at once, and nobody who left or was blocked`() {
        val left = partner("Jonas", "10a5", PartnershipStandingView.PARTNER_LEFT)
        val model = share(Given(listOf(partner(), left)))
        assertEquals(SAM, model.space)
        assertEquals(listOf("Sam"), model.state.value?.partners?.map { it.name })
    }

    @Test
    fun `words that were not compared need a second yes`() {
        val core = Given(listOf(partner()), compared = false)
        val model = share(core)
        model.give()
        assertTrue(model.asking && core.given.isEmpty())
        model.notNow()
        model.giveAllTheSame()
        assertTrue(core.given.isEmpty())
        model.give()
        model.giveAllTheSame()
        assertTrue(core.given.single().confirmedNotCompared)
    }

    @Test
    fun `from the second question one can go and compare`() {
        val model = share(Given(listOf(partner()), compared = false))
        model.give()
        model.compare()
        assertEquals(Route.CompareWords(SAM), navigator.current)
        assertFalse(model.asking)
    }

    @Test
    fun `words that were compared meanwhile are not asked about again`() {
        val core = Given(compared = false)
        val model = share(core)
        model.choose(partner("Mira", MIRA))
        core.compared = true
        core.changed(ChangeArea.PARTNERS)
        assertEquals(MIRA, model.space)
        model.give()
        assertFalse(model.asking)
        assertEquals(MIRA, core.given.single().space)
    }

    @Test
    fun `a partner who left meanwhile is chosen no more`() {
        val core = Given()
        val model = share(core)
        model.choose(partner("Mira", MIRA))
        core.partners = listOf(partner(), partner("Jonas", "10a5"))
        core.changed(ChangeArea.PARTNERS)
        assertNull(model.space)
        assertNull(model.preview)
    }

    @Test
    fun `paused sharing says so instead of a preview`() {
        val core = Given(listOf(partner()), refusal = BelayException.Unavailable("sharing-paused"))
        val preview = share(core).preview
        assertEquals("sharing-paused", (preview as Loadable.Failed).problem.detail)
    }
}

private class Given(
    partners: List<PartnerView> = listOf(partner(), partner("Mira", MIRA)),
    compared: Boolean = true,
    private val refusal: BelayException? = null
) : JournalCore(partners = partners, compared = compared) {
    val given = mutableListOf<NewPassage>()

    override suspend fun previewPassage(new: NewPassage): PassagePreviewView {
        refusal?.let { throw it }
        return super.previewPassage(new)
    }

    override suspend fun sharePassage(new: NewPassage): PassageView {
        given += new
        return passage(new.text)
    }
}
