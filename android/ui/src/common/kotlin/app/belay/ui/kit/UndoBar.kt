package app.belay.ui.kit

import androidx.compose.foundation.background
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.shape.RoundedCornerShape
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.draw.clip
import androidx.compose.ui.semantics.LiveRegionMode
import androidx.compose.ui.semantics.liveRegion
import androidx.compose.ui.semantics.semantics
import app.belay.ui.Undo
import app.belay.ui.theme.Belay
import app.belay.ui.theme.Corner
import app.belay.ui.theme.Space
import app.belay.words.Words

/** What was just done and the way back, for as long as [undo] offers it. */
@Composable
fun UndoBar(words: Words, undo: Undo, modifier: Modifier = Modifier) {
    val offer = undo.offer ?: return
    Row(
        modifier
            .fillMaxWidth()
            .padding(Space.m)
            .clip(RoundedCornerShape(Corner.card))
            .background(Belay.colors.ink)
            .padding(start = Space.l, end = Space.xs)
            .semantics { liveRegion = LiveRegionMode.Polite },
        horizontalArrangement = Arrangement.spacedBy(Space.m),
        verticalAlignment = Alignment.CenterVertically
    ) {
        Text(offer.text, Modifier.weight(1f).padding(vertical = Space.m), Belay.colors.bg, style = Belay.type.label)
        if (offer.undo != null) QuietButton(words.commonUndo, undo::take, color = Belay.colors.bg)
    }
}
