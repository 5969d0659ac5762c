package app.belay.android.qr

import android.content.ContentResolver
import android.graphics.Bitmap
import android.graphics.BitmapFactory
import android.net.Uri
import java.io.IOException

/** The longer side a picture is brought down to; a code on a photographed screen is still read. */
private const val SIDE_MAX = 2048

/**
 * The text of the QR code in a picture that the person chose or shared; null when there is none, or when the
 * picture cannot be read. The picture is looked at and not kept. Blocks.
 */
fun ContentResolver.readQr(picture: Uri): String? = bitmap(picture)?.let { bitmap ->
    val pixels = IntArray(bitmap.width * bitmap.height)
    bitmap.getPixels(pixels, 0, bitmap.width, 0, 0, bitmap.width, bitmap.height)
    val (width, height) = bitmap.width to bitmap.height
    bitmap.recycle()
    QrReader.readPixels(pixels, width, height)
}

private fun ContentResolver.bitmap(picture: Uri): Bitmap? = try {
    val size = BitmapFactory.Options().apply { inJustDecodeBounds = true }
    openInputStream(picture)?.use { BitmapFactory.decodeStream(it, null, size) }
    val options = BitmapFactory.Options().apply { inSampleSize = sampleOf(maxOf(size.outWidth, size.outHeight)) }
    openInputStream(picture)?.use { BitmapFactory.decodeStream(it, null, options) }
} catch (_: IOException) {
    null
} catch (_: SecurityException) {
    // The other app has taken its leave to read back.
    null
}

private fun sampleOf(side: Int): Int {
    var sample = 1
    while (side / sample > SIDE_MAX) sample *= 2
    return sample
}
