package app.belay.ui

import androidx.compose.ui.graphics.ImageBitmap
import java.io.File

/**
 * A file that the person chose or recorded: a copy that no other app sees, removed with [Platform.dropFile] once it
 * was used.
 */
class PickedFile(
    val path: String,
    /** What it was called where it came from. */
    val name: String,
    /** Its media type, where that is known. */
    val mediaType: String?,
    val bytes: Long
)

/** Something that is being recorded. */
interface Recording {
    /** Ends it and keeps what was said; null when nothing was recorded. */
    suspend fun finish(): PickedFile?

    /** Ends it and keeps nothing. */
    fun discard()
}

/** Something that is being played. */
fun interface Playing {
    /** Ends it. Once more does nothing. */
    fun stop()
}

/** What a shell can do with photos, voice memos and files. No other app sees what passes through, but by [openOutside]. */
interface Attaching {
    /** Whether photos and files can be chosen at all. */
    val canPick: Boolean

    /** Lets the person choose a photo, and gives a copy of it as JPEG, PNG or WebP; null when they turned back. */
    suspend fun pickPhoto(): PickedFile?

    /** Lets the person choose any file, and gives a copy of it; null when they turned back. */
    suspend fun pickFile(): PickedFile?

    /** A folder for sealed copies that outlives the process and goes into no backup; null where there is none. */
    val kept: File? get() = null

    /** Whether there is a microphone to ask for. */
    val canRecord: Boolean

    /** Begins to record; may ask the person first. Null when they said no, or nothing can be recorded now. */
    suspend fun record(): Recording?

    /** Draws a small picture of the one at [path] into a file of its own; null where there is none to be drawn. */
    suspend fun shrink(path: String): String?

    /** The picture in a file, as large as a screen can show it; null where it cannot be read. */
    suspend fun picture(path: String): ImageBitmap?

    /** Plays what is in a file and says when it has [ended]; null where it cannot be played. */
    fun play(path: String, ended: () -> Unit): Playing?

    /** Hands a file to another app that shows it. Whether there was one. */
    fun openOutside(path: String, mediaType: String): Boolean
}

/** A shell that can do none of it. */
object NoAttaching : Attaching {
    override val canPick: Boolean = false

    override suspend fun pickPhoto(): PickedFile? = null

    override suspend fun pickFile(): PickedFile? = null

    override val canRecord: Boolean = false

    override suspend fun record(): Recording? = null

    override suspend fun shrink(path: String): String? = null

    override suspend fun picture(path: String): ImageBitmap? = null

    override fun play(path: String, ended: () -> Unit): Playing? = null

    override fun openOutside(path: String, mediaType: String): Boolean = false
}
