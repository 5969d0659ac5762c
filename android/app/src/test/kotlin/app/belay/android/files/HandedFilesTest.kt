package app.belay.android.files

import android.app.Application
import android.content.Intent
import android.net.Uri
import app.belay.core.BelayException
import java.io.File
import java.io.IOException
import kotlinx.coroutines.runBlocking
import org.junit.Assert.assertArrayEquals
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertNotEquals
import org.junit.Assert.assertThrows
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.RuntimeEnvironment
import org.robolectric.Shadows.shadowOf

private const val WRITE_OR_READ = Intent.FLAG_GRANT_WRITE_URI_PERMISSION or Intent.FLAG_GRANT_READ_URI_PERMISSION

@RunWith(RobolectricTestRunner::class)
class HandedFilesTest {
    private val app: Application = RuntimeEnvironment.getApplication()
    private val files = HandedFiles(app)

    @Test
    fun `a file is handed on by a name that only its reader may use and only to read`() {
        val path = files.new("letters.belay").also { File(it).writeBytes(byteArrayOf(1, 2, 3)) }
        val chooser = files.sending(path)

        @Suppress("DEPRECATION") // the only way that every Android knows
        val send = checkNotNull(chooser.getParcelableExtra<Intent>(Intent.EXTRA_INTENT))

        @Suppress("DEPRECATION")
        val uri = checkNotNull(send.getParcelableExtra<Uri>(Intent.EXTRA_STREAM))

        assertEquals("content", uri.scheme)
        assertFalse(uri.toString(), uri.toString().contains(app.cacheDir.path))
        assertNotEquals(0, send.flags and Intent.FLAG_GRANT_READ_URI_PERMISSION)
        assertEquals(0, send.flags and Intent.FLAG_GRANT_WRITE_URI_PERMISSION)
        assertEquals("application/octet-stream", send.type)

        @Suppress("DEPRECATION") // the only way that every Android knows
        val view = checkNotNull(files.viewing(path, "application/pdf").getParcelableExtra<Intent>(Intent.EXTRA_INTENT))
        assertEquals(listOf(uri.toString(), "application/pdf"), listOf(view.dataString, view.type))
        assertEquals(Intent.FLAG_GRANT_READ_URI_PERMISSION, view.flags and WRITE_OR_READ)
    }

    @Test
    fun `what another app gives is copied and goes when it was read`() = runBlocking {
        val given = Uri.parse("content://mail/attachment/7")
        shadowOf(app.contentResolver).registerInputStream(given, byteArrayOf(7, 8).inputStream())
        val path = files.take(given)
        assertArrayEquals(byteArrayOf(7, 8), File(path).readBytes())

        files.drop(path)
        assertFalse(File(path).exists())
    }

    @Test
    fun `something that cannot be read leaves nothing and says so`() {
        val given = Uri.parse("content://mail/attachment/8")
        shadowOf(app.contentResolver).registerInputStreamSupplier(given) { throw IOException("gone") }
        val refused = assertThrows(BelayException.Unavailable::class.java) { runBlocking { files.take(given) } }
        assertEquals("file-not-usable", refused.reason)
        assertTrue(File(app.cacheDir, "handed").list().orEmpty().isEmpty())
    }

    @Test
    fun `only files of this folder are removed`() {
        val other = File(app.filesDir, "kept").apply { writeText("kept") }
        files.drop(other.path)
        assertTrue(other.exists())
    }
}
