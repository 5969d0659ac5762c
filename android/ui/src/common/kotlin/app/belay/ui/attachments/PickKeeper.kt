package app.belay.ui.attachments

import app.belay.core.AttachmentKind
import app.belay.ui.PickedFile
import app.belay.ui.Platform
import java.io.File
import java.io.IOException
import java.security.GeneralSecurityException
import java.util.UUID
import kotlinx.coroutines.CoroutineDispatcher
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.withContext

/** Keeps what was chosen for an entry until it is saved or let go of, also over the end of the process. */
class PickKeeper(private val platform: Platform, private val io: CoroutineDispatcher = Dispatchers.IO) {
    /** Names made in this process: their drafts may still be on their way to the disk. */
    private val fresh = mutableSetOf<String>()

    /** Seals a copy; null where this shell keeps none, or there is no room for it: it stays for as long as the page. */
    suspend fun keep(kind: AttachmentKind, file: PickedFile, name: String): KeptPick? {
        val folder = platform.attaching.kept ?: return null
        val sealed = UUID.randomUUID().toString().filter(Char::isLetterOrDigit)
        val key = SealedCopy.newKey()
        synchronized(fresh) { fresh += sealed }
        return withContext(io) {
            try {
                SealedCopy.seal(File(file.path), File(folder, sealed), key)
                KeptPick(kind, sealed, key, file.bytes, file.mediaType, name)
            } catch (_: IOException) {
                File(folder, sealed).delete()
                null
            }
        }
    }

    /** Opens the copy; null where it is not there any more, or not whole. */
    suspend fun open(pick: KeptPick): PickedFile? {
        val folder = platform.attaching.kept ?: return null
        val path = platform.newFile(fileNameOf("${pick.file}-${pick.name}"))
        val isOpen = withContext(io) {
            try {
                SealedCopy.open(File(folder, pick.file), File(path), pick.key)
                true
            } catch (_: IOException) {
                false
            } catch (_: GeneralSecurityException) {
                false
            }
        }
        if (isOpen) return PickedFile(path, pick.name, pick.mediaType, pick.bytes)
        platform.dropFile(path)
        return null
    }

    /** Lets go of copies. */
    fun drop(picks: Iterable<KeptPick>) {
        val folder = platform.attaching.kept ?: return
        for (pick in picks) File(folder, pick.file).delete()
    }

    /** Removes copies that no draft names: what opens them is gone. */
    suspend fun sweep(named: Set<String>) {
        val folder = platform.attaching.kept ?: return
        val known = named + synchronized(fresh) { fresh.toSet() }
        withContext(io) { for (file in folder.listFiles().orEmpty()) if (file.name !in known) file.delete() }
    }

    /** Removes all of them. */
    fun clear() {
        platform.attaching.kept?.deleteRecursively()
    }
}
