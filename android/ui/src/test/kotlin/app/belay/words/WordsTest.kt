package app.belay.words

import app.belay.design.Tokens
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test

/** What the generated texts do beyond being there. */
class WordsTest {
    @Test
    fun `a language tag finds its texts and what is not spoken falls back to English`() {
        val tags = listOf("de-AT", "DE", "es_MX", "es-419", "en-XA", "en-GB", "fr-FR", "")
        val found = tags.map { wordsFor(it) }
        assertEquals(
            listOf(WordsDe, WordsDe, WordsEs, WordsEs, WordsPseudo, WordsEn, WordsEn, WordsEn),
            found
        )
    }

    @Test
    fun `counts choose their form and are grouped as each language does`() {
        assertEquals("Back after 1 day", WordsEn.timesBackAfter(1))
        assertEquals("Back after 0 days", WordsEn.timesBackAfter(0))
        assertEquals("Back after 12,345 days", WordsEn.timesBackAfter(12_345))
        assertEquals("Zurück nach 1.234 Tagen", WordsDe.timesBackAfter(1_234))
        assertEquals("De vuelta tras 1234 días", WordsEs.timesBackAfter(1_234))
        assertEquals("De vuelta tras 12.345 días", WordsEs.timesBackAfter(12_345))
        assertEquals("vor einer Woche", WordsDe.timesWeeksAgo(1))
    }

    @Test
    fun `a stable word of the core finds its text however the core spells it`() {
        assertEquals("Ich höre dich", WordsDe.responsesText("I hear you"))
        assertEquals("Not done", WordsEn.outcomesText("not done"))
        assertEquals("En calma", WordsEs.feelingsText("calm"))
        assertNull(WordsEn.feelingsText("no such feeling"))
    }

    @Test
    fun `an error is explained by what stands nearest to it`() {
        val problem = WordsEn.problem("unavailable", "no-relay")
        assertEquals(WordsEn.errorsUnavailableNoRelay, problem.title)
        assertEquals(WordsEn.errorsUnavailableNoRelayDo, problem.whatToDo)
        assertEquals(WordsEn.errorsInvalidInputEmpty, WordsEn.problem("invalid-input", "title.empty").title)
        assertEquals(WordsEn.errorsUnavailable, WordsEn.problem("unavailable", "a reason of tomorrow").title)
        assertEquals(WordsEn.errorsInternal, WordsEn.problem("a code of tomorrow").title)
    }

    @Test
    fun `a phone has one name in German`() {
        val texts = WordsDe::class.java.methods.filter { it.parameterCount == 0 && it.returnType == String::class.java }
            .map { it.invoke(WordsDe) as String }
        val spoken = listOf("am Telefon", "Telefonnummer")
        assertTrue(texts.size > 500) { "${texts.size} texts" }
        assertEquals(emptyList<String>(), texts.filter { "Telefon" in it && spoken.none(it::contains) })
    }

    @Test
    fun `a German sentence stands whatever a day is called`() {
        for (day in listOf("gestern", "Montag", "3. Mai", "Sonntag, 22. November")) {
            val texts = listOf(
                WordsDe.todayRopeNothingSince(day),
                WordsDe.todayRopeAbout(day),
                WordsDe.todayBegunAbout(day),
                WordsDe.checkInAboutDay(day)
            )
            // A preposition before it would ask for an article that only some of them have.
            for (text in texts) assertTrue(": $day" in text) { text }
        }
    }

    @Test
    fun `the made-up language is longer and bracketed so that a cut shows`() {
        val plain = WordsEn.errorsOffline
        val made = WordsPseudo.errorsOffline
        assertTrue(made.startsWith("⟦") && made.endsWith("⟧")) { made }
        assertTrue(made.length > plain.length * 1.3) { made }
    }

    @Test
    fun `both themes have five moods and no colour is transparent`() {
        for (palette in listOf(Tokens.light, Tokens.dark)) {
            assertEquals(5, palette.moods.toSet().size)
            assertTrue((palette.moods + palette.ink + palette.bg).all { it shr 24 == 0xFFL })
        }
    }
}
