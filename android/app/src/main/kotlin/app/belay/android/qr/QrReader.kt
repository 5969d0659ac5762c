package app.belay.android.qr

import com.google.zxing.BarcodeFormat
import com.google.zxing.BinaryBitmap
import com.google.zxing.DecodeHintType
import com.google.zxing.LuminanceSource
import com.google.zxing.PlanarYUVLuminanceSource
import com.google.zxing.RGBLuminanceSource
import com.google.zxing.ReaderException
import com.google.zxing.common.HybridBinarizer
import com.google.zxing.qrcode.QRCodeReader

/** Finds a QR code in a picture and gives its text. What the text means is the core's business. */
object QrReader {
    private val HINTS = mapOf(
        DecodeHintType.POSSIBLE_FORMATS to listOf(BarcodeFormat.QR_CODE),
        DecodeHintType.TRY_HARDER to true,
        DecodeHintType.CHARACTER_SET to "UTF-8"
    )

    /** Of a camera's picture: its plane of brightness, [stride] bytes a row. */
    fun readBrightness(plane: ByteArray, stride: Int, width: Int, height: Int): String? =
        read(PlanarYUVLuminanceSource(plane, stride, height, 0, 0, width, height, false))

    /** Of a picture in ARGB. */
    fun readPixels(pixels: IntArray, width: Int, height: Int): String? = read(RGBLuminanceSource(width, height, pixels))

    private fun read(source: LuminanceSource): String? = decode(source) ?: decode(source.invert())

    private fun decode(source: LuminanceSource): String? = try {
        QRCodeReader().decode(BinaryBitmap(HybridBinarizer(source)), HINTS).text
    } catch (_: ReaderException) {
        null
    }
}
