package app.belay.ui.attachments

import app.belay.core.AttachmentKind
import app.belay.core.AttachmentStateView
import app.belay.core.AttachmentView
import app.belay.core.BelayException
import app.belay.core.PartnerPageView
import app.belay.core.ProgressObserver
import app.belay.core.SyncReport
import app.belay.ui.people.FakePeople
import app.belay.ui.people.samsPage
import app.belay.ui.testkit.drawnPhoto
import java.io.File

/** What Sam gave with a passage: a photo that is here, a memo that is not, a file that comes. */
val fromSam: List<AttachmentView> = listOf(
    attachment("g1", "The kitchen table.jpg", bytes = 1_900_000u),
    attachment(
        "g2",
        "Voice memo 19:05",
        AttachmentKind.VOICE_MEMO,
        410_000u,
        AttachmentStateView.NotHereYet,
        mediaType = "audio/mp4"
    ),
    attachment(
        "g3",
        "Group times.pdf",
        AttachmentKind.FILE,
        96_000u,
        AttachmentStateView.Coming(38_000u, 96_000u),
        mediaType = "application/pdf"
    )
)

private fun withAttachments(): PartnerPageView = samsPage().let { page ->
    page.copy(
        checkIns = emptyList(),
        goals = emptyList(),
        passages = page.passages.map { it.copy(attachments = fromSam) }
    )
}

/** A core whose Sam gave a passage with attachments; what was opened of them is written down. */
class GivingSam : FakePeople(page = withAttachments()) {
    /** What was opened, and from which space. */
    val opened = mutableListOf<String>()
    var lookedFor = 0

    override suspend fun exportGivenAttachment(space: String, id: String, path: String): AttachmentView =
        given(space, id, path)

    override suspend fun exportGivenThumbnail(space: String, id: String, path: String): AttachmentView =
        given(space, "small $id", path)

    override suspend fun sync(observer: ProgressObserver?): SyncReport {
        lookedFor++
        throw BelayException.Offline()
    }

    private fun given(space: String, id: String, path: String): AttachmentView {
        opened += "$space $id"
        File(path).writeBytes(drawnPhoto())
        return fromSam.first { id.endsWith(it.id) }
    }

    companion object {
        const val SPACE = "sam"
    }
}
