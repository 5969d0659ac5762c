package app.belay.android.attach

import android.Manifest
import android.app.Activity
import android.content.ContentProvider
import android.content.ContentValues
import android.content.Intent
import android.content.pm.PackageManager
import android.database.Cursor
import android.database.MatrixCursor
import android.graphics.Bitmap
import android.graphics.BitmapFactory
import android.graphics.Color
import android.net.Uri
import android.provider.OpenableColumns
import androidx.activity.ComponentActivity
import app.belay.android.files.HandedFiles
import app.belay.ui.PickedFile
import java.io.ByteArrayOutputStream
import java.io.File
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.async
import kotlinx.coroutines.runBlocking
import org.junit.Assert.assertArrayEquals
import org.junit.Assert.assertEquals
import org.junit.Assert.assertNotNull
import org.junit.Assert.assertNull
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.Robolectric
import org.robolectric.RobolectricTestRunner
import org.robolectric.Shadows.shadowOf

/** Another app that gives a letter and a photo. */
class GivingProvider : ContentProvider() {
    override fun onCreate(): Boolean = true

    override fun getType(uri: Uri): String = if (uri.lastPathSegment == "7") "application/pdf" else "image/x-raw"

    override fun query(
        uri: Uri,
        projection: Array<out String>?,
        selection: String?,
        selectionArgs: Array<out String>?,
        sortOrder: String?
    ): Cursor = MatrixCursor(arrayOf(OpenableColumns.DISPLAY_NAME)).apply {
        addRow(arrayOf(if (uri.lastPathSegment == "7") "letter.pdf" else "hill.raw"))
    }

    override fun insert(uri: Uri, values: ContentValues?): Uri? = null

    override fun delete(uri: Uri, selection: String?, selectionArgs: Array<out String>?): Int = 0

    override fun update(uri: Uri, values: ContentValues?, selection: String?, args: Array<out String>?): Int = 0
}

private const val LARGE = 1600

@RunWith(RobolectricTestRunner::class)
class AndroidAttachingTest {
    private val window = Robolectric.buildActivity(ComponentActivity::class.java).create()
    private val activity = window.get()
    private val files = HandedFiles(activity)
    private val attaching = AndroidAttaching(activity, files)
    private val scope = CoroutineScope(Dispatchers.Unconfined)
    private val given = Uri.parse("content://giving.test/7")
    private val photo = Uri.parse("content://giving.test/8")

    init {
        Robolectric.setupContentProvider(GivingProvider::class.java, "giving.test")
        // What was asked is answered only in a window that is in sight.
        window.start().resume()
    }

    /** What comes of [ask] when the person chooses [what] in the picker, or turns back. */
    private fun choosing(what: Uri?, ask: suspend () -> PickedFile?): PickedFile? {
        val asked = scope.async { ask() }
        val started = checkNotNull(shadowOf(activity).nextStartedActivityForResult)
        val code = if (what == null) Activity.RESULT_CANCELED else Activity.RESULT_OK
        shadowOf(activity).receiveResult(started.intent, code, Intent().setData(what))
        return runBlocking { asked.await() }
    }

    private fun gives(uri: Uri, bytes: ByteArray) =
        shadowOf(activity.contentResolver).registerInputStream(uri, bytes.inputStream())

    private fun drawn(width: Int = LARGE, height: Int = LARGE / 2): ByteArray {
        val bitmap = Bitmap.createBitmap(width, height, Bitmap.Config.ARGB_8888).apply { eraseColor(Color.GREEN) }
        return ByteArrayOutputStream().also { bitmap.compress(Bitmap.CompressFormat.JPEG, 90, it) }.toByteArray()
    }

    @Test
    fun `a chosen file is a copy with its name and kind and size`() {
        gives(given, byteArrayOf(1, 2, 3))
        val picked = checkNotNull(choosing(given) { attaching.pickFile() })

        assertEquals(listOf("letter.pdf", "application/pdf", 3L), with(picked) { listOf(name, mediaType, bytes) })
        assertArrayEquals(byteArrayOf(1, 2, 3), File(picked.path).readBytes())
        assertTrue(picked.path.startsWith(activity.cacheDir.path))
    }

    @Test
    fun `turning back chooses nothing`() {
        assertNull(choosing(null) { attaching.pickFile() })
    }

    @Test
    fun `a photo of a kind that is not cleaned becomes a JPEG`() {
        gives(photo, drawn())
        val picked = checkNotNull(choosing(photo) { attaching.pickPhoto() })

        assertEquals("hill.jpg" to "image/jpeg", picked.name to picked.mediaType)
        assertEquals(File(picked.path).length(), picked.bytes)
    }

    @Test
    fun `a small picture is small and what is no picture has none`() = runBlocking {
        val large = File(files.new("large")).apply { writeBytes(drawn()) }
        val small = File(checkNotNull(attaching.shrink(large.path)))
        val size = BitmapFactory.Options().apply { inJustDecodeBounds = true }
        BitmapFactory.decodeByteArray(small.readBytes(), 0, small.length().toInt(), size)

        assertEquals(LARGE / 2 to LARGE / 4, size.outWidth to size.outHeight)
        assertTrue(small.length() <= 256 * 1024)
        assertNotNull(attaching.picture(large.path))

        val words = File(files.new("words")).apply { writeText("no picture") }
        assertNull(attaching.shrink(words.path))
        assertNull(attaching.picture(words.path))
    }

    @Test
    fun `nothing is recorded before the person allows it`() {
        val asked = scope.async { attaching.record() }
        val request = checkNotNull(shadowOf(activity).lastRequestedPermission)
        val denied = intArrayOf(PackageManager.PERMISSION_DENIED)
        activity.onRequestPermissionsResult(request.requestCode, request.requestedPermissions, denied)
        assertNull(runBlocking { asked.await() })
    }

    @Test
    fun `a memo ends with the window that goes out of sight and what was said is kept`() = runBlocking {
        shadowOf(activity.application).grantPermissions(Manifest.permission.RECORD_AUDIO)
        val recording = checkNotNull(attaching.record())
        window.pause().stop()

        assertEquals("audio/mp4", recording.finish()?.mediaType)
    }

    @Test
    fun `a memo that is thrown away leaves no file`() = runBlocking {
        shadowOf(activity.application).grantPermissions(Manifest.permission.RECORD_AUDIO)
        checkNotNull(attaching.record()).discard()
        assertTrue(File(activity.cacheDir, "handed").list().orEmpty().none { it.endsWith(".m4a") })
    }
}
