package app.belay.ui.journal

import androidx.compose.foundation.clickable
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.padding
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.Role
import androidx.compose.ui.semantics.clearAndSetSemantics
import androidx.compose.ui.semantics.text
import androidx.compose.ui.text.AnnotatedString
import androidx.compose.ui.text.SpanStyle
import androidx.compose.ui.text.TextStyle
import androidx.compose.ui.text.buildAnnotatedString
import androidx.compose.ui.text.font.FontWeight
import androidx.compose.ui.text.withStyle
import app.belay.core.FoundEntryView
import app.belay.core.Snippet
import app.belay.ui.Shell
import app.belay.ui.theme.Belay
import app.belay.ui.theme.Size
import app.belay.ui.theme.Space
import app.belay.words.Words

/** An entry that was found: its day, the piece of it where the words stand, and what else there is to know. */
@Composable
fun FoundRow(shell: Shell, found: FoundEntryView, onOpen: () -> Unit, modifier: Modifier = Modifier) {
    Row(
        modifier
            .fillMaxWidth()
            .clickable(role = Role.Button, onClick = onOpen)
            .heightIn(min = Size.touch)
            .padding(vertical = Space.m),
        horizontalArrangement = Arrangement.spacedBy(Space.m)
    ) {
        DayOfEntry(shell, found.entry.on)
        Column(Modifier.weight(1f), verticalArrangement = Arrangement.spacedBy(Space.xs)) {
            found.title?.let { Marked(shell.words, it, Belay.type.bodyStrong) }
            if (found.snippet.parts.isNotEmpty()) Marked(shell.words, found.snippet, Belay.type.journal)
            EntryFacts(shell, found.entry)
        }
    }
}

/** A piece of text with the found words marked by weight and ground; whoever listens hears which they are. */
@Composable
private fun Marked(words: Words, snippet: Snippet, style: TextStyle) {
    val mark = SpanStyle(
        fontWeight = FontWeight.Bold,
        background = Belay.colors.primarySoft,
        color = Belay.colors.onPrimarySoft
    )
    val shown = buildAnnotatedString {
        if (snippet.moreBefore) append("${words.searchLeftOut} ")
        for (part in snippet.parts) if (part.found) withStyle(mark) { append(part.text) } else append(part.text)
        if (snippet.moreAfter) append(" ${words.searchLeftOut}")
    }
    val spoken = spoken(words, snippet)
    Text(
        shown,
        Modifier.clearAndSetSemantics { text = AnnotatedString(spoken) },
        style = style,
        color = Belay.colors.ink
    )
}

/** The piece as it is read out: its text, then the words that were found in it. */
internal fun spoken(words: Words, snippet: Snippet): String {
    val plain = snippet.parts.joinToString("") { it.text }
    val found = snippet.parts.filter { it.found }.map { it.text.trim() }.distinct()
    return if (found.isEmpty()) plain else "$plain\n${words.searchMarked(found.joinToString(", "))}"
}
