package app.belay.android.qr

import android.app.Application
import android.graphics.Bitmap
import android.net.Uri
import com.google.zxing.BarcodeFormat
import com.google.zxing.EncodeHintType
import com.google.zxing.common.BitMatrix
import com.google.zxing.qrcode.QRCodeWriter
import java.io.ByteArrayInputStream
import java.io.ByteArrayOutputStream
import org.junit.Assert.assertEquals
import org.junit.Assert.assertNull
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.RuntimeEnvironment
import org.robolectric.Shadows.shadowOf

@RunWith(RobolectricTestRunner::class)
class QrReaderTest {
    private val app: Application = RuntimeEnvironment.getApplication()
    private val invitation = "BELAY:PAIR/1/" + "MFRGGZDFMZTWQ2LK".repeat(10)

    @Test
    fun `the code of an invitation is read from a camera's picture, whose rows are wider than it`() {
        val (width, height, stride) = Triple(640, 480, 704)
        val plane = ByteArray(stride * height) { 200.toByte() }
        paint(code(invitation, 300)) { x, y, dark ->
            plane[(y + 90) * stride + x + 170] =
                (if (dark) 30 else 220).toByte()
        }
        assertEquals(invitation, QrReader.readBrightness(plane, stride, width, height))
    }

    @Test
    fun `a code in a dark theme, light on dark, is read too`() {
        val size = 400
        val pixels = IntArray(size * size) { DARK }
        paint(code(invitation, size)) { x, y, dark -> pixels[y * size + x] = if (dark) LIGHT else DARK }
        assertEquals(invitation, QrReader.readPixels(pixels, size, size))
    }

    @Test
    fun `a text of any script comes out as it went in`() {
        val text = "Zażółć gęślą jaźń — مرحبا 🌱"
        val size = 500
        val pixels = IntArray(size * size)
        paint(code(text, size)) { x, y, dark -> pixels[y * size + x] = if (dark) DARK else LIGHT }
        assertEquals(text, QrReader.readPixels(pixels, size, size))
    }

    @Test
    fun `a picture without a code gives nothing`() {
        assertNull(QrReader.readPixels(IntArray(100 * 100) { LIGHT }, 100, 100))
        assertNull(QrReader.readBrightness(ByteArray(64 * 64) { (it * 31 % 251).toByte() }, 64, 64, 64))
    }

    @Test
    fun `a chosen photograph is brought down and read`() {
        val side = 3000
        val bitmap = Bitmap.createBitmap(side, side, Bitmap.Config.ARGB_8888).apply { eraseColor(LIGHT) }
        val matrix = code(invitation, 1500)
        val row = IntArray(1500)
        for (y in 0 until 1500) {
            for (x in 0 until 1500) row[x] = if (matrix[x, y]) DARK else LIGHT
            bitmap.setPixels(row, 0, 1500, 700, 700 + y, 1500, 1)
        }
        val png = ByteArrayOutputStream().also { bitmap.compress(Bitmap.CompressFormat.PNG, 100, it) }.toByteArray()
        val uri = Uri.parse("content://photos/1")
        shadowOf(app.contentResolver).registerInputStreamSupplier(uri) { ByteArrayInputStream(png) }
        assertEquals(invitation, app.contentResolver.readQr(uri))
    }

    @Test
    fun `a file that is no picture, and one that is not there, give nothing`() {
        val text = Uri.parse("content://files/text")
        shadowOf(app.contentResolver).registerInputStreamSupplier(text) { ByteArrayInputStream("hello".toByteArray()) }
        assertNull(app.contentResolver.readQr(text))
        assertNull(app.contentResolver.readQr(Uri.parse("file:///nowhere/at/all.png")))
    }

    private fun code(text: String, size: Int): BitMatrix =
        QRCodeWriter().encode(text, BarcodeFormat.QR_CODE, size, size, mapOf(EncodeHintType.CHARACTER_SET to "UTF-8"))

    private fun paint(matrix: BitMatrix, at: (Int, Int, Boolean) -> Unit) {
        for (y in 0 until matrix.height) for (x in 0 until matrix.width) at(x, y, matrix[x, y])
    }

    private companion object {
        const val DARK = 0xFF101010.toInt()
        const val LIGHT = 0xFFF0F0F0.toInt()
    }
}
