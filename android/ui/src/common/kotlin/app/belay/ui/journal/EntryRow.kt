package app.belay.ui.journal

import androidx.compose.foundation.clickable
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.widthIn
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.Role
import androidx.compose.ui.semantics.clearAndSetSemantics
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.dp
import app.belay.core.EntryLineView
import app.belay.ui.Shell
import app.belay.ui.kit.Excerpt
import app.belay.ui.kit.MoodShape
import app.belay.ui.mood
import app.belay.ui.theme.Belay
import app.belay.ui.theme.Size
import app.belay.ui.theme.Space
import java.time.LocalDate
import java.time.format.TextStyle

private const val EXCERPT_LINES = 2
private val DAY_WIDTH = 44.dp
private val SMALL_MOOD = 18.dp

/** An entry in a list: its day, its first words, and in one quiet line what else there is to know. */
@Composable
fun EntryRow(shell: Shell, line: EntryLineView, onOpen: () -> Unit, modifier: Modifier = Modifier) {
    Row(
        modifier
            .fillMaxWidth()
            .clickable(role = Role.Button, onClick = onOpen)
            .heightIn(min = Size.touch)
            .padding(vertical = Space.m),
        horizontalArrangement = Arrangement.spacedBy(Space.m)
    ) {
        DayOfEntry(shell, line.on)
        Column(Modifier.weight(1f), verticalArrangement = Arrangement.spacedBy(Space.xs)) {
            Words(shell, line)
            EntryFacts(shell, line)
        }
    }
}

/** The day of an entry as a list shows it; spoken whole. */
@Composable
internal fun DayOfEntry(shell: Shell, on: String) {
    val day = LocalDate.parse(on)
    val spoken = shell.formats.day(on)
    Column(
        Modifier.widthIn(min = DAY_WIDTH).clearAndSetSemantics { contentDescription = spoken },
        horizontalAlignment = Alignment.CenterHorizontally
    ) {
        Text(day.dayOfMonth.toString(), style = Belay.type.title, color = Belay.colors.ink)
        Text(
            day.dayOfWeek.getDisplayName(TextStyle.SHORT_STANDALONE, shell.locale),
            style = Belay.type.caption,
            color = Belay.colors.ink2
        )
    }
}

@Composable
private fun Words(shell: Shell, line: EntryLineView) {
    val title = line.title
    if (title != null) Text(title, style = Belay.type.bodyStrong, color = Belay.colors.ink)
    if (line.excerpt.isNotEmpty() || title == null) {
        Excerpt(line.excerpt.ifEmpty { shell.words.journalUntitled }, EXCERPT_LINES)
    }
}

/** Mood, what happened to it later, and tags, in one quiet line. */
@Composable
internal fun EntryFacts(shell: Shell, line: EntryLineView) {
    val words = shell.words
    val mood = line.mood?.toInt()
    val facts = listOfNotNull(
        mood?.let(words::mood),
        words.journalLate.takeIf { line.late },
        words.journalEdited.takeIf { line.edited }
    ) + line.tags
    if (facts.isEmpty()) return
    Row(
        horizontalArrangement = Arrangement.spacedBy(Space.s),
        verticalAlignment = Alignment.CenterVertically
    ) {
        if (mood != null) MoodShape(mood, size = SMALL_MOOD)
        Text(facts.joinToString(" · "), style = Belay.type.label, color = Belay.colors.ink2)
    }
}
