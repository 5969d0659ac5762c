package app.belay.ui.kit

import androidx.compose.runtime.Composable
import androidx.compose.ui.platform.LocalDensity
import androidx.compose.ui.text.TextStyle
import androidx.compose.ui.text.rememberTextMeasurer
import androidx.compose.ui.unit.Dp

/** [style], made smaller only as far as the longest word of [texts] needs to stand whole in a line of [room]. */
@Composable
fun wholeWords(texts: List<String>, style: TextStyle, room: Dp): TextStyle {
    val measurer = rememberTextMeasurer()
    val words = texts.flatMap { it.split(' ') }
    val widest = words.maxOf { measurer.measure(it, style, softWrap = false).size.width }
    val fits = with(LocalDensity.current) { room.toPx() } / widest.coerceAtLeast(1)
    return if (fits < 1f) style.copy(fontSize = style.fontSize * fits, lineHeight = style.lineHeight * fits) else style
}
