package app.belay.ui.attachments

import app.belay.core.AttachmentKind
import app.belay.core.BelayException
import app.belay.ui.Navigator
import app.belay.ui.Route
import app.belay.ui.journal.EntryEditorModel
import app.belay.ui.testkit.TestPlatform
import app.belay.ui.testkit.drawnPhoto
import app.belay.ui.testkit.picked
import app.belay.ui.testkit.testServices
import app.belay.ui.testkit.testShell
import java.io.File
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.Job
import kotlinx.coroutines.cancel
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertNotNull
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test

class AttachmentsTest {
    private val core = FakeAttachments()
    private val platform = TestPlatform()
    private val hands = platform.attaching
    private val navigator = Navigator()
    private val services = testServices(core, testShell(platform = platform), navigator)
    private val page = CoroutineScope(Job() + Dispatchers.Unconfined)
    private val model by lazy { AttachmentsModel(services, page, "e1").apply { show(core.all) } }

    private fun editor(): EntryEditorModel {
        navigator.go(Route.JournalEditor())
        return EntryEditorModel(services, page, null)
    }

    @Test
    fun `a photo is shown here and its file goes at once`() {
        assertNotNull(model.small["a1"])
        model.open(allHere[0])

        assertNotNull(model.shown?.picture)
        assertTrue(platform.dropped.isNotEmpty())
        assertTrue(platform.dropped.last().endsWith("Over the hill.jpg"))
        model.closePhoto()
        assertNull(model.shown)
    }

    @Test
    fun `a memo is heard here until its end or until somebody stops it`() {
        model.open(allHere[1])
        assertEquals("a2", model.playing)
        hands.comesToItsEnd()
        assertNull(model.playing)

        model.open(allHere[1])
        model.stop()
        assertNull(model.playing)
    }

    @Test
    fun `another app gets a file only after a yes and the copy goes with the page`() {
        model.open(allHere[2])
        model.answerOutside(false)
        assertTrue(hands.outside.isEmpty())

        model.open(allHere[2])
        model.answerOutside(true)
        assertEquals(listOf("Doctor_s letter.pdf application/pdf"), hands.outside)
        page.cancel()
        assertTrue(platform.dropped.any { it.endsWith("letter.pdf") })
    }

    @Test
    fun `an attachment is erased only after a yes and a refusal keeps the question open`() {
        model.askToRemove(allHere[2])
        model.askToRemove(null)
        model.remove()
        assertEquals(3, core.all.size)

        model.askToRemove(allHere[2])
        core.refusesFile = BelayException.StorageFull()
        model.remove()
        assertEquals("storage-full", model.act.problem?.code)
        assertNotNull(model.removing)

        core.refusesFile = null
        model.remove()
        assertEquals(listOf("a1", "a2"), model.all.map { it.id })
    }

    @Test
    fun `what is not here is looked for when somebody asks and being offline is said`() {
        model.look()
        assertEquals(1, core.looked)
        assertFalse(model.looked)
        assertEquals("offline", model.act.problem?.code)
    }

    @Test
    fun `a relay without room says so and where the rest can go`() {
        core.relaySays = "relay-refused.quota_exceeded"
        model.look()
        assertTrue(model.isRelayFull)
        assertFalse(model.looked)
        assertNull(model.act.problem)
    }

    @Test
    fun `what was chosen is sealed with the entry and the copies go`() {
        hands.photo = picked("IMG_2034.jpg", drawnPhoto(), "image/jpeg")
        hands.file = picked("notes.txt", byteArrayOf(1), "text/plain")
        val editor = editor()
        editor.pending.addPhoto()
        editor.pending.addFile()
        assertFalse(editor.canSave, "an entry has words")
        editor.change(editor.fields.copy(body = "From the hill."))
        val copies = editor.pending.all.map { it.file.path }
        editor.save()

        assertEquals(listOf(AttachmentKind.PHOTO, AttachmentKind.FILE), core.attached.map { it.kind })
        assertNotNull(core.attached.first().thumbnailPath)
        assertTrue(navigator.current is Route.JournalEntry)
        assertTrue(platform.dropped.containsAll(copies))
    }

    @Test
    fun `a file that is too large stays in the editor with its reason and the words are saved`() {
        hands.file = picked("film.mov", byteArrayOf(1))
        core.refusesFile = BelayException.InvalidInput("file", "too_many_bytes")
        val editor = editor()
        editor.change(editor.fields.copy(body = "Only words."))
        editor.pending.addFile()
        editor.save()

        val refused = checkNotNull(editor.pending.refused)
        assertEquals("film.mov", refused.name)
        assertEquals("This file is larger than 60 MB.", refused.problem.title)
        assertEquals(1, core.written.size)
        assertTrue(navigator.current is Route.JournalEditor)

        editor.pending.takeOut(editor.pending.all.single())
        assertNull(editor.pending.refused)
        assertFalse(editor.canSave, "nothing is left to be saved")
    }

    @Test
    fun `a memo is recorded and kept or thrown away`() {
        val pending = editor().pending
        pending.record()
        assertEquals(0, pending.recordedSeconds)
        pending.discardRecording()
        assertEquals(1, hands.discarded)
        assertTrue(pending.all.isEmpty())

        pending.record()
        pending.keepRecording()
        assertEquals("Voice memo 21:00", pending.all.single().name)
        assertNull(pending.recordedSeconds)

        hands.hasMicrophone = false
        pending.record()
        assertTrue(pending.noMicrophone)
    }

    @Test
    fun `what was chosen and not saved goes with the page`() {
        hands.file = picked("notes.txt", byteArrayOf(1))
        val pending = editor().pending
        pending.addFile()
        pending.record()
        page.cancel()

        assertEquals(1, hands.discarded)
        assertEquals(listOf(hands.file?.path), platform.dropped.toList())
    }

    @Test
    fun `a name from elsewhere leads into no other folder`() {
        assertEquals("passwd", fileNameOf("../../etc/passwd"))
        assertEquals("file", fileNameOf("..\\.."))
        assertEquals("bashrc", fileNameOf(".bashrc"))
        assertEquals("a_b.txt", fileNameOf("a:b.txt"))
        assertEquals(File("x").name, fileNameOf("x"))
    }
}
