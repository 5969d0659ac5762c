package app.belay.ui.help

import app.belay.core.BelayException
import app.belay.core.LineChannel
import app.belay.core.LineFor
import app.belay.core.TrustedPerson
import app.belay.ui.testkit.TestPlatform
import app.belay.ui.testkit.testServices
import app.belay.ui.testkit.testShell
import app.belay.ui.value
import app.belay.words.WordsDe
import app.belay.words.WordsEn
import java.util.Locale
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test

class HelpModelTest {
    private val platform = TestPlatform()
    private val shell = testShell(platform = platform)

    private fun help(source: HelpSource) = HelpModel(shell, source, shell.scope) {}

    @Test
    fun `a number is dialled as it is written, a page is opened, a text goes where it says`() {
        val model = help(FakeHelp(helpPage()))
        val page = checkNotNull(model.state.value)
        model.reach(page.own.first())
        model.reach(page.lines[0])
        model.reach(page.lines[1])
        model.reach(page.lines[2])
        assertEquals(listOf("0300001234", "00001110111"), platform.dialled)
        assertEquals(listOf("https://chat.example"), platform.opened)
        assertEquals(listOf("00000 HELLO"), platform.messages)
    }

    @Test
    fun `an address that is neither number nor page is put on the clipboard, never opened`() {
        val odd = line("Example", "ask at the desk", LineChannel.WEB)
        help(FakeHelp(helpPage())).reach(odd)
        assertEquals(listOf("ask at the desk"), platform.copied)
        assertTrue(platform.opened.isEmpty())
    }

    @Test
    fun `while locked own people are hidden unless the person agreed`() {
        val hidden = help(FakeHelp(helpPage(own = emptyList()), locked = true))
        assertTrue(hidden.hidesOwn(checkNotNull(hidden.state.value)))
        assertNull(hidden.choosePeople)
        val agreed = help(FakeHelp(helpPage(shownLocked = true), locked = true))
        assertFalse(agreed.hidesOwn(checkNotNull(agreed.state.value)))
    }

    @Test
    fun `countries are found by their names in the person's language`() {
        val german = testShell(words = WordsDe, locale = Locale.GERMANY)
        val source = FakeHelp(helpPage())
        val model = HelpModel(german, source, german.scope) {}
        model.pick()
        assertEquals(listOf("Deutschland", "Österreich", "Spanien"), model.found().map { it.name })
        model.search("öst")
        assertEquals(listOf("AT"), model.found().map { it.code })
        model.choose(model.found().single())
        assertEquals(listOf("AT"), source.picked)
        assertEquals("AT", model.state.value?.country?.code)
        assertNull(model.picking)
    }

    @Test
    fun `a country that cannot be kept is shown all the same`() {
        val source = object : HelpSource by FakeHelp(helpPage()) {
            override suspend fun keep(code: String) = throw BelayException.StorageFull()
        }
        val model = help(source)
        model.pick()
        model.choose(model.found().first { it.code == "ES" })

        assertEquals("ES", model.state.value?.country?.code)
    }

    @Test
    fun `a source is dated no more exactly than it is`() {
        fun dated(date: String?) = dated(shell, line("Example", "000", sourceDate = date))
        assertEquals("Source of 2 June 2026, read on 20 February 2026", dated("2026-06-02"))
        assertEquals("Source of June 2026, read on 20 February 2026", dated("2026-06"))
        assertEquals("Source of 2026, read on 20 February 2026", dated("2026"))
        assertEquals("Source without a date, read on 20 February 2026", dated(null))
    }

    @Test
    fun `hours that nobody knows are said to be unknown, and an emergency number has none`() {
        val facts = facts(WordsEn, line("Example", "000", hours = null))
        assertTrue("Hours not known" in facts)
        assertTrue(facts(WordsEn, line("Example", "000", lineFor = LineFor.EMERGENCY)).isEmpty())
    }

    @Test
    fun `own people are saved in their order, without empty rows`() {
        val core = HelpCore()
        val services = testServices(core)
        val model = TrustedPeopleModel(services, services.scope)
        assertEquals(listOf("Mira", "Jonas next door"), model.rows.map { it.name })
        model.moveUp(model.rows[1])
        model.add()
        model.save()
        assertEquals(listOf("Jonas next door", "Mira"), core.saved.single().map { it.name })
        assertTrue(model.saved)
    }

    @Test
    fun `own people that were not saved yet are there again, and what was saved is not kept twice`() {
        val core = HelpCore()
        val services = testServices(core)
        val model = TrustedPeopleModel(services, services.scope)
        model.add()
        model.change(model.rows.last().copy(name = "Noor", note = "two\nlines"))

        val again = TrustedPeopleModel(services, services.scope)
        assertEquals(listOf("Mira", "Jonas next door", "Noor"), again.rows.map { it.name })
        assertEquals("two\nlines", again.rows.last().note)
        again.save()

        assertTrue(again.saved)
        assertTrue(core.keptDrafts.isEmpty())
    }

    @Test
    fun `a row that is refused stays as it was typed`() {
        val core = object : HelpCore(helpPage(own = emptyList())) {
            override suspend fun saveTrustedPeople(people: List<TrustedPerson>) =
                throw BelayException.InvalidInput("trusted_address", "empty")
        }
        val services = testServices(core)
        val model = TrustedPeopleModel(services, services.scope)
        model.change(model.rows.single().copy(name = "Mira"))
        model.save()
        assertEquals("invalid-input", model.problem?.code)
        assertEquals("Mira", model.rows.single().name)
        assertFalse(model.saved)
    }

    @Test
    fun `showing own people while locked is a choice that can be taken back`() {
        val core = HelpCore()
        val services = testServices(core)
        val model = TrustedPeopleModel(services, services.scope)
        assertFalse(model.shownLocked)
        model.showLocked(true)
        assertTrue(model.shownLocked && core.page.ownShownWhileLocked)
        model.showLocked(false)
        assertFalse(model.shownLocked || core.page.ownShownWhileLocked)
    }

    @Test
    fun `the steps go on and begin again`() {
        val model = GroundingModel(someSteps)
        model.back()
        assertEquals(0, model.at)
        repeat(2) { model.next() }
        assertTrue(model.isLast)
        model.next()
        assertEquals(0, model.at)
    }

    @Test
    fun `no name or number of one's own people can get into a log`() {
        assertFalse("Mira" in TrustedPeopleModel(testServices(HelpCore()), shell.scope).rows.toString())
    }
}
