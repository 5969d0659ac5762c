package app.belay.ui.kit

import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.clearAndSetSemantics
import androidx.compose.ui.semantics.text
import androidx.compose.ui.text.AnnotatedString
import androidx.compose.ui.text.style.TextOverflow
import app.belay.ui.theme.Belay

/** The beginning of what somebody wrote: as many lines as there are, at most [lines]. Whoever listens hears it all. */
@Composable
fun Excerpt(words: String, lines: Int, modifier: Modifier = Modifier) = Text(
    words,
    modifier.clearAndSetSemantics { text = AnnotatedString(words) },
    style = Belay.type.journal,
    color = Belay.colors.ink,
    maxLines = lines,
    overflow = TextOverflow.Ellipsis
)
