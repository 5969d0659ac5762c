package app.belay.ui.onboarding

import app.belay.core.BelayException
import app.belay.core.FarewellView
import app.belay.ui.testkit.testShell
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test

class OpeningModelTest {
    private val shell = testShell()

    private fun opening(door: StoreDoor) = OpeningModel(door, shell, shell.scope)

    private fun refusing(error: BelayException) = FakeDoor(isThere = true, open = { throw error })

    @Test
    fun `where nothing is a person begins`() {
        assertEquals(Opening.Welcome, opening(FakeDoor()).state)
    }

    @Test
    fun `what was typed in a window that is gone stands in the next and is forgotten with the store`() {
        val (door, beginning) = FakeDoor() to Beginning()
        OpeningModel(door, shell, shell.scope, beginning).onboarding.apply {
            next()
            next()
            name = "Mira"
        }
        val next = OpeningModel(door, shell, shell.scope, beginning)
        assertEquals("Mira" to OnboardingStep.YOU, next.onboarding.let { it.name to it.step })
        next.onboarding.make()

        val last = OpeningModel(door, shell, shell.scope, beginning)
        assertEquals(Opening.Welcome, last.state)
        assertEquals(OnboardingStep.RECOVERY, last.onboarding.step)
        assertEquals(1, door.made.size)

        checkNotNull(last.onboarding.recovery).leave()
        assertTrue(last.state is Opening.Open)
        assertEquals("" to null, beginning.let { it.name to it.made })
    }

    @Test
    fun `a store that is there opens by itself`() {
        assertTrue(opening(FakeDoor(isThere = true)).state is Opening.Open)
    }

    @Test
    fun `another passphrase is told and what was typed stays`() {
        val door = FakeDoor(isThere = true, asksPassphrase = true) { typed ->
            if (typed == "right") FakeCoreWithWords() else throw BelayException.WrongSecret()
        }
        val model = opening(door)
        assertEquals(Opening.Passphrase(), model.state)

        model.passphrase = "wrong"
        model.unlock()

        assertEquals(Opening.Passphrase(wrong = true), model.state)
        assertEquals("wrong", model.passphrase)

        model.passphrase = "right"
        model.unlock()

        assertTrue(model.state is Opening.Open)
        assertEquals("", model.passphrase)
    }

    @Test
    fun `a keystore that lost its key offers to look again and asks before it erases`() {
        val door = refusing(BelayException.Locked())
        val model = opening(door)
        assertEquals(Opening.KeyLost, model.state)

        model.askToErase(true)
        assertFalse(door.erased)

        model.eraseNow()

        assertTrue(door.erased)
        assertEquals(Opening.Welcome, model.state)
    }

    @Test
    fun `a keystore that only does not answer is asked again and nothing is offered to be erased`() {
        val door = refusing(BelayException.Locked()).apply { isKeyGone = false }
        val model = opening(door)
        assertEquals(Opening.KeyAway, model.state)

        door.open = { FakeCoreWithWords() }
        model.look()

        assertTrue(model.state is Opening.Open)
        assertFalse(door.erased)
    }

    @Test
    fun `a device that was left waiting goes on waiting and can turn back`() {
        val door = FakeDoor(isThere = true, open = { FakeCoreWithWords(waits = true) })
        val model = opening(door)
        val waiting = model.state as Opening.Waiting

        waiting.join.turnBack(model::begin)

        assertTrue(door.erased)
        assertEquals(Opening.Welcome, model.state)
    }

    @Test
    fun `a device that was left waiting can still join`() {
        val model = opening(FakeDoor(isThere = true, open = { FakeCoreWithWords(waits = true) }))
        val join = (model.state as Opening.Waiting).join
        join.text = "BELAY:PAIR/1/ABC"
        join.join()

        assertTrue(model.state is Opening.Open)
    }

    @Test
    fun `what was begun stays until there is a store`() {
        val model = opening(FakeDoor())
        model.onboarding.next()
        model.onboarding.name = "Mira"
        assertEquals("Mira", model.onboarding.name)

        model.begin()

        assertEquals("", model.onboarding.name)
    }

    @Test
    fun `a key of another phone is a lost key`() {
        assertEquals(Opening.KeyLost, opening(refusing(BelayException.WrongSecret())).state)
    }

    @Test
    fun `a newer store is left as it is`() {
        val model = opening(refusing(BelayException.NewerData()))

        assertEquals(Opening.Newer, model.state)
    }

    @Test
    fun `a damaged store says where it lies and lets a person begin beside it`() {
        val model = opening(refusing(BelayException.DataDamaged("/data/belay/damaged-1")))
        assertEquals(Opening.Damaged("/data/belay/damaged-1"), model.state)

        model.begin()

        assertEquals(Opening.Welcome, model.state)
    }

    @Test
    fun `a deletion that was begun is finished or ended without a word`() {
        val door = refusing(BelayException.Unavailable("being-deleted"))
        val model = opening(door)
        assertEquals(Opening.Going(door.left), model.state)

        door.left = door.left.copy(troubles = listOf("offline"))
        model.finish()
        assertEquals(Opening.Going(door.left), model.state)

        door.left = FarewellView(envelopes = 0u, erasures = 0u, troubles = emptyList(), finished = true)
        model.finish()
        assertEquals(Opening.Gone, model.state)
    }

    @Test
    fun `ending a deletion without a word leaves nothing`() {
        val door = refusing(BelayException.Unavailable("being-deleted"))
        val model = opening(door)
        model.eraseNow()

        assertTrue(door.erased)
        assertEquals(Opening.Gone, model.state)
    }

    @Test
    fun `whatever else is in the way has words and can be tried again`() {
        val door = refusing(BelayException.StorageFull())
        val model = opening(door)
        assertEquals("storage-full", (model.state as Opening.Trouble).problem.code)

        door.open = { FakeCoreWithWords() }
        model.look()

        assertTrue(model.state is Opening.Open)
    }

    @Test
    fun `erasing that could not be done says so and leaves the question open`() {
        val door = refusing(BelayException.Locked())
        val model = opening(door)
        model.askToErase(true)
        door.refuses = BelayException.Unavailable("already-syncing")
        model.eraseNow()

        assertTrue(model.asksToErase)
        assertEquals("already-syncing", model.act.problem?.detail)
    }
}
