package app.belay.ui.attachments

import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateMapOf
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.setValue
import androidx.compose.ui.graphics.ImageBitmap
import app.belay.core.AttachmentKind
import app.belay.core.AttachmentStateView
import app.belay.core.AttachmentView
import app.belay.core.DocName
import app.belay.ui.Doing
import app.belay.ui.Playing
import app.belay.ui.Services
import app.belay.ui.attempt
import app.belay.ui.syncOrLook
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.job
import kotlinx.coroutines.launch

/** A photo that is shown whole; [picture] is null where it cannot be drawn. */
class ShownPhoto(val name: String, val picture: ImageBitmap?)

/**
 * What is attached to an entry, or came with passages: seen, opened, looked for, and erased where it is one's own.
 * Opened files go as soon as nobody looks at them.
 */
class AttachmentsModel(val services: Services, private val scope: CoroutineScope, val source: AttachmentSource) {
    /** What is attached to an own entry. */
    constructor(services: Services, scope: CoroutineScope, entry: DocName) :
        this(services, scope, OwnAttachments(services.core, entry))

    private val core = services.core
    private val platform = services.platform

    /** Small pictures that are here, by what they are of. */
    val small = mutableStateMapOf<DocName, ImageBitmap>()

    /** In the order they were added, as the page that shows them says. */
    var all: List<AttachmentView> by mutableStateOf(emptyList())
        private set

    /** The photo that is shown whole. */
    var shown: ShownPhoto? by mutableStateOf(null)
        private set

    /** The voice memo that is heard now. */
    var playing: DocName? by mutableStateOf(null)
        private set

    /** What another app would open, until the person says yes or no. */
    var outside: AttachmentView? by mutableStateOf(null)
        private set

    /** What is about to be erased, until the person says yes or no. */
    var removing: AttachmentView? by mutableStateOf(null)
        private set

    /** Somebody asked to look for what is missing, and it was looked for. */
    var looked: Boolean by mutableStateOf(false)
        private set

    /** The relay was asked, and has no more room for attachments. */
    var isRelayFull: Boolean by mutableStateOf(false)
        private set

    val act = Doing(scope, services.words)

    private var sound: Playing? = null
    private val opened = mutableSetOf<String>()

    init {
        scope.coroutineContext.job.invokeOnCompletion { letGo() }
    }

    /** Takes what the page of the entry brought; small pictures follow. */
    fun show(attachments: List<AttachmentView>) {
        all = attachments
        scope.launch { attempt(services.words) { draw(attachments) } }
    }

    /** Shows a photo, plays a memo, or asks before another app gets a file. */
    fun open(attachment: AttachmentView) {
        if (attachment.state != AttachmentStateView.Here) return
        when (attachment.kind) {
            AttachmentKind.PHOTO -> show(attachment)
            AttachmentKind.VOICE_MEMO -> play(attachment)
            AttachmentKind.FILE -> outside = attachment
        }
    }

    /** Shows the photo no more. */
    fun closePhoto() {
        shown = null
    }

    /** Plays no more. */
    fun stop() {
        sound?.stop()
        sound = null
        playing = null
    }

    /** Hands the file to another app, or turns back. */
    fun answerOutside(yes: Boolean) {
        val attachment = outside ?: return
        outside = null
        if (!yes) return
        act.run {
            val path = export(attachment)
            // The other app may read it for as long as this page is open.
            opened += path
            if (!platform.attaching.openOutside(path, attachment.mediaType)) platform.shareFile(path)
        }
    }

    /** Asks before something is erased; null turns back. */
    fun askToRemove(attachment: AttachmentView?) {
        removing = attachment
        act.problem = null
    }

    /** Erases it, everywhere. */
    fun remove() {
        val attachment = removing ?: return
        act.run {
            core.removeAttachment(attachment.id)
            removing = null
            source.all()?.let(::show)
        }
    }

    /** Looks now for what is not here yet. */
    fun look() = act.run {
        looked = false
        val troubles = core.syncOrLook()?.troubles.orEmpty().filter(source::isHeldUpBy)
        isRelayFull = source.isOwn && troubles.any { it.code == RELAY_IS_FULL }
        looked = troubles.isEmpty()
        source.all()?.let(::show)
    }

    private fun show(attachment: AttachmentView) = act.run {
        val path = export(attachment)
        try {
            shown = ShownPhoto(attachment.name, platform.attaching.picture(path))
        } finally {
            platform.dropFile(path)
        }
    }

    private fun play(attachment: AttachmentView) {
        stop()
        act.run {
            val path = export(attachment)
            sound = platform.attaching.play(path) {
                playing = null
                platform.dropFile(path)
            }
            opened += path
            if (sound == null) outside = attachment else playing = attachment.id
        }
    }

    private suspend fun draw(attachments: List<AttachmentView>) {
        for (attachment in attachments) {
            if (attachment.thumbnail != AttachmentStateView.Here || attachment.id in small) continue
            val path = platform.newFile("small-${attachment.id}")
            try {
                source.exportSmall(attachment.id, path)
                platform.attaching.picture(path)?.let { small[attachment.id] = it }
            } finally {
                platform.dropFile(path)
            }
        }
    }

    private suspend fun export(attachment: AttachmentView): String {
        val path = platform.newFile(fileNameOf(attachment.name))
        source.export(attachment.id, path)
        return path
    }

    private fun letGo() {
        stop()
        opened.forEach(platform::dropFile)
    }
}

/** A name for a file on its way to another app: no folder, nothing hidden, no sign that a system takes for its own. */
internal fun fileNameOf(name: String): String {
    val plain = name.substringAfterLast('/').substringAfterLast('\\')
    val safe = plain.map { if (it.isLetterOrDigit() || it in ".-_ ()") it else '_' }.joinToString("")
    return safe.trim().trimStart('.').takeLast(NAME_LONGEST).ifEmpty { "file" }
}

private const val NAME_LONGEST = 80

/** What a relay says of a mailbox that is full. */
private const val RELAY_IS_FULL = "relay-refused.quota_exceeded"
