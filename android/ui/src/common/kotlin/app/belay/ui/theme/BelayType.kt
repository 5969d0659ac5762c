package app.belay.ui.theme

import androidx.compose.ui.text.TextStyle
import androidx.compose.ui.text.font.FontFamily
import androidx.compose.ui.text.font.FontWeight
import androidx.compose.ui.unit.sp
import app.belay.design.Tokens

/** The five sizes of the platform's own face, and a serif for what is written in the journal. */
object BelayType {
    val caption: TextStyle = style(Tokens.Type.small)
    val label: TextStyle = style(Tokens.Type.label)
    val labelStrong: TextStyle = label.copy(fontWeight = FontWeight.SemiBold)
    val body: TextStyle = style(Tokens.Type.body)
    val bodyStrong: TextStyle = body.copy(fontWeight = FontWeight.SemiBold)
    val title: TextStyle = style(Tokens.Type.title).copy(fontWeight = FontWeight.SemiBold)
    val display: TextStyle = style(Tokens.Type.display).copy(fontWeight = FontWeight.SemiBold)
    val journal: TextStyle = body.copy(fontFamily = FontFamily.Serif)

    private fun style(size: Int) = TextStyle(fontSize = size.sp, lineHeight = (size * Tokens.lineHeight).sp)
}
