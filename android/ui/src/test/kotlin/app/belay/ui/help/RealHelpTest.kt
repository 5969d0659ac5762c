package app.belay.ui.help

import app.belay.core.TrustedChannel
import app.belay.core.TrustedPerson
import app.belay.core.groundingSteps
import app.belay.ui.testkit.RealStore
import app.belay.ui.testkit.TUESDAY
import java.io.File
import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test

/** The day on which the built-in table was read; a year later its lines hide. */
private const val READ_ON = "2026-11-22"

class RealHelpTest {
    @Test
    fun `before there is a store the page has the lines of the device's country`() = runBlocking {
        val page = LockedHelp("/nowhere") { READ_ON }.page("DE", "de")
        assertEquals("DE", page.country?.code)
        assertTrue(page.emergency.any { it.dial == "112" })
        assertTrue(page.lines.isNotEmpty() && page.own.isEmpty() && !page.ownShownWhileLocked)
        for (line in page.emergency + page.lines + page.more) {
            assertTrue(line.organisation.isNotBlank() && line.sources.isNotEmpty() && line.checkedOn.isNotBlank())
        }
        assertTrue(page.directory.single().address.startsWith("https://"))
    }

    @Test
    fun `own people are readable while locked only as long as the person agrees`() = RealStore().use { store ->
        val core = store.create("Jonas")
        val locked = LockedHelp(store.dir.path) { TUESDAY }
        runBlocking {
            core.saveTrustedPeople(listOf(TrustedPerson("Mira", TrustedChannel.CALL, "030 000 1234", "at night")))
            assertEquals(listOf("Mira"), OpenHelp(core) { TUESDAY }.page("DE", "en").own.map { it.name })
            assertTrue(locked.page("DE", "en").own.isEmpty())
            core.setOwnPeopleShownLocked(true)
            assertEquals(listOf("0300001234"), locked.page("DE", "en").own.map { it.dial })
            core.setOwnPeopleShownLocked(false)
            assertTrue(locked.page("DE", "en").own.isEmpty())
            core.shutdown()
        }
    }

    @Test
    fun `looking at the page writes nothing`() = RealStore().use { store ->
        val core = store.create("Jonas")
        runBlocking {
            core.setOwnPeopleShownLocked(true)
            core.shutdown()
            val before = snapshot(store.dir)
            val locked = LockedHelp(store.dir.path) { TUESDAY }
            locked.page("DE", "en")
            locked.pick("ES", "en")
            assertEquals(before, snapshot(store.dir))
        }
    }

    @Test
    fun `a country is looked up before it is kept, and the kept one is there the next time`() =
        RealStore().use { store ->
            val core = store.create("Jonas")
            val help = OpenHelp(core) { TUESDAY }
            runBlocking {
                core.saveTrustedPeople(listOf(TrustedPerson("Mira", TrustedChannel.CALL, "030 000 1234", null)))
                help.keep("DE")
                val page = help.pick("ES", "en")
                assertEquals("ES" to "Mira", page.country?.code to page.own.single().name)
                assertEquals("DE", help.page("AT", "en").country?.code)
                help.keep("ES")
                assertEquals("ES", help.page("AT", "en").country?.code)
                core.shutdown()
            }
        }

    @Test
    fun `while locked another country can be looked at, and own people stay`() = RealStore().use { store ->
        val core = store.create("Jonas")
        runBlocking {
            OpenHelp(core) { TUESDAY }.keep("DE")
            core.saveTrustedPeople(listOf(TrustedPerson("Mira", TrustedChannel.CALL, "030 000 1234", null)))
            core.setOwnPeopleShownLocked(true)
            val page = LockedHelp(store.dir.path) { TUESDAY }.pick("ES", "en")
            assertEquals("ES" to "Mira", page.country?.code to page.own.single().name)
            core.shutdown()
        }
    }

    @Test
    fun `there are steps in every language, and none claims to be reviewed`() {
        for (language in listOf("en", "de", "es")) {
            val steps = groundingSteps(language)
            assertEquals(language, steps.language)
            assertFalse(steps.steps.isEmpty() || steps.reviewed)
        }
    }

    private fun snapshot(dir: File): Map<String, List<Byte>> =
        dir.walk().filter { it.isFile }.associate { it.name to it.readBytes().toList() }
}
