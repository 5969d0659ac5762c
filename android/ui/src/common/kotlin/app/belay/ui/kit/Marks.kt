package app.belay.ui.kit

import androidx.compose.foundation.Canvas
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.size
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.geometry.Offset
import androidx.compose.ui.geometry.Size
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.graphics.StrokeCap
import androidx.compose.ui.graphics.drawscope.DrawScope
import androidx.compose.ui.graphics.drawscope.Stroke
import androidx.compose.ui.semantics.clearAndSetSemantics
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.unit.Dp
import androidx.compose.ui.unit.dp
import app.belay.core.DayMark
import app.belay.core.OutcomeStatus
import app.belay.ui.theme.Belay
import app.belay.words.Words

private const val QUARTER = 90f
private const val HALF = 180f
private val MARK = 20.dp
private val SMALL_MARK = 14.dp

/** What a shape can say of a day. The same for goals of one's own and of a partner. */
enum class Mark { DONE, PARTLY, SKIPPED, NOT_DONE, NOTHING, NOT_DUE, NOT_RECEIVED }

/** The mark of an outcome. */
fun markOf(status: OutcomeStatus): Mark = when (status) {
    OutcomeStatus.DONE -> Mark.DONE
    OutcomeStatus.PARTLY -> Mark.PARTLY
    OutcomeStatus.SKIPPED -> Mark.SKIPPED
    OutcomeStatus.NOT_DONE -> Mark.NOT_DONE
}

/** The mark of a day of the last fourteen. */
fun markOf(day: DayMark): Mark = when (day) {
    DayMark.DONE -> Mark.DONE
    DayMark.PARTLY -> Mark.PARTLY
    DayMark.SKIPPED -> Mark.SKIPPED
    DayMark.NOT_DONE -> Mark.NOT_DONE
    DayMark.NOTHING -> Mark.NOTHING
    DayMark.NOT_DUE -> Mark.NOT_DUE
}

/** A mark in words. */
fun Words.mark(mark: Mark): String = when (mark) {
    Mark.DONE -> outcomesDone
    Mark.PARTLY -> outcomesPartly
    Mark.SKIPPED -> outcomesSkipped
    Mark.NOT_DONE -> outcomesNotDone
    Mark.NOTHING -> frameMarkNothing
    Mark.NOT_DUE -> frameMarkNotDue
    Mark.NOT_RECEIVED -> outcomesNotReceived
}

/** done ●, partly ◐, skipped ○ with a dash, not received · · ·. [name] null where a word stands beside it. */
@Composable
fun OutcomeMark(mark: Mark, name: String?, modifier: Modifier = Modifier, size: Dp = MARK) {
    val ink = if (mark == Mark.DONE || mark == Mark.PARTLY) Belay.colors.primary else Belay.colors.ink2
    val named = modifier.clearAndSetSemantics { if (name != null) contentDescription = name }
    Canvas(named.size(size)) { draw(mark, ink) }
}

/** Fourteen small shapes, today last. To a screen reader they are [summary], one sentence. */
@Composable
fun Last14(days: List<DayMark>, summary: String, modifier: Modifier = Modifier) {
    Row(
        modifier.clearAndSetSemantics { contentDescription = summary },
        horizontalArrangement = Arrangement.spacedBy(5.dp)
    ) {
        for (day in days) OutcomeMark(markOf(day), name = null, size = SMALL_MARK)
    }
}

private fun DrawScope.draw(mark: Mark, ink: Color) {
    val line = size.minDimension * 0.1f
    when (mark) {
        Mark.DONE -> drawCircle(ink, radius = size.minDimension * 0.45f)

        Mark.PARTLY -> {
            ring(ink, line)
            val inner = size.minDimension * 0.9f
            val corner = (size.minDimension - inner) / 2
            drawArc(ink, QUARTER, HALF, useCenter = true, Offset(corner, corner), Size(inner, inner))
        }

        Mark.SKIPPED -> {
            ring(ink, line)
            val reach = size.minDimension * 0.2f
            stroke(ink, line, Offset(center.x - reach, center.y), Offset(center.x + reach, center.y))
        }

        Mark.NOT_DONE -> ring(ink, line)

        Mark.NOTHING -> drawCircle(ink, radius = line)

        Mark.NOT_DUE -> {
            val reach = size.minDimension * 0.12f
            stroke(ink, line * 0.8f, Offset(center.x - reach, center.y), Offset(center.x + reach, center.y))
        }

        Mark.NOT_RECEIVED -> for (step in -1..1) {
            drawCircle(ink, radius = line * 0.8f, center = Offset(center.x + step * size.width * 0.32f, center.y))
        }
    }
}

private fun DrawScope.ring(ink: Color, line: Float) =
    drawCircle(ink, radius = size.minDimension * 0.45f - line / 2, style = Stroke(line))

private fun DrawScope.stroke(ink: Color, line: Float, from: Offset, to: Offset) =
    drawLine(ink, from, to, line, StrokeCap.Round)
