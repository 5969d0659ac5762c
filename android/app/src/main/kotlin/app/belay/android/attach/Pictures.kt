package app.belay.android.attach

import android.graphics.Bitmap
import android.graphics.BitmapFactory
import android.graphics.Matrix
import android.media.ExifInterface
import java.io.ByteArrayOutputStream
import java.io.File
import java.io.IOException

/** The longer side of a picture on the screen. */
internal const val SCREEN_SIDE = 2048

/** The longer side of a small picture: as wide as a card. */
private const val SMALL_SIDE = 1024

/** What the core takes of a small picture. */
private const val SMALL_BYTES = 256 * 1024
private const val JPEG_QUALITY = 90
private const val SMALL_QUALITY = 80
private const val WORST_QUALITY = 20
private const val QUARTER = 90f
private const val HALF = 180f
private const val THREE_QUARTERS = 270f

/** A picture upright, its longer side at most [side]; null where there is none. Blocks. */
internal fun readPicture(path: String, side: Int): Bitmap? {
    val size = BitmapFactory.Options().apply { inJustDecodeBounds = true }
    decode(path, size)
    var sample = 1
    while (maxOf(size.outWidth, size.outHeight) / sample > side) sample *= 2
    val bitmap = decode(path, BitmapFactory.Options().apply { inSampleSize = sample }) ?: return null
    val turn = Matrix().apply { setRotate(turnOf(path)) }
    return if (turn.isIdentity) bitmap else Bitmap.createBitmap(bitmap, 0, 0, bitmap.width, bitmap.height, turn, true)
}

/** A small picture of the one at [path] that the core takes; null where there is none. Blocks. */
internal fun smallPicture(path: String): ByteArray? {
    val bitmap = readPicture(path, SMALL_SIDE) ?: return null
    var quality = SMALL_QUALITY
    var jpeg = bitmap.jpeg(quality)
    while (jpeg.size > SMALL_BYTES && quality > WORST_QUALITY) {
        quality /= 2
        jpeg = bitmap.jpeg(quality)
    }
    return jpeg.takeIf { it.size <= SMALL_BYTES }
}

/** The picture at [path] as JPEG, upright; null where there is none. Blocks. */
internal fun asJpeg(path: String): ByteArray? = readPicture(path, Int.MAX_VALUE)?.jpeg(JPEG_QUALITY)

private fun decode(path: String, options: BitmapFactory.Options): Bitmap? = try {
    File(path).inputStream().buffered().use { BitmapFactory.decodeStream(it, null, options) }
} catch (_: IOException) {
    null
}

private fun Bitmap.jpeg(quality: Int): ByteArray =
    ByteArrayOutputStream().also { compress(Bitmap.CompressFormat.JPEG, quality, it) }.toByteArray()

/** How far a camera held the picture from upright. */
private fun turnOf(path: String): Float = try {
    val said = File(path).inputStream().buffered().use { ExifInterface(it) }
    when (said.getAttributeInt(ExifInterface.TAG_ORIENTATION, ExifInterface.ORIENTATION_NORMAL)) {
        ExifInterface.ORIENTATION_ROTATE_90 -> QUARTER
        ExifInterface.ORIENTATION_ROTATE_180 -> HALF
        ExifInterface.ORIENTATION_ROTATE_270 -> THREE_QUARTERS
        else -> 0f
    }
} catch (_: IOException) {
    0f
}
