package app.belay.ui.testkit

import androidx.compose.ui.graphics.ImageBitmap
import androidx.compose.ui.graphics.toComposeImageBitmap
import app.belay.ui.Attaching
import app.belay.ui.PickedFile
import app.belay.ui.Playing
import app.belay.ui.Recording
import java.io.File
import java.nio.file.Files
import org.jetbrains.skia.EncodedImageFormat
import org.jetbrains.skia.Image
import org.jetbrains.skia.Paint
import org.jetbrains.skia.Rect
import org.jetbrains.skia.Surface

private const val SMALL = 768

/** What a person chooses and says next; pictures are really drawn. */
class TestAttaching : Attaching {
    var photo: PickedFile? = null
    var file: PickedFile? = null
    var said: ByteArray? = byteArrayOf(1, 2, 3)
    var hasMicrophone = true
    var canPlay = true

    /** Where sealed copies outlive the process; without one nothing does. */
    override var kept: File? = null
    val outside = mutableListOf<String>()
    var discarded = 0
    private var ended: (() -> Unit)? = null

    override val canPick: Boolean = true
    override val canRecord: Boolean = true

    override suspend fun pickPhoto(): PickedFile? = photo

    override suspend fun pickFile(): PickedFile? = file

    override suspend fun record(): Recording? = if (!hasMicrophone) null else Memo()

    override suspend fun shrink(path: String): String? {
        val image = imageOf(path) ?: return null
        val surface = Surface.makeRasterN32Premul(SMALL, SMALL * image.height / image.width)
        surface.canvas.drawImageRect(image, Rect.makeWH(surface.width.toFloat(), surface.height.toFloat()), Paint())
        val small = Files.createTempFile("small", ".jpg").toFile()
        small.writeBytes(checkNotNull(surface.makeImageSnapshot().encodeToData(EncodedImageFormat.JPEG)).bytes)
        return small.path
    }

    override suspend fun picture(path: String): ImageBitmap? = imageOf(path)?.toComposeImageBitmap()

    override fun play(path: String, ended: () -> Unit): Playing? {
        if (!canPlay) return null
        this.ended = ended
        return Playing { this.ended = null }
    }

    override fun openOutside(path: String, mediaType: String): Boolean {
        outside += "${File(path).name} $mediaType"
        return true
    }

    /** What is played comes to its end. */
    fun comesToItsEnd() {
        ended?.invoke()
    }

    private fun imageOf(path: String): Image? =
        File(path).takeIf(File::exists)?.let { runCatching { Image.makeFromEncoded(it.readBytes()) }.getOrNull() }

    private inner class Memo : Recording {
        override suspend fun finish(): PickedFile? = said?.let { picked("memo.m4a", it, "audio/mp4") }

        override fun discard() {
            discarded++
        }
    }
}

/** A copy of something called [name], as a shell hands it in. */
fun picked(name: String, bytes: ByteArray, mediaType: String? = null): PickedFile {
    val path = Files.createTempDirectory("belay-picked").resolve(name)
    Files.write(path, bytes)
    return PickedFile(path.toString(), name, mediaType, bytes.size.toLong())
}

private const val WIDE = 1200
private const val HIGH = 800

/** A photo of an evening: sky, hills, a light. Drawn, so that nothing of anybody is in it. */
fun drawnPhoto(): ByteArray {
    val surface = Surface.makeRasterN32Premul(WIDE, HIGH)
    val canvas = surface.canvas
    fun fill(color: Int, top: Float) =
        canvas.drawRect(Rect.makeLTRB(0f, top, WIDE.toFloat(), HIGH.toFloat()), Paint().apply { this.color = color })
    for ((at, color) in listOf(SKY, HAZE, GLOW).withIndex()) fill(color, at * HIGH * BAND)
    canvas.drawCircle(WIDE * SUN_X, HIGH * HORIZON, SUN, Paint().apply { color = LIGHT })
    canvas.drawOval(hill(-0.3f, 0.9f, 0.72f), Paint().apply { color = FAR })
    canvas.drawOval(hill(0.35f, 1.4f, 0.66f), Paint().apply { color = MIDDLE })
    canvas.drawOval(hill(-0.2f, 1.3f, 0.84f), Paint().apply { color = NEAR })
    return checkNotNull(surface.makeImageSnapshot().encodeToData(EncodedImageFormat.JPEG)).bytes
}

private fun hill(left: Float, right: Float, top: Float) =
    Rect.makeLTRB(WIDE * left, HIGH * top, WIDE * right, HIGH * 2f)

private const val BAND = 0.22f
private const val SUN_X = 0.66f
private const val HORIZON = 0.64f
private const val SUN = 60f
private const val SKY = 0xFF33507A.toInt()
private const val HAZE = 0xFF7C87A8.toInt()
private const val GLOW = 0xFFE0A878.toInt()
private const val LIGHT = 0xFFFCE7B2.toInt()
private const val FAR = 0xFF7A7A8C.toInt()
private const val MIDDLE = 0xFF4E5F63.toInt()
private const val NEAR = 0xFF2F4340.toInt()
