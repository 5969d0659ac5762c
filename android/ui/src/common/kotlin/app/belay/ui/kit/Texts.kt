package app.belay.ui.kit

import androidx.compose.foundation.layout.BoxWithConstraints
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.heading
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.text.TextStyle
import app.belay.ui.theme.Belay

/** The one sentence a screen begins with. */
@Composable
fun Sentence(text: String, modifier: Modifier = Modifier) {
    val style = Belay.type.display
    if (isTypeLarge()) {
        BoxWithConstraints { SentenceIn(text, modifier, wholeWords(listOf(text), style, maxWidth)) }
    } else {
        SentenceIn(text, modifier, style)
    }
}

@Composable
private fun SentenceIn(text: String, modifier: Modifier, style: TextStyle) =
    Text(text, modifier.semantics { heading() }, style = style, color = Belay.colors.ink)

/** The name of a part of a screen. */
@Composable
fun Heading(text: String, modifier: Modifier = Modifier) =
    Text(text, modifier.semantics { heading() }, style = Belay.type.labelStrong, color = Belay.colors.ink2)

/** The title of a card. */
@Composable
fun CardTitle(text: String, modifier: Modifier = Modifier) =
    Text(text, modifier, style = Belay.type.bodyStrong, color = Belay.colors.ink)

/** What is to be read. */
@Composable
fun Body(text: String, modifier: Modifier = Modifier) =
    Text(text, modifier, style = Belay.type.body, color = Belay.colors.ink)

/** What stands beside it: times, states, where something is. */
@Composable
fun Quiet(text: String, modifier: Modifier = Modifier) =
    Text(text, modifier, style = Belay.type.label, color = Belay.colors.ink2)

/** The smallest text there is. */
@Composable
fun Caption(text: String, modifier: Modifier = Modifier) =
    Text(text, modifier, style = Belay.type.caption, color = Belay.colors.ink2)
