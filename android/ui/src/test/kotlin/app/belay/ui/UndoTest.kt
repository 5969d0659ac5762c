package app.belay.ui

import app.belay.core.BelayException
import app.belay.words.WordsEn
import kotlinx.coroutines.test.advanceTimeBy
import kotlinx.coroutines.test.runCurrent
import kotlinx.coroutines.test.runTest
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNotNull
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test

class UndoTest {
    @Test
    fun `the way back is there for eight seconds`() = runTest {
        val undo = Undo(backgroundScope, WordsEn)
        undo.offer("Done.") {}
        advanceTimeBy(7_999)
        assertNotNull(undo.offer)
        advanceTimeBy(2)
        assertNull(undo.offer)
    }

    @Test
    fun `a newer offer has its own eight seconds`() = runTest {
        val undo = Undo(backgroundScope, WordsEn)
        undo.offer("First.") {}
        advanceTimeBy(6_000)
        undo.offer("Second.") {}
        advanceTimeBy(6_000)
        assertEquals("Second.", undo.offer?.text)
    }

    @Test
    fun `it is taken back once, however often it is tapped`() = runTest {
        var taken = 0
        val undo = Undo(backgroundScope, WordsEn)
        undo.offer("Done.") { taken++ }
        repeat(3) { undo.take() }
        runCurrent()
        assertEquals(1, taken)
    }

    @Test
    fun `what cannot be taken back is said in its place`() = runTest {
        val undo = Undo(backgroundScope, WordsEn)
        undo.offer("Done.") { throw BelayException.StorageFull() }
        undo.take()
        runCurrent()
        val said = checkNotNull(undo.offer)
        assertTrue(said.text.startsWith(WordsEn.errorsStorageFull))
        assertNull(said.undo)
    }
}
