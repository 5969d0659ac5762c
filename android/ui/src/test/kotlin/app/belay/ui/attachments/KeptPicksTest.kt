package app.belay.ui.attachments

import app.belay.core.AttachmentKind
import app.belay.core.AttachmentView
import app.belay.core.BelayException
import app.belay.core.DraftView
import app.belay.core.EntryView
import app.belay.core.NewAttachment
import app.belay.core.NewEntry
import app.belay.ui.Loadable
import app.belay.ui.Navigator
import app.belay.ui.Route
import app.belay.ui.journal.EntryDraft
import app.belay.ui.journal.EntryEditorModel
import app.belay.ui.journal.JournalCore
import app.belay.ui.journal.JournalModel
import app.belay.ui.journal.entry
import app.belay.ui.testkit.TestPlatform
import app.belay.ui.testkit.drawnPhoto
import app.belay.ui.testkit.picked
import app.belay.ui.testkit.testServices
import app.belay.ui.testkit.testShell
import app.belay.ui.testkit.until
import java.io.File
import java.nio.file.Files
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.Job
import kotlinx.coroutines.cancel
import org.junit.jupiter.api.AfterEach
import org.junit.jupiter.api.Assertions.assertArrayEquals
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertNotNull
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test

private const val LETTER = "Dear Mira, the results are in."

/** What was chosen for an entry and not saved, over the end of the process. */
class KeptPicksTest {
    private val folder: File = Files.createTempDirectory("belay-kept").toFile()
    private val core = Keeping()
    private val navigator = Navigator().apply { go(Route.JournalEditor()) }

    @AfterEach
    fun tidy() {
        folder.deleteRecursively()
    }

    /** A process: its own services, over the same core and the same folder. */
    private inner class Process {
        val platform = TestPlatform().apply { attaching.kept = folder }
        val services = testServices(core, testShell(platform = platform), navigator)
        private val page = CoroutineScope(Job() + Dispatchers.Unconfined)
        val editor by lazy {
            EntryEditorModel(services, page, null).also {
                until {
                    check(it.state !is Loadable.Failed) { it.state }
                    it.state is Loadable.Ready
                }
            }
        }

        fun pick() {
            platform.attaching.photo = picked("IMG_2034.jpg", drawnPhoto(), "image/jpeg")
            platform.attaching.file = picked("letter.txt", LETTER.toByteArray(), "text/plain")
            editor.change(editor.fields.copy(body = "From the hill."))
            editor.pending.addPhoto()
            until { editor.pending.all.size == 1 && !editor.pending.act.busy }
            editor.pending.addFile()
            until { editor.pending.all.size == 2 && core.held().size == 2 && !editor.pending.act.busy }
        }

        fun end() = page.cancel()
    }

    @Test
    fun `what was chosen is there again after the process ended, and nobody could read it meanwhile`() {
        Process().apply { pick() }.end()
        assertEquals(2, folder.listFiles().orEmpty().size)
        assertFalse(folder.listFiles().orEmpty().any { "results" in it.readText(Charsets.ISO_8859_1) })

        val next = Process().editor
        assertTrue(next.found)
        val (photo, letter) = next.pending.all
        assertEquals(listOf(AttachmentKind.PHOTO, AttachmentKind.FILE), listOf(photo.kind, letter.kind))
        assertNotNull(photo.small)
        assertEquals(LETTER, File(letter.file.path).readText())
        assertEquals("letter.txt" to "text/plain", letter.name to letter.file.mediaType)
        next.save()
        until { navigator.current is Route.JournalEntry }
        assertEquals(listOf("IMG_2034.jpg", "letter.txt"), core.attached)
        assertTrue(folder.listFiles().orEmpty().isEmpty())
        assertTrue(core.keptDrafts.isEmpty())
    }

    @Test
    fun `what was taken out again is kept no more`() {
        val process = Process().apply { pick() }
        process.editor.pending.takeOut(process.editor.pending.all.first())
        until { core.held().map { it.name } == listOf("letter.txt") }
        assertEquals(core.held().map { it.file }, folder.list().orEmpty().toList())
    }

    @Test
    fun `what could not go in yet waits with the entry that is there`() {
        val process = Process().apply { pick() }
        core.refuses = BelayException.StorageFull()
        process.editor.save()
        until { process.editor.pending.refused != null && !process.editor.saving }
        assertEquals(2, core.held().size)
        assertEquals("e1", core.keptDrafts.single().about)
    }

