package app.belay.ui

import app.belay.core.BelayException
import app.belay.words.WordsDe
import app.belay.words.WordsEn
import app.belay.words.WordsEs
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNotEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test

class ProblemTest {
    private val everyError = listOf(
        BelayException.InvalidInput("win", "too_many_characters"),
        BelayException.NotFound("goal"),
        BelayException.Locked(),
        BelayException.WrongSecret(),
        BelayException.Offline(),
        BelayException.RelayRefused("quota-exceeded"),
        BelayException.NewerData(),
        BelayException.DataDamaged("/somewhere"),
        BelayException.StorageFull(),
        BelayException.Unavailable("busy"),
        BelayException.Closed(),
        BelayException.Internal("somewhere")
    )

    @Test
    fun `every error of the core says what happened and what to do, in every language`() {
        for (words in listOf(WordsEn, WordsDe, WordsEs)) {
            for (error in everyError) {
                val problem = problemOf(error, words)
                assertTrue(problem.title.isNotBlank() && problem.advice.isNotBlank()) {
                    "$error in ${words.languageTag}"
                }
            }
        }
    }

    @Test
    fun `a reason has words of its own where there are some`() {
        val known = problemOf(BelayException.Unavailable("sharing-paused"), WordsEn)
        val unknown = problemOf(BelayException.Unavailable("a reason of tomorrow"), WordsEn)
        assertNotEquals(unknown.title, known.title)
        assertEquals(WordsEn.errorsUnavailable, unknown.title)
        assertEquals("sharing-paused", known.detail)
    }

    @Test
    fun `a rule names the field it is about`() {
        val problem = problemOf(BelayException.InvalidInput("win", "too_many_characters"), WordsEn)
        assertEquals("win", problem.field)
        assertEquals(WordsEn.errorsInvalidInputTooManyCharacters, problem.title)
        assertEquals(false, problem.canRetry)
    }
}
