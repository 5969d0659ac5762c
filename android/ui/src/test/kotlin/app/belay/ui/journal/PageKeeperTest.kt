package app.belay.ui.journal

import app.belay.core.EntryPageView
import app.belay.core.EntryQuery
import app.belay.ui.testkit.FakeCore
import app.belay.ui.testkit.testServices
import app.belay.ui.value
import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test

class PageKeeperTest {
    private val core = object : FakeCore() {
        override suspend fun entries(query: EntryQuery) = EntryPageView(emptyList(), null)
    }
    private val services = testServices(core)

    private fun keeper(about: String? = null) = PageKeeper(services, "goal", about)

    @Test
    fun `what was typed is there again word for word and goes when it was used`() = runBlocking {
        val title = "A \\n that is no line,\nand one that is: so"
        val body = "---\nkind: goal\n---\nfences of one's own"
        keeper().run {
            takeUp()
            keep(true, listOf("title" to title), body)
        }
        val again = keeper()
        val found = checkNotNull(again.takeUp())
        assertEquals(title to body, found["title"] to found.body)

        again.drop()

        assertNull(keeper().takeUp())
    }

    @Test
    fun `a page about one thing is not taken up for another`() = runBlocking {
        keeper("a1").run {
            takeUp()
            keep(true, emptyList(), "words")
        }
        assertNull(keeper("b2").takeUp())
        assertEquals("words", keeper("a1").takeUp()?.body)
    }

    @Test
    fun `what was typed into another page is no entry of the journal and begins none`() = runBlocking {
        keeper().run {
            takeUp()
            keep(true, listOf("title" to "Swim"))
        }
        assertFalse(core.keptDrafts.single().isEntry)
        assertTrue(checkNotNull(JournalModel(services, services.scope).state.value).drafts.isEmpty())
        assertEquals("", EntryEditorModel(services, services.scope, name = null).fields.body)
    }

    @Test
    fun `an entry that looks like such a page stays an entry`() {
        val body = "---\nkind: goal\n---\nmy notes on a file format"
        val text = EntryDraft(body = body).write()
        assertNull(PageDraft.read(text))
        assertEquals(body, EntryDraft.read(text).body)
    }

    @Test
    fun `nothing of what was typed is part of what a draft says of itself`() {
        assertFalse("Swim" in PageDraft("goal", listOf("title" to "Swim"), "Swim").toString())
    }
}
