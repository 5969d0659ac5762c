package app.belay.ui.attachments

import app.belay.core.AttachmentKind
import app.belay.core.AttachmentStateView
import app.belay.core.AttachmentView
import app.belay.core.BelayException
import app.belay.core.EntryView
import app.belay.core.NewAttachment
import app.belay.core.NewEntry
import app.belay.core.ProgressObserver
import app.belay.core.SyncReport
import app.belay.core.SyncTroubleView
import app.belay.ui.journal.JournalCore
import app.belay.ui.journal.entry
import app.belay.ui.testkit.EVENING_MS
import app.belay.ui.testkit.drawnPhoto
import java.io.File

/** An attachment of the long way home. */
fun attachment(
    id: String,
    name: String,
    kind: AttachmentKind = AttachmentKind.PHOTO,
    bytes: ULong = 2_400_000u,
    state: AttachmentStateView = AttachmentStateView.Here,
    thumbnail: AttachmentStateView? = if (kind == AttachmentKind.PHOTO) AttachmentStateView.Here else null,
    mediaType: String = ""
): AttachmentView = AttachmentView(id, "e1", kind, name, mediaType, bytes, EVENING_MS, state, thumbnail)

/** A photo, a memo, and a file, all here. */
val allHere = listOf(
    attachment("a1", "Over the hill.jpg"),
    attachment("a2", "Voice memo 18:40", AttachmentKind.VOICE_MEMO, 310_000u, mediaType = "audio/mp4"),
    attachment("a3", "Doctor’s letter.pdf", AttachmentKind.FILE, 84_000u, mediaType = "application/pdf")
)

/** The same on a device that has not got all of it. */
val onTheWay = listOf(
    attachment("a1", "Over the hill.jpg", state = AttachmentStateView.Coming(1_600_000u, 2_400_000u)),
    attachment(
        "a2",
        "Voice memo 18:40",
        AttachmentKind.VOICE_MEMO,
        310_000u,
        AttachmentStateView.NotHereYet,
        mediaType = "audio/mp4"
    )
)

/** A journal whose long way home has attachments. */
class FakeAttachments(var all: List<AttachmentView> = allHere) : JournalCore() {
    val attached = mutableListOf<NewAttachment>()
    var refusesFile: BelayException? = null
    var looked = 0
    var relaySays: String? = null
    val written = mutableListOf<NewEntry>()

    override suspend fun writeEntry(new: NewEntry): EntryView {
        written += new
        return entry("e1", new.text, new.title)
    }

    override suspend fun entry(name: String): EntryView =
        entry("e1", "Walked home along the river instead of taking the bus.", "The long way home", mood = 4)

    override suspend fun attachments(entry: String): List<AttachmentView> = all

    override suspend fun attach(path: String, new: NewAttachment): AttachmentView {
        refusesFile?.let { throw it }
        check(File(path).exists()) { "the copy is there until it is sealed" }
        attached += new
        return attachment("new-${attached.size}", new.name.orEmpty(), new.kind)
    }

    override suspend fun exportAttachment(id: String, path: String): AttachmentView = written(id, path)

    override suspend fun exportThumbnail(id: String, path: String): AttachmentView = written(id, path)

    override suspend fun removeAttachment(id: String) {
        refusesFile?.let { throw it }
        all = all.filterNot { it.id == id }
    }

    override suspend fun sync(observer: ProgressObserver?): SyncReport {
        looked++
        relaySays?.let { return quiet.copy(troubles = listOf(SyncTroubleView("own", null, it))) }
        throw BelayException.Offline()
    }

    private fun written(id: String, path: String): AttachmentView {
        File(path).writeBytes(drawnPhoto())
        return all.first { it.id == id }
    }
}

private val quiet = SyncReport(
    envelopesSent = 0u,
    envelopesReceived = 0u,
    itemsReceived = 0u,
    envelopesRefused = 0u,
    editedAfterDeletion = 0u,
    invitations = emptyList(),
    troubles = emptyList()
)
