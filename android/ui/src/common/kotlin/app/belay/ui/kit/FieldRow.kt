package app.belay.ui.kit

import androidx.compose.foundation.background
import androidx.compose.foundation.border
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.shape.RoundedCornerShape
import androidx.compose.foundation.text.BasicTextField
import androidx.compose.foundation.text.KeyboardOptions
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.setValue
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.draw.clip
import androidx.compose.ui.focus.onFocusChanged
import androidx.compose.ui.graphics.SolidColor
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.semantics.error
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.text.TextStyle
import androidx.compose.ui.text.input.VisualTransformation
import androidx.compose.ui.unit.dp
import app.belay.ui.theme.Belay
import app.belay.ui.theme.Corner
import app.belay.ui.theme.Size
import app.belay.ui.theme.Space

private val FOCUS_OUTLINE = 2.dp

/**
 * One line that grows with what is written. It holds nothing itself: the model keeps [text] with every
 * keystroke, so nothing typed can be lost with the screen. [problem] stands below and leaves the text alone.
 */
@Composable
fun FieldRow(
    label: String,
    text: String,
    onText: (String) -> Unit,
    modifier: Modifier = Modifier,
    hint: String? = null,
    problem: String? = null,
    singleLine: Boolean = false,
    enabled: Boolean = true,
    minLines: Int = 1,
    textStyle: TextStyle = Belay.type.body,
    keyboard: KeyboardOptions = KeyboardOptions.Default,
    hide: VisualTransformation = VisualTransformation.None
) {
    var focused by remember { mutableStateOf(false) }
    val shape = RoundedCornerShape(Corner.card)
    val edge = when {
        problem != null -> Belay.colors.clay
        focused -> Belay.colors.primary
        else -> Belay.colors.line
    }
    Column(modifier.fillMaxWidth(), verticalArrangement = Arrangement.spacedBy(Space.xs)) {
        Text(label, style = Belay.type.labelStrong, color = Belay.colors.ink2)
        BasicTextField(
            value = text,
            onValueChange = onText,
            modifier = Modifier
                .fillMaxWidth()
                .onFocusChanged { focused = it.isFocused }
                .semantics {
                    contentDescription = label
                    if (problem != null) error(problem)
                },
            enabled = enabled,
            textStyle = textStyle.copy(color = Belay.colors.ink),
            cursorBrush = SolidColor(Belay.colors.primary),
            keyboardOptions = keyboard,
            singleLine = singleLine,
            minLines = minLines,
            visualTransformation = hide,
            decorationBox = { field ->
                Box(
                    Modifier
                        .clip(shape)
                        .background(Belay.colors.surface)
                        .border(if (focused) FOCUS_OUTLINE else Size.outline, edge, shape)
                        .heightIn(min = Size.touch)
                        .padding(horizontal = Space.m, vertical = Space.m),
                    contentAlignment = Alignment.CenterStart
                ) {
                    if (text.isEmpty() && hint != null) {
                        Text(hint, style = textStyle, color = Belay.colors.ink2)
                    }
                    field()
                }
            }
        )
        if (problem != null) ProblemLine(problem)
    }
}
