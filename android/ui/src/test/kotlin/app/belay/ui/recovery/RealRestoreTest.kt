package app.belay.ui.recovery

import app.belay.core.BelayCoreInterface
import app.belay.core.BundleFor
import app.belay.core.EntryQuery
import app.belay.core.NewBundle
import app.belay.core.NewEntry
import app.belay.core.TypedWordsVerdict
import app.belay.ui.Loadable
import app.belay.ui.PickedFile
import app.belay.ui.settings.DevicesModel
import app.belay.ui.testkit.RealStore
import app.belay.ui.testkit.Room
import app.belay.ui.testkit.RunningClock
import app.belay.ui.testkit.TestPlatform
import app.belay.ui.testkit.testServices
import app.belay.ui.testkit.testShell
import app.belay.ui.testkit.until
import app.belay.ui.value
import java.io.File
import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test

/** Somebody whose phone is gone, with their words and a file, and no relay anywhere. */
class RealRestoreTest {
    private val platform = TestPlatform()

    @Test
    fun `words and a file bring everything back and the lost phone is taken out in the same breath`() {
        RealStore().use { gone ->
            val phone = gone.create("Mira")
            val words = runBlocking { phone.recoveryWords() }
            runBlocking { phone.writeEntry(NewEntry(text = "Before it was gone.")) }
            platform.attaching.file = written(phone)
            RealStore(gone.clock).use { place ->
                val shell = testShell(platform = platform, clock = gone.clock)
                val model = RestoreModel(place.door, shell, shell.scope) { }
                model.typed.type(words.dropLast(1).joinToString(" ") + " abandn ")
                assertEquals(TypedWordsVerdict.MISTYPED, model.typed.looks?.verdict)
                model.typed.type(words.joinToString(" "))
                assertEquals(TypedWordsVerdict.WHOLE, model.typed.looks?.verdict)
                model.choose(CopyPlace.FILE)
                model.chooseFile()
                model.restore()
                until { model.restored != null }

                takeOut(checkNotNull(model.lost))
                val back = checkNotNull(model.restored).core
                assertEquals(1, runBlocking { back.journalPage(EntryQuery()) }.page.entries.size)
                assertEquals(1, runBlocking { back.removedDevices() }.size)
                runBlocking {
                    back.shutdown()
                    phone.shutdown()
                }
            }
        }
    }

    @Test
    fun `words and a tablet in the room bring everything back without any relay`() {
        val room = Room()
        RealStore(RunningClock()).use { there ->
            val tablet = there.create("Mira")
            val words = runBlocking { tablet.recoveryWords() }
            runBlocking { tablet.writeEntry(NewEntry(text = "Still on the tablet.")) }
            val atHome = testServices(
                tablet,
                testShell(platform = TestPlatform().apply { eyes = room.eyes() }, clock = there.clock)
            )
            val handing = DevicesModel(atHome, atHome.scope).handing
            handing.start()
            until { room.count == 1 || handing.problem != null }
            assertNull(handing.problem)
            RealStore(there.clock).use { place ->
                platform.eyes = room.eyes()
                val shell = testShell(platform = platform, clock = there.clock)
                val model = RestoreModel(place.door, shell, shell.scope) { }
                model.typed.type(words.joinToString(" "))
                model.choose(CopyPlace.NEAR)
                model.restore()
                until { !model.act.busy }
                assertNull(model.act.problem)
                val back = checkNotNull(model.restored).core
                assertEquals(1, runBlocking { back.journalPage(EntryQuery()) }.page.entries.size)
                handing.stop()
                runBlocking {
                    back.shutdown()
                    tablet.shutdown()
                }
            }
        }
    }

    private fun takeOut(lost: LostDevices) {
        until { lost.others is Loadable.Ready }
        val other = checkNotNull(lost.others.value).single().device
        lost.toggle(other.device)
        lost.remove()
        until { !lost.act.busy }
        assertNull(lost.act.problem)
        assertTrue(lost.others.value.orEmpty().isEmpty())
    }

    private fun written(phone: BelayCoreInterface): PickedFile = runBlocking {
        val file = File.createTempFile("letters", ".belay").apply { delete() }
        phone.writeBundle(file.path, NewBundle(BundleFor.OwnDevices, true), null)
        PickedFile(file.path, file.name, null, file.length())
    }
}
