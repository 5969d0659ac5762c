package app.belay.core

import java.nio.file.Files
import java.nio.file.Path
import java.util.concurrent.CountDownLatch
import java.util.concurrent.LinkedBlockingQueue
import java.util.concurrent.TimeUnit
import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withTimeout
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.assertThrows
import org.junit.jupiter.api.io.TempDir

/** What the border itself promises, whatever is called: docs/ffi.md. */
class BorderTest {
    @TempDir
    lateinit var folder: Path

    private val phone by lazy { Phone(folder.resolve("store")) }

    private fun withCore(test: suspend (BelayCore) -> Unit) = runBlocking {
        phone.begin("Ada").use { core ->
            test(core)
            core.shutdown()
        }
    }

    @Test
    fun `a write whose wait was dropped is there all the same`() = withCore { core ->
        val entered = CountDownLatch(1)
        val waiting =
            kotlinx.coroutines.CoroutineScope(kotlinx.coroutines.Dispatchers.Default).launch(
                start = CoroutineStart.UNDISPATCHED
            ) {
                entered.countDown()
                core.writeEntry(NewEntry("typed before the screen went away"))
            }
        entered.await()
        waiting.cancel()
        waiting.join()
        withTimeout(PATIENCE_MS) {
            core.changes().first { it.revision > 0u && core.entries(EntryQuery()).entries.isNotEmpty() }
        }
        assertEquals(1, core.entries(EntryQuery()).entries.size)
    }

    @Test
    fun `a core that was shut down answers closed`() = runBlocking {
        val core = phone.begin("Ada")
        core.shutdown()
        assertThrows<BelayException.Closed> { runBlocking { core.today() } }
        core.close()
    }

    @Test
    fun `a value that fits no type is told with its rule before anything runs`() = withCore { core ->
        val mood =
            assertThrows<BelayException.InvalidInput> {
                runBlocking { core.writeCheckIn(note("").copy(mood = 9u)) }
            }
        assertEquals("mood" to "out_of_range", mood.field to mood.rule)
        val day = assertThrows<BelayException.InvalidInput> { runBlocking { core.month("2026-02-30") } }
        assertEquals("day" to "not_a_day", day.field to day.rule)
        assertThrows<BelayException.InvalidInput> { runBlocking { core.checkIn("no name") } }
        assertEquals(emptyList<CheckInView>(), core.checkIns(1u))
    }

    @Test
    fun `what is not there and what is empty are typed errors with stable codes`() = withCore { core ->
        val missing = assertThrows<BelayException.NotFound> { runBlocking { core.checkIn("00".repeat(16)) } }
        assertEquals("not-found" to "check-in", missing.code() to missing.detail())
        val empty = assertThrows<BelayException.InvalidInput> { runBlocking { core.writeCheckIn(note("")) } }
        assertEquals("check_in" to "empty", empty.field to empty.rule)
        val agreed = assertThrows<BelayException.Unavailable> { runBlocking { core.invite() } }
        assertEquals("not-agreed", agreed.reason)
        core.agreeToShare(core.agreement().termsVersion)
        val relay = assertThrows<BelayException.Unavailable> { runBlocking { core.invite() } }
        assertEquals("no-relay", relay.reason)
        core.setRelay("http://127.0.0.1:9")
        assertThrows<BelayException.Offline> { runBlocking { core.invite() } }
    }

    @Test
    fun `a keystore that lost its key leaves the store as it is`() = runBlocking {
        phone.begin("Ada").use { it.shutdown() }
        val restored = Phone(folder.resolve("store"))
        assertThrows<BelayException.Locked> { runBlocking { restored.open() } }
        val other = MemorySecrets().apply { save(ByteArray(SECRET_BYTES) { 7 }) }
        assertThrows<BelayException.WrongSecret> {
            runBlocking { Phone(folder.resolve("store"), secrets = other).open() }
        }
        phone.open().use { assertEquals("Ada", it.today().displayName) }
    }

    @Test
    fun `a passphrase is asked for, and a wrong one is told`() = runBlocking {
        val new = NewPerson("Ada", passphrase = "grüne Leiter 梯子")
        BelayCore.create(phone.config, phone.host, new).use { it.shutdown() }
        assertTrue(needsPassphrase(phone.config.dir))
        assertThrows<BelayException.Locked> { runBlocking { phone.open() } }
        assertThrows<BelayException.WrongSecret> { runBlocking { phone.open("another") } }
        phone.open("grüne Leiter 梯子").use { assertEquals("Ada", it.today().displayName) }
    }

