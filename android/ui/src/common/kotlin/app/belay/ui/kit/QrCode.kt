package app.belay.ui.kit

import androidx.compose.foundation.Canvas
import androidx.compose.foundation.layout.aspectRatio
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.widthIn
import androidx.compose.runtime.Composable
import androidx.compose.runtime.remember
import androidx.compose.ui.Modifier
import androidx.compose.ui.geometry.Offset
import androidx.compose.ui.geometry.Size
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.graphics.drawscope.DrawScope
import androidx.compose.ui.semantics.Role
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.semantics.role
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.dp
import com.google.zxing.BarcodeFormat
import com.google.zxing.EncodeHintType
import com.google.zxing.common.BitMatrix
import com.google.zxing.qrcode.QRCodeWriter
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel

/** The empty edge that a reader needs, in modules (ISO/IEC 18004). */
private const val QUIET_ZONE = 4
private val LARGEST = 360.dp

/**
 * [text] as a QR code, black on white in either theme: readers want it so. [name] is what a screen reader says
 * of it; nobody reads it aloud.
 */
@Composable
fun QrCode(text: String, name: String, modifier: Modifier = Modifier) {
    val code = remember(text) { qrCodeOf(text) }
    Canvas(
        modifier.widthIn(max = LARGEST).fillMaxWidth().aspectRatio(1f).semantics {
            contentDescription = name
            role = Role.Image
        }
    ) { draw(code) }
}

/** The modules of a text, with the quiet zone around them. */
fun qrCodeOf(text: String): BitMatrix = QRCodeWriter().encode(
    text,
    BarcodeFormat.QR_CODE,
    0,
    0,
    mapOf(EncodeHintType.MARGIN to QUIET_ZONE, EncodeHintType.ERROR_CORRECTION to ErrorCorrectionLevel.M)
)

private fun DrawScope.draw(code: BitMatrix) {
    drawRect(Color.White)
    // Whole pixels, so that no edge is blurred.
    val module = (size.width / code.width).toInt().coerceAtLeast(1).toFloat()
    val edge = (size.width - module * code.width) / 2
    for (y in 0 until code.height) {
        for (x in 0 until code.width) {
            if (code[x, y]) drawRect(Color.Black, Offset(edge + x * module, edge + y * module), Size(module, module))
        }
    }
}
