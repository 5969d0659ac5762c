package app.belay.ui.journal

import androidx.compose.foundation.background
import androidx.compose.foundation.clickable
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.size
import androidx.compose.foundation.shape.RoundedCornerShape
import androidx.compose.material3.Icon
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.draw.clip
import androidx.compose.ui.semantics.Role
import app.belay.ui.kit.BelayIcons
import app.belay.ui.theme.Belay
import app.belay.ui.theme.Corner
import app.belay.ui.theme.Size
import app.belay.ui.theme.Space

/** The way to the search, where a field is expected: a tap opens the page with the real one. */
@Composable
internal fun SearchDoor(name: String, onOpen: () -> Unit) {
    Row(
        Modifier
            .padding(top = Space.s)
            .fillMaxWidth()
            .clip(RoundedCornerShape(Corner.card))
            .background(Belay.colors.surface2)
            .clickable(role = Role.Button, onClick = onOpen)
            .heightIn(min = Size.touch)
            .padding(horizontal = Space.m, vertical = Space.s),
        horizontalArrangement = Arrangement.spacedBy(Space.m),
        verticalAlignment = Alignment.CenterVertically
    ) {
        Icon(BelayIcons.search, contentDescription = null, Modifier.size(Size.icon), tint = Belay.colors.ink2)
        Text(name, style = Belay.type.body, color = Belay.colors.ink2)
    }
}
