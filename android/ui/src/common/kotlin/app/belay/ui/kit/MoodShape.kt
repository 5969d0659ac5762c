package app.belay.ui.kit

import androidx.compose.foundation.Canvas
import androidx.compose.foundation.layout.size
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.geometry.CornerRadius
import androidx.compose.ui.geometry.Offset
import androidx.compose.ui.geometry.Size
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.graphics.Path
import androidx.compose.ui.graphics.StrokeCap
import androidx.compose.ui.graphics.drawscope.DrawScope
import androidx.compose.ui.graphics.drawscope.rotate
import androidx.compose.ui.unit.Dp
import androidx.compose.ui.unit.dp
import app.belay.ui.theme.Belay

private const val HALF_TURN = 180f
private const val RAYS = 8
private const val FULL_TURN = 360f

/** The lowest and the highest step of the scale. */
val MOODS: IntRange = 1..5

/**
 * The five shapes of the scale, from sunk to risen: a weight, a half hanging down, a level, a half rising, a
 * sun. They differ without their colour; a word always stands near.
 */
@Composable
fun MoodShape(mood: Int, modifier: Modifier = Modifier, size: Dp = 32.dp, color: Color = Belay.colors.mood(mood)) {
    Canvas(modifier.size(size)) {
        when (mood) {
            1 -> weight(color)
            2 -> half(color, rising = false)
            3 -> level(color)
            4 -> half(color, rising = true)
            else -> sun(color)
        }
    }
}

private fun DrawScope.weight(color: Color) {
    val path = Path().apply {
        moveTo(size.width * 0.10f, size.height * 0.22f)
        lineTo(size.width * 0.90f, size.height * 0.22f)
        quadraticTo(size.width * 0.86f, size.height * 0.62f, size.width * 0.5f, size.height * 0.92f)
        quadraticTo(size.width * 0.14f, size.height * 0.62f, size.width * 0.10f, size.height * 0.22f)
        close()
    }
    drawPath(path, color)
}

private fun DrawScope.half(color: Color, rising: Boolean) {
    val diameter = size.width * 0.88f
    val left = (size.width - diameter) / 2
    val top = if (rising) size.height * 0.22f else size.height * 0.34f - diameter / 2
    drawArc(
        color,
        startAngle = if (rising) HALF_TURN else 0f,
        sweepAngle = HALF_TURN,
        useCenter = true,
        topLeft = Offset(left, top),
        size = Size(diameter, diameter)
    )
}

private fun DrawScope.level(color: Color) {
    val height = size.height * 0.30f
    drawRoundRect(
        color,
        topLeft = Offset(size.width * 0.06f, (size.height - height) / 2),
        size = Size(size.width * 0.88f, height),
        cornerRadius = CornerRadius(height / 2)
    )
}

private fun DrawScope.sun(color: Color) {
    drawCircle(color, radius = size.minDimension * 0.27f)
    for (ray in 0 until RAYS) {
        rotate(FULL_TURN * ray / RAYS) {
            drawLine(
                color,
                start = Offset(center.x, size.height * 0.04f),
                end = Offset(center.x, size.height * 0.13f),
                strokeWidth = size.width * 0.09f,
                cap = StrokeCap.Round
            )
        }
    }
}
