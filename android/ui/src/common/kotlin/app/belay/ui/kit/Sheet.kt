package app.belay.ui.kit

import androidx.compose.foundation.background
import androidx.compose.foundation.clickable
import androidx.compose.foundation.interaction.MutableInteractionSource
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.BoxWithConstraints
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.ColumnScope
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.widthIn
import androidx.compose.foundation.rememberScrollState
import androidx.compose.foundation.shape.RoundedCornerShape
import androidx.compose.foundation.verticalScroll
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.remember
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.draw.clip
import androidx.compose.ui.platform.LocalDensity
import androidx.compose.ui.platform.LocalWindowInfo
import androidx.compose.ui.semantics.Role
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.semantics.heading
import androidx.compose.ui.semantics.paneTitle
import androidx.compose.ui.semantics.semantics
import app.belay.ui.OnBack
import app.belay.ui.theme.Belay
import app.belay.ui.theme.Corner
import app.belay.ui.theme.Size
import app.belay.ui.theme.Space
import app.belay.words.Words

private const val SHADE = 0.5f
private const val TALLEST = 0.9f

/**
 * A sheet of paper over the page: a preview, a choice. It is drawn in the page itself, so it shows in
 * pictures and tests as it is; the shade around it closes it, and so does the button. Put it last in a Box.
 */
@Composable
fun Sheet(words: Words, title: String, onClose: () -> Unit, content: @Composable ColumnScope.() -> Unit) {
    OnBack(step = onClose)
    val shape = RoundedCornerShape(topStart = Corner.sheet, topEnd = Corner.sheet)
    val tallest = with(LocalDensity.current) { LocalWindowInfo.current.containerSize.height.toDp() * TALLEST }
    Box(Modifier.fillMaxSize().semantics { paneTitle = title }, contentAlignment = Alignment.BottomCenter) {
        Shade(words, onClose)
        Column(
            Modifier
                .widthIn(max = Size.measure)
                .fillMaxWidth()
                .heightIn(max = tallest)
                .clip(shape)
                .background(Belay.colors.surface)
                .padding(start = Space.l, end = Space.l, top = Space.m)
        ) {
            Row(verticalAlignment = Alignment.CenterVertically) {
                BoxWithConstraints(Modifier.weight(1f)) {
                    val style = wholeWords(listOf(title), Belay.type.title, maxWidth)
                    Text(title, Modifier.semantics { heading() }, style = style)
                }
                IconAction(BelayIcons.close, words.commonClose, onClose)
            }
            Column(
                Modifier.verticalScroll(rememberScrollState()).padding(top = Space.s, bottom = Space.xl),
                verticalArrangement = Arrangement.spacedBy(Space.m),
                content = content
            )
        }
    }
}

/** Darkens what is behind; a tap on it closes, for those who see it. Others have the button. */
@Composable
private fun Shade(words: Words, onClose: () -> Unit) {
    val nothing = remember { MutableInteractionSource() }
    Box(
        Modifier
            .fillMaxSize()
            .background(Belay.colors.shade.copy(alpha = SHADE))
            .clickable(
                nothing,
                indication = null,
                onClickLabel = words.commonClose,
                role = Role.Button,
                onClick = onClose
            )
            .semantics { contentDescription = words.commonClose }
    )
}
