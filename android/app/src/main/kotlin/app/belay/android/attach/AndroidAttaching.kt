package app.belay.android.attach

import android.Manifest
import android.content.ActivityNotFoundException
import android.content.Intent
import android.content.pm.PackageManager
import android.net.Uri
import android.provider.OpenableColumns
import androidx.activity.ComponentActivity
import androidx.activity.result.PickVisualMediaRequest
import androidx.activity.result.contract.ActivityResultContracts.OpenDocument
import androidx.activity.result.contract.ActivityResultContracts.PickVisualMedia
import androidx.activity.result.contract.ActivityResultContracts.RequestPermission
import androidx.compose.ui.graphics.ImageBitmap
import androidx.compose.ui.graphics.asImageBitmap
import app.belay.android.files.HandedFiles
import app.belay.ui.Attaching
import app.belay.ui.PickedFile
import app.belay.ui.Playing
import app.belay.ui.Recording
import java.io.File
import java.util.UUID
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.withContext

/** What the core cleans; anything else is drawn anew as JPEG. */
private val CLEANED = setOf("image/jpeg", "image/png", "image/webp")

/**
 * Photos by the system's picker, which shows an app what was chosen and nothing else; files by its document picker;
 * voice by its recorder. Copies lie in the folder of [files]. Make one while the activity is created.
 */
class AndroidAttaching(private val activity: ComponentActivity, private val files: HandedFiles) : Attaching {
    private var picked: CompletableDeferred<Uri?>? = null
    private var allowed: CompletableDeferred<Boolean>? = null
    private val pickPhoto = activity.registerForActivityResult(PickVisualMedia()) { picked?.complete(it) }
    private val pickFile = activity.registerForActivityResult(OpenDocument()) { picked?.complete(it) }
    private val allow = activity.registerForActivityResult(RequestPermission()) { allowed?.complete(it) }

    override val canPick: Boolean get() = true

    override val kept: File get() = File(activity.noBackupFilesDir, "picked").apply { mkdirs() }

    override suspend fun pickPhoto(): PickedFile? {
        val answer = CompletableDeferred<Uri?>().also { picked = it }
        pickPhoto.launch(PickVisualMediaRequest(PickVisualMedia.ImageOnly))
        return answer.await()?.let { cleanable(taken(it)) }
    }

    override suspend fun pickFile(): PickedFile? {
        val answer = CompletableDeferred<Uri?>().also { picked = it }
        pickFile.launch(arrayOf("*/*"))
        return answer.await()?.let { taken(it) }
    }

    override val canRecord: Boolean
        get() = activity.packageManager.hasSystemFeature(PackageManager.FEATURE_MICROPHONE)

    override suspend fun record(): Recording? {
        if (!mayRecord && !askToRecord()) return null
        return VoiceRecording.begin(activity, File(files.new("memo-${UUID.randomUUID()}.m4a")))
    }

    override suspend fun shrink(path: String): String? = withContext(Dispatchers.IO) {
        smallPicture(path)?.let { bytes -> files.new("small-${UUID.randomUUID()}").also { File(it).writeBytes(bytes) } }
    }

    override suspend fun picture(path: String): ImageBitmap? =
        withContext(Dispatchers.IO) { readPicture(path, SCREEN_SIDE)?.asImageBitmap() }

    override fun play(path: String, ended: () -> Unit): Playing? = Player.begin(path, ended)

    override fun openOutside(path: String, mediaType: String): Boolean = try {
        activity.startActivity(files.viewing(path, mediaType))
        true
    } catch (_: ActivityNotFoundException) {
        false
    }

    private val mayRecord: Boolean
        get() = activity.checkSelfPermission(Manifest.permission.RECORD_AUDIO) == PackageManager.PERMISSION_GRANTED

    private suspend fun askToRecord(): Boolean {
        val answer = CompletableDeferred<Boolean>().also { allowed = it }
        allow.launch(Manifest.permission.RECORD_AUDIO)
        return answer.await()
    }

    private suspend fun taken(given: Uri): PickedFile {
        val path = files.take(given, "picked-${UUID.randomUUID()}")
        val type = activity.contentResolver.getType(given)
        return PickedFile(path, nameOf(given), type, File(path).length())
    }

    /** A photo of a kind that the core does not clean is drawn anew; one that cannot be read stays as it is. */
    private suspend fun cleanable(photo: PickedFile): PickedFile {
        if (photo.mediaType in CLEANED) return photo
        return withContext(Dispatchers.IO) {
            val drawn = asJpeg(photo.path) ?: return@withContext photo
            File(photo.path).writeBytes(drawn)
            PickedFile(photo.path, photo.name.substringBeforeLast('.') + ".jpg", "image/jpeg", drawn.size.toLong())
        }
    }

    private fun nameOf(given: Uri): String {
        val columns = arrayOf(OpenableColumns.DISPLAY_NAME)
        val said = activity.contentResolver.query(given, columns, null, null, null)?.use { rows ->
            if (rows.moveToFirst()) rows.getString(0) else null
        }
        return said ?: given.lastPathSegment.orEmpty().substringAfterLast('/')
    }
}
