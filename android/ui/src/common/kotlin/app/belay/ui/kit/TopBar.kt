package app.belay.ui.kit

import androidx.compose.foundation.layout.Spacer
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.width
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.layout.Layout
import androidx.compose.ui.layout.Measurable
import androidx.compose.ui.layout.MeasureResult
import androidx.compose.ui.layout.MeasureScope
import androidx.compose.ui.layout.Placeable
import androidx.compose.ui.semantics.heading
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.Constraints
import androidx.compose.ui.unit.dp
import app.belay.ui.theme.Belay
import app.belay.ui.theme.Space
import app.belay.words.Words

private val BAR_HEIGHT = 64.dp

/** Beside the bar, and again beside its title. */
private val EDGE = Space.xs

/**
 * The day (or what the screen is about), the way back, and the lifebuoy that is Help now. Where type is so large
 * that a word of the title would not fit beside them, the title has a line of its own below.
 */
@Composable
fun TopBar(words: Words, title: String, onHelp: (() -> Unit)?, onBack: (() -> Unit)? = null) {
    Layout(
        contents = listOf(
            { if (onBack != null) IconAction(BelayIcons.back, words.commonBack, onBack) else Margin() },
            { Title(title) },
            { if (onHelp != null) HelpNow(words, onHelp) else Margin() }
        ),
        Modifier.fillMaxWidth().heightIn(min = BAR_HEIGHT).padding(horizontal = EDGE, vertical = Space.s)
    ) { (starts, titles, ends), constraints ->
        bar(starts.single(), titles.single(), ends.single(), constraints)
    }
}

@Composable
private fun Margin() = Spacer(Modifier.width(Space.l - EDGE - EDGE))

@Composable
private fun Title(title: String) = Text(
    title,
    Modifier.padding(horizontal = EDGE).semantics { heading() },
    style = Belay.type.labelStrong,
    color = Belay.colors.ink2
)

@Composable
private fun HelpNow(words: Words, onHelp: () -> Unit) =
    QuietButton(words.commonHelpNow, onHelp, icon = BelayIcons.lifebuoy, color = Belay.colors.sky)

private fun MeasureScope.bar(
    start: Measurable,
    title: Measurable,
    end: Measurable,
    constraints: Constraints
): MeasureResult {
    val width = constraints.maxWidth
    val loose = constraints.copy(minWidth = 0, minHeight = 0)
    val back = start.measure(loose)
    val help = end.measure(loose.copy(maxWidth = (width - back.width).coerceAtLeast(0)))
    val room = (width - back.width - help.width).coerceAtLeast(0)
    // The least width of a text is that of its longest word.
    val besideThem = title.minIntrinsicWidth(Constraints.Infinity) <= room
    // On a line of its own it begins where the page's text begins.
    val margin = (Space.l - EDGE - EDGE).roundToPx()
    val text = title.measure(loose.copy(maxWidth = if (besideThem) room else (width - margin).coerceAtLeast(0)))
    val line = maxOf(back.height, help.height)
    return if (besideThem) {
        val height = maxOf(line, text.height, constraints.minHeight)
        layout(width, height) {
            middle(back, 0, height)
            middle(text, back.width, height)
            middle(help, width - help.width, height)
        }
    } else {
        // What is placed first is read first.
        layout(width, maxOf(line + text.height, constraints.minHeight)) {
            middle(back, 0, line)
            middle(help, width - help.width, line)
            text.placeRelative(margin, line)
        }
    }
}

private fun Placeable.PlacementScope.middle(what: Placeable, x: Int, height: Int) =
    what.placeRelative(x, (height - what.height) / 2)
