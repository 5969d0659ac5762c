package app.belay.desktop

import androidx.compose.ui.graphics.ImageBitmap
import androidx.compose.ui.graphics.toComposeImageBitmap
import app.belay.ui.Attaching
import app.belay.ui.NoAttaching
import app.belay.ui.PickedFile
import java.awt.Desktop
import java.io.File
import java.io.IOException
import java.nio.file.Files
import java.nio.file.Path
import org.jetbrains.skia.EncodedImageFormat
import org.jetbrains.skia.Image
import org.jetbrains.skia.Paint
import org.jetbrains.skia.Rect
import org.jetbrains.skia.Surface

/** The longer side of a small picture: as wide as a card. */
private const val SMALL_SIDE = 768f

/** What the core takes of a small picture. */
private const val SMALL_BYTES = 256 * 1024
private const val QUALITY = 80
private const val WORST_QUALITY = 20

/** Photos and files by the system's dialog. A desktop records nothing, and other programs play what was recorded. */
class DesktopAttaching(private val newFile: (String) -> String, private val choose: () -> Path?) :
    Attaching by NoAttaching {
    override val canPick: Boolean = true

    override suspend fun pickPhoto(): PickedFile? = pickFile()

    override suspend fun pickFile(): PickedFile? {
        val chosen = choose() ?: return null
        val name = chosen.fileName.toString()
        val copy = Path.of(newFile(name))
        Files.copy(chosen, copy)
        return PickedFile(copy.toString(), name, Files.probeContentType(chosen), Files.size(copy))
    }

    override suspend fun shrink(path: String): String? {
        val image = imageOf(path) ?: return null
        val scale = minOf(1f, SMALL_SIDE / maxOf(image.width, image.height))
        val (width, height) = image.width * scale to image.height * scale
        val surface = Surface.makeRasterN32Premul(maxOf(1, width.toInt()), maxOf(1, height.toInt()))
        surface.canvas.drawImageRect(image, Rect.makeWH(width, height), Paint())
        val small = surface.makeImageSnapshot()
        val jpeg = generateSequence(QUALITY) { it / 2 }.takeWhile { it >= WORST_QUALITY }
            .mapNotNull { small.encodeToData(EncodedImageFormat.JPEG, it)?.bytes }
            .firstOrNull { it.size <= SMALL_BYTES } ?: return null
        return newFile("small.jpg").also { File(it).writeBytes(jpeg) }
    }

    override suspend fun picture(path: String): ImageBitmap? = imageOf(path)?.toComposeImageBitmap()

    override fun openOutside(path: String, mediaType: String): Boolean {
        if (!Desktop.isDesktopSupported() || !Desktop.getDesktop().isSupported(Desktop.Action.OPEN)) return false
        return try {
            Desktop.getDesktop().open(File(path))
            true
        } catch (_: IOException) {
            false
        }
    }

    private fun imageOf(path: String): Image? = try {
        Image.makeFromEncoded(File(path).readBytes())
    } catch (_: IllegalArgumentException) {
        // No picture.
        null
    }
}
