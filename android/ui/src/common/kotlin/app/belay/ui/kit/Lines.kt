package app.belay.ui.kit

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.IntrinsicSize
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxHeight
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.height
import androidx.compose.foundation.layout.offset
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.size
import androidx.compose.material3.Icon
import androidx.compose.material3.LocalContentColor
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.ReadOnlyComposable
import androidx.compose.ui.Modifier
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.graphics.vector.ImageVector
import androidx.compose.ui.platform.LocalDensity
import androidx.compose.ui.text.style.TextAlign
import androidx.compose.ui.unit.dp
import app.belay.ui.theme.Belay
import app.belay.ui.theme.Space

private val LINE_ICON = 18.dp
private val ICON_DROP = 1.dp
private const val LARGE_TYPE = 1.3f

/** A state: a drawing and a sentence, so that neither stands alone. */
@Composable
fun StateLine(
    icon: ImageVector,
    text: String,
    modifier: Modifier = Modifier,
    color: Color = LocalContentColor.current
) {
    Row(modifier.fillMaxWidth(), horizontalArrangement = Arrangement.spacedBy(Space.s)) {
        Icon(icon, contentDescription = null, Modifier.padding(top = ICON_DROP).size(LINE_ICON), tint = color)
        Text(text, Modifier.weight(1f), style = Belay.type.label, color = color)
    }
}

/** Whether type is so large that what stands side by side has to stand below each other. */
@Composable
@ReadOnlyComposable
fun isTypeLarge(): Boolean = LocalDensity.current.fontScale >= LARGE_TYPE

/** Puts the words of a quiet button in line with the text above them; the touch stays as large. */
fun Modifier.flush(): Modifier = offset(x = -Space.m)

/** Two answers of the same weight: side by side and as tall as each other, below each other in large type. */
@Composable
fun EqualChoices(first: String, onFirst: () -> Unit, second: String, onSecond: () -> Unit, enabled: Boolean = true) {
    if (isTypeLarge()) {
        Column(verticalArrangement = Arrangement.spacedBy(Space.m)) {
            ChoiceButton(first, onFirst, Modifier.fillMaxWidth(), enabled)
            ChoiceButton(second, onSecond, Modifier.fillMaxWidth(), enabled)
        }
    } else {
        Row(Modifier.height(IntrinsicSize.Min), horizontalArrangement = Arrangement.spacedBy(Space.m)) {
            ChoiceButton(first, onFirst, Modifier.weight(1f).fillMaxHeight(), enabled)
            ChoiceButton(second, onSecond, Modifier.weight(1f).fillMaxHeight(), enabled)
        }
    }
}

/** What stands below a button that is as wide as the page. */
@Composable
fun Centred(text: String) = Text(
    text,
    Modifier.fillMaxWidth(),
    style = Belay.type.label,
    color = Belay.colors.ink2,
    textAlign = TextAlign.Center
)
