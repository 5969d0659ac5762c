package app.belay.ui.attachments

import app.belay.core.AttachmentKind
import app.belay.core.AttachmentStateView
import app.belay.core.EntryQuery
import app.belay.ui.Loadable
import app.belay.ui.Navigator
import app.belay.ui.Route
import app.belay.ui.journal.EntryEditorModel
import app.belay.ui.journal.EntryModel
import app.belay.ui.testkit.RealStore
import app.belay.ui.testkit.TestPlatform
import app.belay.ui.testkit.drawnPhoto
import app.belay.ui.testkit.picked
import app.belay.ui.testkit.testServices
import app.belay.ui.testkit.testShell
import app.belay.ui.testkit.until
import java.io.File
import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.Assertions.assertArrayEquals
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNotNull
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test

private const val TOO_LARGE = 61 * 1024 * 1024

/** Photos, memos and files of an entry in a real store. */
class RealAttachmentsTest {
    private val platform = TestPlatform()
    private val hands = platform.attaching
    private val navigator = Navigator()

    @Test
    fun `a photo and a file are sealed with the entry and come out as they went in`() = RealStore().use { store ->
        val core = store.create("Mira")
        val services = testServices(core, testShell(platform = platform, clock = store.clock), navigator)
        navigator.go(Route.JournalEditor())
        val editor = EntryEditorModel(services, services.scope, null)
        until { editor.state is Loadable.Ready }
        hands.photo = picked("hill.jpg", drawnPhoto(), "image/jpeg")
        hands.file = picked("notes.txt", "tea and bread".toByteArray(), "text/plain")
        editor.pending.addPhoto()
        editor.pending.addFile()
        editor.change(editor.fields.copy(body = "From the hill."))
        editor.save()
        until { navigator.current is Route.JournalEntry }

        val page = EntryModel(services, services.scope, (navigator.current as Route.JournalEntry).name)
        val model = page.attached
        until { model.all.size == 2 && model.small.size == 1 }
        val (photo, file) = model.all
        assertEquals(listOf(AttachmentKind.PHOTO, AttachmentKind.FILE), listOf(photo.kind, file.kind))
        assertEquals(AttachmentStateView.Here, photo.state)
        model.open(photo)
        until { model.shown != null }
        assertNotNull(model.shown?.picture)
        val out = File.createTempFile("notes", ".txt")
        runBlocking { core.exportAttachment(file.id, out.path) }
        assertArrayEquals("tea and bread".toByteArray(), out.readBytes())

        model.askToRemove(photo)
        model.remove()
        until { model.all.size == 1 }
        assertNull(model.act.problem)
        runBlocking { core.shutdown() }
    }

    @Test
    fun `a file above what an entry takes is refused in words and the entry is there`() = RealStore().use { store ->
        val core = store.create("Mira")
        val services = testServices(core, testShell(platform = platform, clock = store.clock), navigator)
        navigator.go(Route.JournalEditor())
        val editor = EntryEditorModel(services, services.scope, null)
        until { editor.state is Loadable.Ready }
        hands.file = picked("film.mov", ByteArray(TOO_LARGE))
        editor.change(editor.fields.copy(body = "Only words."))
        editor.pending.addFile()
        editor.save()
        until { editor.pending.refused != null && !editor.saving }

        assertEquals("This file is larger than 60 MB.", editor.pending.refused?.problem?.title)
        assertTrue(navigator.current is Route.JournalEditor)
        assertEquals(1, runBlocking { core.journalPage(EntryQuery()) }.page.entries.size)
        runBlocking { core.shutdown() }
    }
}
