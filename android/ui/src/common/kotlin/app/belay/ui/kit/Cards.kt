package app.belay.ui.kit

import androidx.compose.foundation.background
import androidx.compose.foundation.border
import androidx.compose.foundation.clickable
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.ColumnScope
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.shape.RoundedCornerShape
import androidx.compose.material3.LocalContentColor
import androidx.compose.runtime.Composable
import androidx.compose.runtime.CompositionLocalProvider
import androidx.compose.ui.Modifier
import androidx.compose.ui.draw.clip
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.semantics.Role
import app.belay.ui.theme.Belay
import app.belay.ui.theme.Corner
import app.belay.ui.theme.Size
import app.belay.ui.theme.Space

/** What a card is about, told by tone; its words say it, too. */
enum class CardTone { PLAIN, WELL, MINE, ROPE, SUPPORT, STOP }

/** A sheet of paper on the table. With [onClick] the whole of it is one button. */
@Composable
fun Card(
    modifier: Modifier = Modifier,
    tone: CardTone = CardTone.PLAIN,
    onClick: (() -> Unit)? = null,
    onClickLabel: String? = null,
    content: @Composable ColumnScope.() -> Unit
) {
    val (ground, ink) = coloursOf(tone)
    val shape = RoundedCornerShape(Corner.card)
    val tap = onClick?.let {
        Modifier.clickable(onClickLabel = onClickLabel, role = Role.Button, onClick = it)
    } ?: Modifier
    val edge = if (tone == CardTone.PLAIN) Belay.colors.hairline else Color.Transparent
    CompositionLocalProvider(LocalContentColor provides ink) {
        Column(
            modifier
                .fillMaxWidth()
                .clip(shape)
                .background(ground)
                .border(Size.outline, edge, shape)
                .then(tap)
                .heightIn(min = Size.touch)
                .padding(Space.l),
            verticalArrangement = Arrangement.spacedBy(Space.s),
            content = content
        )
    }
}

/** Ground and ink of a tone. */
@Composable
fun coloursOf(tone: CardTone): Pair<Color, Color> = with(Belay.colors) {
    when (tone) {
        CardTone.PLAIN -> surface to ink
        CardTone.WELL -> surface2 to ink
        CardTone.MINE -> primarySoft to onPrimarySoft
        CardTone.ROPE -> ropeSoft to onRopeSoft
        CardTone.SUPPORT -> skySoft to onSkySoft
        CardTone.STOP -> claySoft to onClaySoft
    }
}
