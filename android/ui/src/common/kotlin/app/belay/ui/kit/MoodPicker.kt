package app.belay.ui.kit

import androidx.compose.foundation.background
import androidx.compose.foundation.border
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.BoxWithConstraints
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.IntrinsicSize
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxHeight
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.height
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.selection.selectable
import androidx.compose.foundation.selection.selectableGroup
import androidx.compose.foundation.shape.RoundedCornerShape
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.draw.clip
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.platform.LocalDensity
import androidx.compose.ui.semantics.Role
import androidx.compose.ui.text.TextStyle
import androidx.compose.ui.text.font.FontWeight
import androidx.compose.ui.text.rememberTextMeasurer
import androidx.compose.ui.text.style.TextAlign
import androidx.compose.ui.unit.Dp
import androidx.compose.ui.unit.dp
import app.belay.ui.mood
import app.belay.ui.theme.Belay
import app.belay.ui.theme.Corner
import app.belay.ui.theme.Size
import app.belay.ui.theme.Space
import app.belay.words.Words

private val CHOSEN_OUTLINE = 2.dp

/**
 * How it is, in one tap: five shapes, each with its word. They stand beside each other where every word has
 * room unbroken - whatever the language and the size of the type -, else below each other.
 */
@Composable
fun MoodPicker(words: Words, mood: Int?, onMood: (Int) -> Unit, modifier: Modifier = Modifier) =
    BoxWithConstraints(modifier) {
        if (wordsFit(words, maxWidth / MOODS.count() - CHOSEN_OUTLINE * 2)) {
            Beside(words, mood, onMood)
        } else {
            Below(words, mood, onMood)
        }
    }

/** Whether the longest single word of all five fits, bold as the chosen one is. */
@Composable
private fun wordsFit(words: Words, room: Dp): Boolean {
    val measurer = rememberTextMeasurer()
    val bold = Belay.type.caption.copy(fontWeight = FontWeight.Bold)
    val widest = MOODS.flatMap { words.mood(it).split(' ') }.maxOf { measurer.measure(it, bold).size.width }
    return with(LocalDensity.current) { widest.toDp() } <= room
}

@Composable
private fun Below(words: Words, mood: Int?, onMood: (Int) -> Unit) {
    Column(Modifier.fillMaxWidth().selectableGroup(), verticalArrangement = Arrangement.spacedBy(Space.xs)) {
        for (step in MOODS) {
            Row(
                choice(step == mood, Modifier.fillMaxWidth()) { onMood(step) }.padding(Space.m),
                horizontalArrangement = Arrangement.spacedBy(Space.m),
                verticalAlignment = Alignment.CenterVertically
            ) { Step(words, step, step == mood, Belay.type.label) }
        }
    }
}

@Composable
private fun Beside(words: Words, mood: Int?, onMood: (Int) -> Unit) {
    Row(Modifier.fillMaxWidth().height(IntrinsicSize.Min).selectableGroup()) {
        for (step in MOODS) {
            Column(
                choice(step == mood, Modifier.weight(1f).fillMaxHeight()) { onMood(step) }
                    .padding(vertical = Space.m, horizontal = CHOSEN_OUTLINE),
                verticalArrangement = Arrangement.spacedBy(Space.s),
                horizontalAlignment = Alignment.CenterHorizontally
            ) { Step(words, step, step == mood, Belay.type.caption) }
        }
    }
}

@Composable
private fun choice(chosen: Boolean, modifier: Modifier, onChoose: () -> Unit): Modifier {
    val shape = RoundedCornerShape(Corner.card)
    val ground = if (chosen) Belay.colors.surface2 else Color.Transparent
    val edge = if (chosen) Belay.colors.ink else Color.Transparent
    return modifier
        .clip(shape)
        .background(ground)
        .border(CHOSEN_OUTLINE, edge, shape)
        .selectable(chosen, role = Role.RadioButton, onClick = onChoose)
        .heightIn(min = Size.touch)
}

@Composable
private fun Step(words: Words, step: Int, chosen: Boolean, style: TextStyle) {
    MoodShape(step)
    Text(
        words.mood(step),
        style = style,
        fontWeight = if (chosen) FontWeight.Bold else FontWeight.Normal,
        color = if (chosen) Belay.colors.ink else Belay.colors.ink2,
        textAlign = TextAlign.Center
    )
}
