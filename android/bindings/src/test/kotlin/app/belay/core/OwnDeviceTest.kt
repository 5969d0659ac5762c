package app.belay.core

import java.nio.file.Files
import java.nio.file.Path
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.async
import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir

/** One person with a phone and a tablet, and a relay that is a process of its own. */
class OwnDeviceTest {
    @TempDir
    lateinit var folder: Path

    private val clock = MovedClock()

    @Test
    fun `a tablet is added by its words, gets what was written before, and both go on`() = runBlocking {
        RelayProcess.start(Files.createDirectories(folder.resolve("relay"))).use { relay ->
            val phone = Phone(folder.resolve("phone"), clock).begin("Ada")
            phone.setRelay(relay.origin)
            val before = phone.writeEntry(NewEntry(text = "The first page.", title = "Before", tags = listOf("home")))
            phone.writeCheckIn(note("The tablet is still in its box."))
            phone.setSelfCopy(true)
            assertEquals(emptyList<SyncTroubleView>(), phone.sync().troubles)

            val tablet = Phone(folder.resolve("tablet"), clock).let { it to join(phone, it) }.second
            phone.sync()
            assertTrue(tablet.sync().itemsReceived > 0uL)
            assertEquals("The first page.", tablet.entry(before.name).entry.text)
            assertEquals("The tablet is still in its box.", tablet.checkIns(1u).single().checkIn.note)
            assertEquals(listOf("Tablet"), phone.ownDevices().filterNot { it.thisDevice }.map { it.name })

            mergeByCharacter(phone, tablet, before.name)
            phone.shutdown()
            tablet.shutdown()
        }
    }

    /** Joins [phone]'s person from [place], after both showed the same words. */
    private suspend fun join(phone: BelayCore, place: Phone): BelayCore = runBlocking {
        val tablet = BelayCore.createOwnDevice(place.config, place.host, NewOwnDevice(null))
        assertTrue(tablet.isWaitingDevice())
        val code = phone.inviteOwnDevice()
        val asking = async { phone.awaitOwnDevice(code.id) }
        val shown = CompletableDeferred<List<String>>()
        val joined = async {
            tablet.joinAsOwnDevice(
                code.text,
                object : WordsObserver {
                    override fun showWords(words: List<String>) {
                        shown.complete(words)
                    }
                }
            )
        }
        val device = asking.await()
        assertEquals(shown.await(), device.comparisonWords)
        phone.admitAskingDevice(device.id, "Tablet")
        joined.await()
        tablet
    }

    /** Both write into one entry without each other, and read the same afterwards. */
    private suspend fun mergeByCharacter(phone: BelayCore, tablet: BelayCore, entry: DocName) {
        phone.editEntry(entry, EntryEdit(text = TextChange("The first page.", "Now: The first page.")))
        tablet.editEntry(entry, EntryEdit(text = TextChange("The first page.", "The first page. And a second.")))
        repeat(2) {
            clock.letHoldsEnd()
            for (device in listOf(phone, tablet)) assertEquals(emptyList<SyncTroubleView>(), device.sync().troubles)
        }
        assertEquals("Now: The first page. And a second.", phone.entry(entry).entry.text)
        assertEquals(phone.entry(entry).entry.text, tablet.entry(entry).entry.text)
    }
}
