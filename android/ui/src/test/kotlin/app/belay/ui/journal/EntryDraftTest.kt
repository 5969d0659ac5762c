package app.belay.ui.journal

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test

class EntryDraftTest {
    @Test
    fun `words alone are kept as they are`() {
        for (body in listOf("Slept well.", "", "\n\nlate start", "# heading\n---\nline", "emoji 🌊 and العربية")) {
            assertEquals(body, EntryDraft(body = body).write())
            assertEquals(EntryDraft(body = body), EntryDraft.read(body))
        }
    }

    @Test
    fun `everything that was chosen comes back with the words`() {
        val draft = EntryDraft(
            title = "title: of a title",
            body = "---\nfirst\n---\nlast",
            on = "2026-03-01",
            mood = 4u,
            tags = listOf("walk", "title: no"),
            goals = listOf("ab", "cd"),
            halfTag = "wal"
        )
        assertEquals(draft, EntryDraft.read(draft.write()))
    }

    @Test
    fun `words that look like a head stay words`() {
        for (body in listOf("---", "---\n", "---\nnot a head\n---\n", "---\nmood: happy\n---\nx", "---\n---\n")) {
            assertEquals(EntryDraft(body = body), EntryDraft.read(EntryDraft(body = body).write()), body)
        }
    }

    @Test
    fun `a text that another version kept is shown word for word`() {
        val text = "---\nweather: rain\n---\nwet shoes"
        assertEquals(EntryDraft(body = text), EntryDraft.read(text))
    }

    @Test
    fun `what somebody wrote is not in a log`() {
        assertFalse("secret" in EntryDraft(title = "secret", body = "secret").toString())
        assertTrue(EntryDraft(on = "2026-03-01").isEmpty)
    }
}
