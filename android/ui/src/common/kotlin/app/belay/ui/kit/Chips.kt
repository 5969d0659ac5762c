package app.belay.ui.kit

import androidx.compose.foundation.background
import androidx.compose.foundation.border
import androidx.compose.foundation.clickable
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.ExperimentalLayoutApi
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.foundation.layout.FlowRowScope
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.size
import androidx.compose.foundation.layout.widthIn
import androidx.compose.foundation.selection.selectable
import androidx.compose.foundation.selection.toggleable
import androidx.compose.foundation.shape.CircleShape
import androidx.compose.material3.Icon
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.draw.clip
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.graphics.vector.ImageVector
import androidx.compose.ui.semantics.Role
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.dp
import app.belay.ui.theme.Belay
import app.belay.ui.theme.Size
import app.belay.ui.theme.Space

private val CHIP_HEIGHT = 36.dp
private val CHIP_ICON = 18.dp

/** A word that can be chosen: several at once, or [single] one of them. A check says it beside the colour. */
@Composable
fun Chip(text: String, chosen: Boolean, onToggle: () -> Unit, modifier: Modifier = Modifier, single: Boolean = false) {
    val choose = if (single) {
        Modifier.selectable(chosen, role = Role.RadioButton, onClick = onToggle)
    } else {
        Modifier.toggleable(chosen, role = Role.Checkbox) { onToggle() }
    }
    val ground = if (chosen) Belay.colors.primarySoft else Color.Transparent
    val ink = if (chosen) Belay.colors.onPrimarySoft else Belay.colors.ink
    val edge = if (chosen) Belay.colors.primary else Belay.colors.line
    ChipShape(text, ground, ink, edge, BelayIcons.check.takeIf { chosen }, modifier.then(choose))
}

/** A short thing that can be tapped: an answer, a filter, "Sam sees: mood, 2 goals". */
@Composable
fun ActionChip(
    text: String,
    onClick: () -> Unit,
    modifier: Modifier = Modifier,
    icon: ImageVector? = null,
    tone: CardTone = CardTone.PLAIN
) {
    val (ground, ink) = coloursOf(tone)
    val edge = if (tone == CardTone.ROPE) Belay.colors.rope else Belay.colors.line
    ChipShape(text, ground, ink, edge, icon, modifier.clickable(role = Role.Button, onClick = onClick))
}

/** Something that was added and can be taken out again: the thing is shown, [spoken] says what a tap does. */
@Composable
fun RemoveChip(text: String, spoken: String, onRemove: () -> Unit) = ActionChip(
    text,
    onRemove,
    Modifier.semantics { contentDescription = spoken },
    icon = BelayIcons.close
)

/** Chips in rows, as many as fit. */
@OptIn(ExperimentalLayoutApi::class)
@Composable
fun Chips(modifier: Modifier = Modifier, content: @Composable FlowRowScope.() -> Unit) =
    FlowRow(modifier, horizontalArrangement = Arrangement.spacedBy(Space.s), content = content)

@Composable
private fun ChipShape(text: String, ground: Color, ink: Color, edge: Color, icon: ImageVector?, tap: Modifier) {
    // The touch is larger than what is seen: 48 dp, whatever the chip's own height.
    Box(tap.heightIn(min = Size.touch).widthIn(min = Size.touch), contentAlignment = Alignment.Center) {
        Row(
            Modifier
                .heightIn(min = CHIP_HEIGHT)
                .clip(CircleShape)
                .background(ground)
                .border(Size.outline, edge, CircleShape)
                .padding(horizontal = Space.m, vertical = Space.xs),
            horizontalArrangement = Arrangement.spacedBy(Space.xs),
            verticalAlignment = Alignment.CenterVertically
        ) {
            if (icon != null) Icon(icon, contentDescription = null, Modifier.size(CHIP_ICON), tint = ink)
            Text(text, style = Belay.type.label, color = ink)
        }
    }
}
