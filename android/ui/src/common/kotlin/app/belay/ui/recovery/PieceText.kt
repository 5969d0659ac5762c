package app.belay.ui.recovery

import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.text.font.FontFamily
import app.belay.ui.theme.Belay

/** A piece as it is copied by hand: letters that are all as wide as each other, broken only between groups. */
@Composable
fun PieceText(text: String, modifier: Modifier = Modifier) = Text(
    // Lines may be broken behind a hyphen, and the colon begins the groups.
    text.replace("-", "-\u200B").replace("/", "/\u200B"),
    modifier,
    style = Belay.type.body.copy(fontFamily = FontFamily.Monospace),
    color = Belay.colors.ink
)
