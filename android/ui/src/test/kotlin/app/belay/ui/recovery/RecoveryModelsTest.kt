package app.belay.ui.recovery

import app.belay.core.BelayException
import app.belay.core.RestoredView
import app.belay.core.TypedWordsVerdict
import app.belay.ui.onboarding.FakeCoreWithWords
import app.belay.ui.onboarding.FakeDoor
import app.belay.ui.onboarding.OnboardingModel
import app.belay.ui.onboarding.OnboardingStep
import app.belay.ui.onboarding.Opening
import app.belay.ui.onboarding.OpeningModel
import app.belay.ui.onboarding.recoveryWords
import app.belay.ui.people.SAM
import app.belay.ui.testkit.TestPlatform
import app.belay.ui.testkit.picked
import app.belay.ui.testkit.testServices
import app.belay.ui.testkit.testShell
import app.belay.ui.value
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertNotNull
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test

private val RIGHT = recoveryWords.joinToString(" ")

class RecoveryModelsTest {
    private val shell = testShell()
    private val door = FakeDoor()
    private val opened = mutableListOf<Any>()
    private val typed = WordsTyped(::looksLike) { it.joinToString(" ") }

    private fun restore() = RestoreModel(door, shell, shell.scope, typed) { opened += it }

    @Test
    fun `words and a relay bring somebody back and the words are forgotten`() {
        door.copies = { Restored(FakeCoreWithWords(), RestoredView(2u, 0u, 1u)) }
        val model = restore()
        assertFalse(model.canTry)
        model.typed.type(RIGHT)
        model.typeRelay("https://relay.example")
        assertTrue(model.canTry)
        model.restore()

        assertEquals(2uL, model.restored?.view?.partnerships)
        assertEquals("", typed.text)
        assertTrue(opened.isEmpty(), "what came back is told first")
        model.open()
        assertEquals(1, opened.size)
    }

    @Test
    fun `words that open nothing stay in the field with what can be done`() {
        val model = restore()
        typed.type(RIGHT)
        model.typeRelay("https://relay.example")
        model.restore()

        assertEquals("no-copy-found", model.act.problem?.detail)
        assertEquals(RIGHT, typed.text)
        assertNull(model.restored)
    }

    @Test
    fun `a word in no list is named while it is typed and put right by a tap`() {
        typed.type("canvas lemon orbti tunnel")
        val slip = typed.mistyped.single()
        assertEquals(3uL to "orbit", slip.position to slip.nearest)

        typed.useNearest(slip)
        assertEquals("canvas lemon orbit tunnel", typed.text)
        assertTrue(typed.mistyped.isEmpty())
        assertEquals(TypedWordsVerdict.GO_ON, typed.looks?.verdict)
    }

    @Test
    fun `words are told apart as too many and as not belonging together and as right`() {
        val said = listOf("$RIGHT velvet", recoveryWords.reversed().joinToString(" "), RIGHT).map {
            typed.type(it)
            typed.looks?.verdict
        }
        assertEquals(
            listOf(TypedWordsVerdict.TOO_MANY, TypedWordsVerdict.WRONG_TOGETHER, TypedWordsVerdict.WHOLE),
            said
        )
        typed.type("BELAY-SHARE:1/AB-1")
        assertNull(typed.looks, "pieces are no words")
        typed.forget()
        assertNull(typed.looks)
    }

    @Test
    fun `a slip that only the try shows is named too`() {
        door.refuses = BelayException.InvalidInput("recovery_words", "unknown_word")
        val model = restore()
        typed.type("canvas orbti")
        model.typeRelay("https://relay.example")
        model.restore()
        assertNull(model.act.problem)
        assertEquals("orbit", typed.mistyped.single().nearest)
    }

    @Test
    fun `words and a file bring somebody back and the copy of the file goes`() {
        val platform = shell.platform as TestPlatform
        door.copies = { Restored(FakeCoreWithWords(), RestoredView(1u, 0u, 0u)) }
        val model = restore()
        typed.type(RIGHT)
        model.choose(CopyPlace.FILE)
        assertFalse(model.canTry)
        platform.attaching.file = picked("letters.belay", byteArrayOf(1))
        model.chooseFile()
        assertTrue(model.canTry)
        model.restore()

        assertEquals(platform.attaching.file?.path, door.readFrom)
        assertEquals(1uL, model.restored?.view?.partnerships)
        assertEquals(listOf(door.readFrom), platform.dropped.toList())
        assertNull(model.lost)
    }

    @Test
    fun `words and a device in the room bring somebody back with its address or without`() {
        door.copies = { Restored(FakeCoreWithWords(), RestoredView(1u, 0u, 0u)) }
        val model = restore()
        typed.type(RIGHT)
        model.choose(CopyPlace.NEAR)
        assertTrue(model.canTry)
        model.address = " 192.0.2.7:40123 "
        model.restore()
        assertEquals("192.0.2.7:40123", door.readFrom)
    }

    @Test
    fun `a device that is gone is taken out with the same words also without a network`() {
        val core = FakeLost()
        door.copies = { Restored(core, RestoredView(1u, 0u, 2u)) }
        val model = restore()
        typed.type(RIGHT)
        model.typeRelay("https://relay.example")
        model.restore()
        val lost = checkNotNull(model.lost)
        val others = checkNotNull(lost.others.value)
        assertEquals(2, others.size)

        lost.toggle(others.last().device.device)
        lost.remove()
        assertNull(lost.act.problem)
        assertEquals(listOf("lost device-Tablet"), core.asked)
        assertEquals(listOf("Tablet"), lost.removed.toList())
        assertEquals(1, lost.others.value?.size)

        model.open()
        lost.toggle(others.first().device.device)
        lost.remove()
        assertNotNull(lost.act.problem, "the words are forgotten with the page")
    }

