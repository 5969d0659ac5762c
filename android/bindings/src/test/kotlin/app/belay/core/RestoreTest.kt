package app.belay.core

import java.nio.file.Files
import java.nio.file.Path
import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.assertThrows
import org.junit.jupiter.api.io.TempDir

/** Somebody whose phone is gone, with 24 words on paper and a relay that is a process of its own. */
class RestoreTest {
    @TempDir
    lateinit var folder: Path

    private val clock = MovedClock()

    @Test
    fun `24 words and the relay bring everything back and a slip is named`() = runBlocking {
        RelayProcess.start(Files.createDirectories(folder.resolve("relay"))).use { relay ->
            val lost = Phone(folder.resolve("lost"), clock).begin("Ada")
            lost.setRelay(relay.origin)
            val entry = lost.writeEntry(NewEntry(text = "What must not be lost.", title = "Before"))
            lost.writeCheckIn(note("The evening before."))
            lost.setSelfCopy(true)
            val words = lost.recoveryWords()
            assertEquals(emptyList<SyncTroubleView>(), lost.sync().troubles)
            lost.shutdown()

            refuseOthers(relay, words)
            val place = Phone(folder.resolve("new"), clock)
            val new = NewRestored(words.joinToString(" "), "New phone")
            assertFalse(words.first() in new.toString())
            val back = restoreFromRelay(place.config, place.host, new, relay.origin, false)
            assertEquals(1uL, back.restored.otherDevices)
            assertEquals(emptyList<SyncTroubleView>(), back.core.sync().troubles)
            assertEquals("What must not be lost.", back.core.entry(entry.name).entry.text)
            assertEquals("The evening before.", back.core.checkIns(1u).single().checkIn.note)

            back.core.shutdown()
        }
    }

    /** A slip is named, and words of somebody else open nothing; nothing is left behind either time. */
    private suspend fun refuseOthers(relay: RelayProcess, words: List<String>) {
        val slip = listOf("zzzzzz") + words.drop(1)
        assertEquals(1u, mistypedRecoveryWord(slip.joinToString(" "))?.position?.toUInt())
        val others = Phone(folder.resolve("others"), clock).begin("Sam")
        val theirs = others.recoveryWords()
        others.shutdown()
        val place = Phone(folder.resolve("nowhere"), clock)
        for (wrong in listOf(slip, theirs)) {
            assertThrows<BelayException> {
                runBlocking {
                    restoreFromRelay(
                        place.config,
                        place.host,
                        NewRestored(wrong.joinToString(" ")),
                        relay.origin,
                        false
                    )
                }
            }
            assertFalse(storeExists(place.config.dir))
        }
    }
}
