package app.belay.ui.kit

import androidx.compose.foundation.BorderStroke
import androidx.compose.foundation.layout.PaddingValues
import androidx.compose.foundation.layout.Spacer
import androidx.compose.foundation.layout.defaultMinSize
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.size
import androidx.compose.foundation.layout.width
import androidx.compose.foundation.shape.RoundedCornerShape
import androidx.compose.material3.Button
import androidx.compose.material3.ButtonDefaults
import androidx.compose.material3.Icon
import androidx.compose.material3.IconButton
import androidx.compose.material3.OutlinedButton
import androidx.compose.material3.Text
import androidx.compose.material3.TextButton
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.graphics.vector.ImageVector
import androidx.compose.ui.text.style.TextAlign
import androidx.compose.ui.unit.dp
import app.belay.ui.theme.Belay
import app.belay.ui.theme.Corner
import app.belay.ui.theme.Size
import app.belay.ui.theme.Space

private val PRIMARY_HEIGHT = 52.dp

/** The one thing a screen is for. */
@Composable
fun PrimaryButton(
    text: String,
    onClick: () -> Unit,
    modifier: Modifier = Modifier,
    enabled: Boolean = true,
    stop: Boolean = false
) {
    val ground = if (stop) Belay.colors.clay else Belay.colors.primary
    val ink = if (stop) Belay.colors.onClay else Belay.colors.onPrimary
    Button(
        onClick,
        modifier.fillMaxWidth().defaultMinSize(minHeight = PRIMARY_HEIGHT),
        enabled = enabled,
        shape = RoundedCornerShape(Corner.card),
        colors = ButtonDefaults.buttonColors(
            containerColor = ground,
            contentColor = ink,
            disabledContainerColor = Belay.colors.surface2,
            disabledContentColor = Belay.colors.ink2
        )
    ) { Text(text, style = Belay.type.bodyStrong, textAlign = TextAlign.Center) }
}

/** A choice of the same weight as another: an outline, never a colour against none. */
@Composable
fun ChoiceButton(text: String, onClick: () -> Unit, modifier: Modifier = Modifier, enabled: Boolean = true) {
    OutlinedButton(
        onClick,
        modifier.defaultMinSize(minHeight = PRIMARY_HEIGHT),
        enabled = enabled,
        shape = RoundedCornerShape(Corner.card),
        border = BorderStroke(Size.outline, Belay.colors.line),
        colors = ButtonDefaults.outlinedButtonColors(contentColor = Belay.colors.ink)
    ) { Text(text, style = Belay.type.bodyStrong, textAlign = TextAlign.Center) }
}

/** What may be done, too. */
@Composable
fun QuietButton(
    text: String,
    onClick: () -> Unit,
    modifier: Modifier = Modifier,
    icon: ImageVector? = null,
    enabled: Boolean = true,
    stop: Boolean = false,
    color: Color = if (stop) Belay.colors.clay else Belay.colors.primary
) {
    TextButton(
        onClick,
        modifier.defaultMinSize(minWidth = Size.touch, minHeight = Size.touch),
        enabled = enabled,
        contentPadding = PaddingValues(horizontal = Space.m, vertical = Space.s),
        colors = ButtonDefaults.textButtonColors(contentColor = color)
    ) {
        if (icon != null) {
            Icon(icon, contentDescription = null, Modifier.size(Size.icon))
            Spacer(Modifier.width(Space.s))
        }
        Text(text, style = Belay.type.labelStrong)
    }
}

/** A drawing that is a button; [name] is what it is called. */
@Composable
fun IconAction(icon: ImageVector, name: String, onClick: () -> Unit, modifier: Modifier = Modifier) {
    IconButton(onClick, modifier.size(Size.touch)) { Icon(icon, name, Modifier.size(Size.icon)) }
}