    @Test
    fun `a relay without encryption is asked about`() {
        door.refuses = BelayException.Unavailable("relay-plain-http")
        val model = restore()
        typed.type(RIGHT)
        model.typeRelay("http://192.0.2.7")
        model.restore()
        assertTrue(model.asksPlainHttp)
        assertFalse(model.canTry)

        model.allowsPlainHttp = true
        assertTrue(model.canTry)
    }

    @Test
    fun `pieces are put together one a line and words are left as they are`() {
        typed.type("BELAY-SHARE:1/AB-1\n\n BELAY-SHARE:1/AB-2 \n")
        assertEquals("BELAY-SHARE:1/AB-1 BELAY-SHARE:1/AB-2", typed.words())
        typed.type(" canvas lemon ")
        assertEquals("canvas lemon", typed.words())
    }

    @Test
    fun `pieces may be pasted over several lines with a number before them and notes between`() {
        typed.type(
            "1. BELAY-SHARE:1/ABCD-\n  EFGH-IJ\n\nfrom Sam, in the kitchen\nbelay-share:1/KLMN BELAY-SHARE:1/OP\n"
        )
        assertEquals("BELAY-SHARE:1/ABCD-EFGH-IJ belay-share:1/KLMN BELAY-SHARE:1/OP", typed.words())
        assertEquals("BELAY-SHARE:1/ABCD-EFGH-IJ\nbelay-share:1/KLMN\nBELAY-SHARE:1/OP", typed.asTyped())
    }

    @Test
    fun `pieces with partners are asked back only after a yes`() {
        val core = FakeRecovery()
        val services = testServices(core)
        val model = PiecesModel(services, services.scope, typed)
        model.askBack(true)
        model.askBack(false)
        assertTrue("back" !in core.asked)

        model.askBack(true)
        model.takeBack()
        assertEquals("back", core.asked.last())
        assertFalse(model.asksBack)
    }

    @Test
    fun `turning back from coming back forgets the words`() {
        val model = OnboardingModel(door, shell, shell.scope) { opened += it }
        model.restore()
        model.restoring.typed.type(RIGHT)
        assertTrue(model.back())

        assertEquals(OnboardingStep.WELCOME, model.step)
        assertEquals("", model.restoring.typed.text)
    }

    @Test
    fun `a store whose key is gone opens with the words`() {
        val lost = FakeDoor(isThere = true, open = { throw BelayException.Locked() })
        val model = OpeningModel(lost, shell, shell.scope)
        assertEquals(Opening.KeyLost, model.state)
        model.typeWords(true)
        model.withWords?.type("other words")
        model.openWithWords()
        assertEquals("not-sealed-to-words", model.act.problem?.detail)
        assertNotNull(model.withWords)

        model.withWords?.type(RIGHT)
        model.openWithWords()
        assertTrue(model.state is Opening.Open)
        assertNull(model.withWords)
    }

    @Test
    fun `a try says whether the words are right and forgets them`() {
        val core = FakeRecovery(notKept)
        val services = testServices(core)
        val model = ComeBackModel(services, services.scope, typed)
        model.begin()
        typed.type("other words")
        model.check()
        assertEquals("recovery_words", model.drill.problem?.field)
        assertEquals("other words", typed.text)

        typed.type(RIGHT)
        model.check()
        assertTrue(model.isRight)
        assertEquals("", typed.text)
        assertEquals(false, model.page.state.value?.recovery?.drillDue)
    }

    @Test
    fun `the next question comes when the person says or never`() {
        val services = testServices(FakeRecovery())
        val model = ComeBackModel(services, services.scope, typed)
        model.remind(90u)
        assertEquals(90u, model.page.state.value?.recovery?.drillEveryDays)
        model.remind(null)
        assertNull(model.page.state.value?.recovery?.drillEveryDays)
    }

    @Test
    fun `a piece kept for somebody is shown only when asked for`() {
        val services = testServices(FakeRecovery(kept = keptForSam))
        val model = ComeBackModel(services, services.scope, typed)
        assertTrue(model.shown.isEmpty())
        model.showKept(SAM)
        assertEquals(FakeRecovery.PIECE, model.shown[SAM])
    }

    @Test
    fun `pieces are made of enough and shown once`() {
        val core = FakeRecovery()
        val platform = TestPlatform()
        val services = testServices(core, testShell(platform = platform))
        val model = PiecesModel(services, services.scope, typed)
        model.toggle(SAM)
        assertFalse(model.canMake, "one piece alone must give nothing")
        model.onPaper = 2
        assertFalse(model.canMake, "this phone has forgotten the words")
        typed.type(RIGHT)
        model.make()

        assertEquals("pieces 2 of 1 and 2, typed true", core.asked.last())
        val made = checkNotNull(model.made)
        assertEquals(2, made.onPaper.size)
        assertEquals(listOf(2, 3), made.onPaper.indices.map { model.numberOf(made, it) }, "Sam has the first")
        model.send(made.onPaper.first())
        assertEquals(1, platform.shared.size)
        assertEquals("", typed.text)
    }

    @Test
    fun `new words hold once they were typed and ask for the passphrase where there is one`() {
        val core = FakeRecovery()
        val services = testServices(core)
        val model = NewWordsModel(services, services.scope)
        model.draw()
        val drawn = checkNotNull(model.drawn)
        drawn.written()
        for (number in drawn.asked) drawn.type(number, recoveryWords.reversed()[number - 1])
        core.refuses = BelayException.Locked()
        drawn.check()
        assertTrue(model.asksPassphrase)

        core.refuses = null
        model.passphrase = "a long sentence"
        drawn.check()
        assertEquals(listOf("new words"), core.asked)
    }
}