    @Test
    fun `a copy that is gone or damaged is named, and the others are back`() {
        Process().apply { pick() }.end()
        File(folder, core.held().first().file).writeText("something else")
        val next = Process().editor
        assertEquals(listOf("IMG_2034.jpg"), next.pending.notBack)
        assertEquals(listOf("letter.txt"), next.pending.all.map { it.name })
    }

    @Test
    fun `letting go of a draft lets go of what it held`() {
        Process().apply { pick() }.end()
        val services = Process().services
        val journal = JournalModel(services, services.scope)
        journal.askToLetGo(core.keptDrafts.single())
        journal.letGo()
        until { folder.list().orEmpty().isEmpty() }
    }

    @Test
    fun `a copy that no draft names goes, and one that was made just now stays`() {
        val process = Process().apply { pick() }
        File(folder, "0123456789abcdef").writeText("of a draft that is gone")
        JournalModel(process.services, process.services.scope)
        until { folder.list().orEmpty().toSet() == core.held().map { it.file }.toSet() }

        core.keptDrafts.clear()
        JournalModel(process.services, process.services.scope)
        assertEquals(2, folder.list().orEmpty().size)
    }

    @Test
    fun `a sealed copy opens whole, whatever its length, and not at all once it was changed`() {
        val (plain, sealed, opened) = List(3) { File(folder, "part-$it") }
        for (length in listOf(0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE)) {
            val bytes = ByteArray(length) { (it * 7).toByte() }
            val key = SealedCopy.newKey()
            plain.writeBytes(bytes)
            SealedCopy.seal(plain, sealed, key)
            SealedCopy.open(sealed, opened, key)
            assertArrayEquals(bytes, opened.readBytes())
            assertFalse(opensAs(sealed.readBytes(), SealedCopy.newKey()))
        }
        val key = SealedCopy.newKey()
        SealedCopy.seal(plain, sealed, key)
        val whole = sealed.readBytes()
        val piece = PIECE + 16
        assertFalse(opensAs(whole.copyOf(piece), key), "cut after a piece")
        assertFalse(opensAs(whole.copyOfRange(piece, whole.size), key), "without the first piece")
        val swapped =
            whole.copyOfRange(piece, 2 * piece) + whole.copyOf(piece) + whole.copyOfRange(2 * piece, whole.size)
        assertFalse(opensAs(swapped, key), "pieces changed places")
    }

    private fun opensAs(bytes: ByteArray, key: String): Boolean {
        val (sealed, opened) = File(folder, "try") to File(folder, "tried")
        sealed.writeBytes(bytes)
        return runCatching { SealedCopy.open(sealed, opened, key) }.isSuccess
    }

    @Test
    fun `a line of a draft gives back what it held, and any other line is no pick`() {
        val pick = KeptPick(AttachmentKind.FILE, "ab12", "00ff".repeat(16), 84, null, "a|b\nc.pdf")
        assertEquals(pick.copy(name = "a|b c.pdf"), KeptPick.read(pick.write()))
        assertEquals(null, KeptPick.read("FILE|../etc|00|1||x"))
        assertEquals(null, KeptPick.read("nothing"))
        val draft = EntryDraft(body = "From the hill.", picks = listOf(pick.copy(name = "c.pdf")))
        assertEquals(draft, EntryDraft.read(draft.write()))
        assertFalse("00ff" in draft.toString() || "00ff" in pick.toString())
    }

    private companion object {
        const val PIECE = 64 * 1024
    }
}

/** A core that keeps drafts, and takes what is attached unless it refuses. */
private class Keeping : JournalCore() {
    val attached = mutableListOf<String>()
    var refuses: BelayException? = null

    /** What the drafts hold. */
    fun held(): List<KeptPick> = keptDrafts.toList().flatMap { EntryDraft.read(it.text).picks }

    override suspend fun drafts(): List<DraftView> = keptDrafts.toList()

    override suspend fun writeEntry(new: NewEntry): EntryView = entry("e1", new.text, new.title)

    override suspend fun attach(path: String, new: NewAttachment): AttachmentView {
        refuses?.let { throw it }
        attached += new.name.orEmpty()
        return attachment("new", new.name.orEmpty(), new.kind)
    }
}
