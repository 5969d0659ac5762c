package app.belay.ui.attachments

import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableIntStateOf
import androidx.compose.runtime.mutableStateListOf
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.setValue
import androidx.compose.ui.graphics.ImageBitmap
import app.belay.core.AttachmentKind
import app.belay.core.DocName
import app.belay.core.NewAttachment
import app.belay.ui.Doing
import app.belay.ui.PickedFile
import app.belay.ui.Problem
import app.belay.ui.Recording
import app.belay.ui.Services
import app.belay.ui.attempt
import kotlin.time.Duration.Companion.seconds
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Job
import kotlinx.coroutines.delay
import kotlinx.coroutines.job
import kotlinx.coroutines.launch

/** Something that goes into the entry when it is saved. */
class PendingAttachment(
    val kind: AttachmentKind,
    val file: PickedFile,
    val name: String,
    val smallPath: String? = null,
    val small: ImageBitmap? = null,
    /** Its sealed copy, where one could be made. */
    val kept: KeptPick? = null
)

/** What could not be attached, and why. */
class NotAttached(val name: String, val problem: Problem)

/**
 * What was chosen or recorded for an entry that is being written. It goes in when the entry is saved; until then a
 * sealed copy of each is kept, which [onChange] hands to the draft.
 */
class PendingAttachments(
    private val services: Services,
    private val scope: CoroutineScope,
    private val onChange: (List<KeptPick>) -> Unit
) {
    private val platform = services.platform
    private val picks = services.picks
    private val shell get() = platform.attaching

    /** In the order they were added. */
    val all = mutableStateListOf<PendingAttachment>()

    /** Seconds that were recorded so far; null where nothing is. */
    val recordedSeconds: Int? get() = seconds.takeIf { recording != null }

    /** The microphone was asked for and not given. */
    var noMicrophone: Boolean by mutableStateOf(false)
        private set

    /** The last one that could not be attached; it stays among the others. */
    var refused: NotAttached? by mutableStateOf(null)
        private set

    /** The names of those that were chosen before and are not here any more. */
    var notBack: List<String> by mutableStateOf(emptyList())
        private set

    /** What the draft holds of them. */
    val kept: List<KeptPick> get() = all.mapNotNull { it.kept }

    val act = Doing(scope, services.words)
    val canPick: Boolean get() = shell.canPick
    val canRecord: Boolean get() = shell.canRecord

    private var recording: Recording? by mutableStateOf(null)
    private var seconds: Int by mutableIntStateOf(0)
    private var counting: Job? = null

    init {
        scope.coroutineContext.job.invokeOnCompletion { letGo() }
    }

    /** Lets the person choose a photo. */
    fun addPhoto() = act.run {
        val photo = shell.pickPhoto() ?: return@run
        add(AttachmentKind.PHOTO, photo, photo.name)
    }

    /** Lets the person choose any file. */
    fun addFile() = act.run {
        val file = shell.pickFile() ?: return@run
        add(AttachmentKind.FILE, file, file.name)
    }

    /** Begins to record. */
    fun record() = act.run {
        noMicrophone = false
        val begun = shell.record()
        if (begun == null) {
            noMicrophone = true
            return@run
        }
        recording = begun
        seconds = 0
        counting = scope.launch {
            while (true) {
                delay(1.seconds)
                seconds++
            }
        }
    }

    /** Ends recording and keeps what was said. */
    fun keepRecording() {
        val ended = endRecording() ?: return
        act.run {
            val memo = ended.finish() ?: return@run
            val name = services.words.attachmentsMemoName(services.formats.time(services.clock.nowMs()))
            add(AttachmentKind.VOICE_MEMO, memo, name)
        }
    }

    /** Ends recording and keeps nothing. */
    fun discardRecording() {
        endRecording()?.discard()
    }

    /** Takes one out again. */
    fun takeOut(attachment: PendingAttachment) {
        if (!all.remove(attachment)) return
        if (refused?.name == attachment.name) refused = null
        drop(attachment)
        onChange(kept)
    }

    /** Takes up again what a draft held. */
    suspend fun takeUp(held: List<KeptPick>) {
        val missing = mutableListOf<String>()
        for (pick in held) {
            val file = picks.open(pick)
            if (file == null) missing += pick.name else all += drawn(pick.kind, file, pick.name, pick)
        }
        notBack = missing
    }

    /** Shows them no more; the draft that holds them stays. */
    fun putAside() {
        all.forEach(::dropOpen)
        all.clear()
        notBack = emptyList()
    }

    /**
     * Seals all of them into the entry. False where one could not be taken: it stays, with those behind it, and
     * [refused] says why.
     */
    suspend fun attachTo(entry: DocName): Boolean {
        refused = null
        for (attachment in all.toList()) {
            val problem = attempt(services.words) {
                services.core.attach(attachment.file.path, attachment.asNew(entry))
            }
            if (problem != null) {
                refused = NotAttached(attachment.name, problem)
                return false
            }
            all -= attachment
            drop(attachment)
        }
        return true
    }

    private fun PendingAttachment.asNew(entry: DocName) =
        NewAttachment(entry = entry, kind = kind, name = name, mediaType = file.mediaType, thumbnailPath = smallPath)

    private suspend fun add(kind: AttachmentKind, file: PickedFile, name: String) {
        refused = null
        all += drawn(kind, file, name, picks.keep(kind, file, name))
        onChange(kept)
    }

    private suspend fun drawn(
        kind: AttachmentKind,
        file: PickedFile,
        name: String,
        pick: KeptPick?
    ): PendingAttachment {
        val small = if (kind == AttachmentKind.PHOTO) shell.shrink(file.path) else null
        return PendingAttachment(kind, file, name, small, small?.let { shell.picture(it) }, pick)
    }

    private fun endRecording(): Recording? {
        counting?.cancel()
        return recording.also { recording = null }
    }

    private fun drop(attachment: PendingAttachment) {
        dropOpen(attachment)
        picks.drop(listOfNotNull(attachment.kept))
    }

    private fun dropOpen(attachment: PendingAttachment) {
        platform.dropFile(attachment.file.path)
        attachment.smallPath?.let(platform::dropFile)
    }

    private fun letGo() {
        discardRecording()
        all.forEach(::dropOpen)
    }
}