    @Test
    fun `a keystore that throws whatever it likes is a fault and no crash`() = runBlocking {
        val broken =
            object : MemorySecrets() {
                override fun save(secret: ByteArray): Unit = error("the vendor's own exception")
            }
        val fault =
            assertThrows<BelayException.Internal> {
                runBlocking { Phone(folder.resolve("broken"), secrets = broken).begin("Ada") }
            }
        assertEquals("secret-store", fault.code)
        val locked =
            object : MemorySecrets() {
                override fun load(): ByteArray = throw HostException.Locked()
            }
        phone.begin("Ada").use { it.shutdown() }
        assertThrows<BelayException.Locked> {
            runBlocking { Phone(folder.resolve("store"), secrets = locked).open() }
        }
        Unit
    }

    @Test
    fun `a panic inside a call is a typed fault, and the next call finds everything as it was`() = runBlocking {
        val clock = BreakingClock()
        Phone(folder.resolve("store"), clock).begin("Ada").use { core ->
            core.writeEntry(NewEntry("before"))
            clock.broken = true
            val fault =
                assertThrows<BelayException.Internal> { runBlocking { core.writeEntry(NewEntry("during")) } }
            assertEquals("panic", fault.code)
            clock.broken = false
            core.writeEntry(NewEntry("after"))
            assertEquals(listOf("after", "before"), core.entries(EntryQuery()).entries.map { it.excerpt })
            core.shutdown()
        }
    }

    @Test
    fun `an observer that throws is let be, and the next change still comes`() = withCore { core ->
        val calls = LinkedBlockingQueue<ULong>()
        val observer =
            object : ChangeObserver {
                override fun onChange(areas: List<ChangeArea>, ids: List<DocName>, revision: ULong) {
                    calls.put(revision)
                    error("a screen that was gone")
                }
            }
        core.subscribe(observer).use {
            val first = calls.poll(PATIENCE_MS, TimeUnit.MILLISECONDS)
            core.writeEntry(NewEntry("one"))
            val second = calls.poll(PATIENCE_MS, TimeUnit.MILLISECONDS)
            assertTrue(second > first)
        }
    }

    @Test
    fun `a change names its page and what was written, and a feed of another page is not concerned`() =
        withCore { core ->
            val seen = LinkedBlockingQueue<Change>()
            val scope = kotlinx.coroutines.CoroutineScope(kotlinx.coroutines.Dispatchers.IO)
            val collecting = scope.launch { core.changes().collect(seen::put) }
            assertTrue(seen.take().areas.isEmpty())
            val entry = core.writeEntry(NewEntry("a walk"))
            val change = seen.take()
            assertTrue(change.concerns(ChangeArea.JOURNAL))
            assertFalse(change.concerns(ChangeArea.GOALS))
            assertEquals(setOf(entry.name), change.ids)
            collecting.cancel()
        }

    @Test
    fun `a second worker on the same store is told why it may not`() = withCore { core ->
        val first = LinkedBlockingQueue<Touch>()
        val scope = kotlinx.coroutines.CoroutineScope(kotlinx.coroutines.Dispatchers.IO)
        core.setRelay("http://127.0.0.1:9")
        core.setSelfCopy(true)
        val keeping = scope.launch { core.keepingInTouch().collect(first::put) }
        assertTrue(first.take() is Touch.Round)
        val refused = assertThrows<BelayException.Unavailable> { runBlocking { core.sync() } }
        assertEquals("already-syncing", refused.reason)
        keeping.cancel()
        keeping.join()
    }

    @Test
    fun `every letter comes back as it went`() = withCore { core ->
        val text = "Zwölf Boxkämpfer · ¿qué? · 梯子 · שלום · 👩🏽‍🚀 · e\u0301 · \u0000 · \uD83E\uDDD7"
        val written = core.writeEntry(NewEntry(text))
        assertEquals(text, core.entry(written.name).entry.text)
    }

    @Test
    fun `a damaged store is set aside whole, and where it lies is told`() = runBlocking {
        phone.begin("Ada").use { it.shutdown() }
        val store =
            Files.list(folder.resolve("store")).use { files ->
                files.toList().filter(Files::isRegularFile).maxBy(Files::size)
            }
        Files.write(store, ByteArray(Files.size(store).toInt()) { (it * 31).toByte() })
        val error = assertThrows<BelayException> { runBlocking { phone.open() } }
        assertTrue(error is BelayException.DataDamaged || error is BelayException.WrongSecret, error.toString())
    }

    private class BreakingClock : HostClock {
        @Volatile
        var broken = false

        override fun nowMs(): Long = if (broken) error("no clock") else System.currentTimeMillis()

        override fun zoneName(): String = "Europe/Berlin"

        override fun offsetSeconds(atMs: Long): Int? = null
    }

    private companion object {
        /** Long beyond what any machine needs. */
        const val PATIENCE_MS = 120_000L
        const val SECRET_BYTES = 32
    }
}
