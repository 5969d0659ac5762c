package app.belay.ui.attachments

import app.belay.core.AttachmentView
import app.belay.core.BelayCoreInterface
import app.belay.core.DocName
import app.belay.core.SpaceId
import app.belay.core.SyncTroubleView

/** Whose attachments they are, and how they are opened. */
interface AttachmentSource {
    /** Whether they are this person's own: only those can be erased. */
    val isOwn: Boolean

    /** All of them as they are now; null where the page that shows them reads them anew by itself. */
    suspend fun all(): List<AttachmentView>?

    /** Opens one into a file. */
    suspend fun export(id: DocName, path: String)

    /** Opens its small picture into a file. */
    suspend fun exportSmall(id: DocName, path: String)

    /** Whether something that went wrong while looking keeps these from coming. */
    fun isHeldUpBy(trouble: SyncTroubleView): Boolean
}

/** What is attached to an own entry. */
class OwnAttachments(private val core: BelayCoreInterface, private val entry: DocName) : AttachmentSource {
    override val isOwn: Boolean = true

    override suspend fun all(): List<AttachmentView> = core.attachments(entry)

    override suspend fun export(id: DocName, path: String) {
        core.exportAttachment(id, path)
    }

    override suspend fun exportSmall(id: DocName, path: String) {
        core.exportThumbnail(id, path)
    }

    override fun isHeldUpBy(trouble: SyncTroubleView): Boolean = trouble.partner == null
}

/** What a partner gave with passages in [space]. */
class GivenAttachments(private val core: BelayCoreInterface, private val space: SpaceId) : AttachmentSource {
    override val isOwn: Boolean = false

    override suspend fun all(): List<AttachmentView>? = null

    override suspend fun export(id: DocName, path: String) {
        core.exportGivenAttachment(space, id, path)
    }

    override suspend fun exportSmall(id: DocName, path: String) {
        core.exportGivenThumbnail(space, id, path)
    }

    override fun isHeldUpBy(trouble: SyncTroubleView): Boolean = trouble.space == space
}
