package app.belay.ui.kit

import androidx.compose.foundation.layout.ExperimentalLayoutApi
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.foundation.layout.FlowRowScope
import androidx.compose.foundation.layout.offset
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import app.belay.ui.theme.Space

/**
 * Quiet buttons at the end of a card or text. They begin where the text begins: a button without an outline is seen
 * as its words, and words that stand further in than those above look like a mistake.
 */
@OptIn(ExperimentalLayoutApi::class)
@Composable
fun CardActions(content: @Composable FlowRowScope.() -> Unit) =
    FlowRow(Modifier.offset(x = -Space.m), content = content)
