package app.belay.ui.onboarding

import app.belay.core.BelayCoreInterface
import app.belay.core.BelayException
import app.belay.core.NewPerson
import app.belay.ui.testkit.TestPlatform
import app.belay.ui.testkit.testShell
import kotlinx.coroutines.awaitCancellation
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertNotNull
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test

class OnboardingModelTest {
    private val door = FakeDoor()
    private val platform = TestPlatform()
    private val shell = testShell(platform = platform)
    private var looked = 0
    private val opened = mutableListOf<BelayCoreInterface>()
    private val model = OnboardingModel(door, shell, shell.scope, { looked++ }, Beginning(), opened::add)

    private fun toYou() {
        model.next()
        model.next()
    }

    @Test
    fun `a person begins with a tap a page and no name`() {
        toYou()
        model.make()

        assertEquals(listOf(NewPerson(null, 0u, null)), door.made)
        assertEquals(OnboardingStep.RECOVERY, model.step)
        assertEquals(recoveryWords, model.recovery?.words)
        assertTrue(opened.isEmpty())

        model.recovery?.leave()

        assertEquals(1, opened.size)
    }

    @Test
    fun `name day start and lock are kept as chosen`() {
        toYou()
        model.name = " Mira "
        model.dayStart = 4
        model.lock = LockChoice.DEVICE
        model.make()

        assertEquals(NewPerson("Mira", 4u, null), door.made.single())
        assertTrue(platform.appLock)
    }

    @Test
    fun `a passphrase is taken once both fields are the same`() {
        toYou()
        model.lock = LockChoice.PASSPHRASE
        assertNotNull(model.passphraseProblem)

        model.passphrase = "a long sentence"
        model.again = "a long"
        assertEquals(shell.words.onboardingPassphraseDiffers, model.passphraseProblem)
        model.make()
        assertTrue(door.made.isEmpty())

        model.again = "a long sentence"
        model.make()

        assertEquals("a long sentence", door.made.single().passphrase)
        assertEquals("", model.passphrase)
    }

    @Test
    fun `a full disk says so and keeps what was typed`() {
        toYou()
        model.name = "Mira"
        door.refuses = BelayException.StorageFull()
        model.make()

        assertEquals("storage-full", model.making.problem?.code)
        assertEquals("Mira", model.name)
        assertEquals(OnboardingStep.YOU, model.step)

        door.refuses = null
        model.make()

        assertEquals(OnboardingStep.RECOVERY, model.step)
    }

    @Test
    fun `one can go back until there is a store and not behind it`() {
        toYou()
        assertTrue(model.back())
        assertEquals(OnboardingStep.LIMITS, model.step)
        model.next()
        model.make()

        assertFalse(model.back())
    }

    @Test
    fun `three words are asked for and a wrong one forgets nothing`() {
        val core = FakeCoreWithWords()
        val recovery = RecoveryModel(core, shell.words, shell.scope, pick = { listOf(2, 9, 24) }) { }
        recovery.written()
        assertEquals(listOf(2, 9, 24), recovery.asked)
        assertFalse(recovery.canCheck)

        recovery.type(2, "lemon")
        recovery.type(9, "crayon")
        recovery.type(24, " Velvet ".lowercase())
        recovery.check()

        assertTrue(recovery.isDifferent)
        assertEquals("crayon", recovery.typed[9])
        assertEquals(RecoveryStep.ASKED, recovery.step)

        recovery.type(9, "pencil")
        assertFalse(recovery.isDifferent)
        recovery.check()

        assertEquals(RecoveryStep.DONE, recovery.step)
        assertTrue(recovery.words.isEmpty())
    }

    @Test
    fun `words that were confirmed before are nowhere on this device`() {
        val core = FakeCoreWithWords()
        RecoveryModel(core, shell.words, shell.scope) { }.apply {
            written()
            for (number in asked) type(number, recoveryWords[number - 1])
            check()
        }
        val later = RecoveryModel(core, shell.words, shell.scope) { }

        assertEquals(RecoveryStep.GONE, later.step)
        assertNull(later.act.problem)
    }

    @Test
    fun `the asked words are three different ones in their order`() {
        repeat(50) {
            val recovery = RecoveryModel(FakeCoreWithWords(), shell.words, shell.scope) { }
            recovery.written()

            assertEquals(ASKED_WORDS, recovery.asked.toSet().size)
            assertEquals(recovery.asked.sorted(), recovery.asked)
            assertTrue(recovery.asked.all { it in 1..recoveryWords.size })
        }
    }

    @Test
    fun `a store that lies here already is looked at and no passphrase is believed in`() {
        toYou()
        door.refuses = BelayException.Unavailable("already-exists")
        model.lock = LockChoice.PASSPHRASE
        model.passphrase = "a long sentence"
        model.again = "a long sentence"
        model.make()

        assertEquals(1, looked)
        assertNull(model.recovery)
        assertTrue(opened.isEmpty())
    }

    @Test
    fun `turning back from a further device takes the waiting store away`() {
        model.join()
        door.joins = { throw BelayException.Offline() }
        model.joining.text = "BELAY:PAIR/1/ABC"
        model.joining.join()
        assertTrue(door.isThere)
        assertNotNull(model.joining.act.problem)

        assertTrue(model.back())

        assertFalse(door.isThere)
        assertEquals(OnboardingStep.WELCOME, model.step)
        assertNull(model.joining.act.problem)
    }

    @Test
    fun `turning back while the other device is waited for waits no longer`() {
        model.join()
        door.joins = { awaitCancellation() }
        model.joining.text = "BELAY:PAIR/1/ABC"
        model.joining.join()
        assertTrue(model.joining.act.busy)

        model.back()

        assertFalse(model.joining.act.busy)
        assertFalse(door.isThere)
        assertEquals(OnboardingStep.WELCOME, model.step)
        assertTrue(opened.isEmpty())
    }

    @Test
    fun `a waiting store that could not be taken away stays on its page and is tried again`() {
        model.join()
        door.joins = { throw BelayException.Offline() }
        model.joining.join()
        door.refuses = BelayException.Unavailable("busy")
        model.back()
        assertEquals(OnboardingStep.JOIN, model.step)
        assertEquals("busy", model.joining.act.problem?.detail)

        door.refuses = null
        model.back()

        assertFalse(door.isThere)
        assertEquals(OnboardingStep.WELCOME, model.step)
    }

    @Test
    fun `a further device shows the words of the other one and opens`() {
        model.join()
        model.joining.text = "BELAY:PAIR/1/ABC"
        model.joining.join()

        assertEquals(listOf("ribbon", "harvest", "window", "candle"), model.joining.words)
        assertEquals(1, opened.size)
    }
}
