package app.belay.ui.kit

import androidx.compose.foundation.clickable
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.size
import androidx.compose.foundation.selection.toggleable
import androidx.compose.material3.Icon
import androidx.compose.material3.Switch
import androidx.compose.material3.SwitchDefaults
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.graphics.vector.ImageVector
import androidx.compose.ui.semantics.Role
import app.belay.ui.theme.Belay
import app.belay.ui.theme.Size
import app.belay.ui.theme.Space

/** One thing that is on or off; the whole row is the switch. */
@Composable
fun SwitchRow(
    title: String,
    checked: Boolean,
    onChange: (Boolean) -> Unit,
    modifier: Modifier = Modifier,
    note: String? = null,
    enabled: Boolean = true
) {
    Row(
        modifier
            .fillMaxWidth()
            .toggleable(checked, enabled = enabled, role = Role.Switch, onValueChange = onChange)
            .heightIn(min = Size.touch)
            .padding(vertical = Space.s),
        horizontalArrangement = Arrangement.spacedBy(Space.l),
        verticalAlignment = Alignment.CenterVertically
    ) {
        TitleAndNote(title, note, Modifier.weight(1f))
        Switch(
            checked,
            onCheckedChange = null,
            enabled = enabled,
            colors = SwitchDefaults.colors(
                checkedTrackColor = Belay.colors.primary,
                checkedThumbColor = Belay.colors.onPrimary,
                uncheckedTrackColor = Belay.colors.surface2,
                uncheckedThumbColor = Belay.colors.ink2,
                uncheckedBorderColor = Belay.colors.line
            )
        )
    }
}

/** Something that opens another screen. */
@Composable
fun LinkRow(
    title: String,
    onClick: () -> Unit,
    modifier: Modifier = Modifier,
    note: String? = null,
    icon: ImageVector? = null
) {
    Row(
        modifier
            .fillMaxWidth()
            .clickable(role = Role.Button, onClick = onClick)
            .heightIn(min = Size.touch)
            .padding(vertical = Space.m),
        horizontalArrangement = Arrangement.spacedBy(Space.l),
        verticalAlignment = Alignment.CenterVertically
    ) {
        if (icon != null) Icon(icon, contentDescription = null, Modifier.size(Size.icon), tint = Belay.colors.ink2)
        TitleAndNote(title, note, Modifier.weight(1f))
        Icon(BelayIcons.forward, contentDescription = null, Modifier.size(Size.icon), tint = Belay.colors.ink2)
    }
}

/** A name and what is so: nothing to tap. */
@Composable
fun FactRow(title: String, fact: String, modifier: Modifier = Modifier) {
    Column(modifier.fillMaxWidth().padding(vertical = Space.s)) {
        Quiet(title)
        Body(fact)
    }
}

@Composable
private fun TitleAndNote(title: String, note: String?, modifier: Modifier) {
    Column(modifier) {
        Body(title)
        if (note != null) Quiet(note)
    }
}
