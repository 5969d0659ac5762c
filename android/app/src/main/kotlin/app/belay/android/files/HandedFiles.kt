package app.belay.android.files

import android.content.ContentResolver
import android.content.Context
import android.content.Intent
import android.net.Uri
import android.system.ErrnoException
import android.system.OsConstants
import androidx.core.content.FileProvider
import app.belay.core.BelayException
import java.io.File
import java.io.IOException
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.withContext

/** The name under which other apps are let at one file of ours, for as long as they read it. */
private const val AUTHORITY = "app.belay.android.files"

/** What is in a file of ours says nothing to anybody else. */
const val SEALED_FILE: String = "application/octet-stream"

/**
 * Files on their way to another app or from one, in a folder of the cache that no other app sees. Each goes once it was
 * used; what is left of an earlier process goes with the next one.
 */
class HandedFiles(private val context: Context) {
    private val folder: File get() = File(context.cacheDir, "handed").apply { mkdirs() }

    /** Where a file called [name] can be written; one that was there before goes. */
    fun new(name: String): String = File(folder, name).apply { delete() }.path

    /** Hands a file of [new] to whichever app the person chooses. */
    fun sending(path: String): Intent {
        val uri = FileProvider.getUriForFile(context, AUTHORITY, File(path))
        val send = Intent(Intent.ACTION_SEND)
            .setType(SEALED_FILE)
            .putExtra(Intent.EXTRA_STREAM, uri)
            .addFlags(Intent.FLAG_GRANT_READ_URI_PERMISSION)
        return Intent.createChooser(send, null)
    }

    /** Hands a file of [new] to an app that shows what is of [mediaType]; it may read it and nothing else. */
    fun viewing(path: String, mediaType: String): Intent {
        val uri = FileProvider.getUriForFile(context, AUTHORITY, File(path))
        val view = Intent(Intent.ACTION_VIEW)
            .setDataAndType(uri, mediaType.ifEmpty { context.contentResolver.getType(uri) })
            .addFlags(Intent.FLAG_GRANT_READ_URI_PERMISSION)
        return Intent.createChooser(view, null)
    }

    /** A copy, called [name], of what another app gave, since its leave to be read ends with the window. */
    suspend fun take(given: Uri, name: String = TAKEN): String = withContext(Dispatchers.IO) {
        val copy = File(folder, name)
        try {
            context.contentResolver.copy(given, copy)
        } catch (error: IOException) {
            copy.delete()
            throw if (error.isFullDisk) BelayException.StorageFull() else notUsable()
        } catch (_: SecurityException) {
            throw notUsable()
        }
        copy.path
    }

    /** Removes a file; nothing outside the folder is touched. */
    fun drop(path: String) {
        File(path).takeIf { it.parentFile == folder }?.delete()
    }

    /** Removes what an earlier process left. */
    fun clear() {
        folder.deleteRecursively()
    }

    private fun ContentResolver.copy(from: Uri, to: File) {
        val input = openInputStream(from) ?: throw notUsable()
        input.use { to.outputStream().use(input::copyTo) }
    }

    private fun notUsable() = BelayException.Unavailable("file-not-usable")

    private companion object {
        const val TAKEN = "taken.belay"
    }
}

private val IOException.isFullDisk: Boolean get() = (cause as? ErrnoException)?.errno == OsConstants.ENOSPC
