package app.belay.ui.kit

import androidx.compose.foundation.background
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.height
import androidx.compose.foundation.shape.CircleShape
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.draw.clip
import androidx.compose.ui.semantics.ProgressBarRangeInfo
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.semantics.progressBarRangeInfo
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.dp
import app.belay.ui.theme.Belay

private val THICK = 8.dp

/** How much of something is here, as a bar that stands still; [said] tells it in words. */
@Composable
fun HowFar(here: Long, all: Long, said: String, modifier: Modifier = Modifier) {
    val part = if (all <= 0L) 1f else (here.toFloat() / all).coerceIn(0f, 1f)
    Box(
        modifier
            .fillMaxWidth()
            .height(THICK)
            .clip(CircleShape)
            .background(Belay.colors.surface2)
            .semantics {
                contentDescription = said
                progressBarRangeInfo = ProgressBarRangeInfo(part, 0f..1f)
            }
    ) {
        Box(Modifier.fillMaxWidth(part).height(THICK).clip(CircleShape).background(Belay.colors.sky))
    }
}
