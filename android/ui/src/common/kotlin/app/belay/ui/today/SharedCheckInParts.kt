package app.belay.ui.today

import androidx.compose.foundation.background
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.ColumnScope
import androidx.compose.foundation.layout.IntrinsicSize
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxHeight
import androidx.compose.foundation.layout.height
import androidx.compose.foundation.layout.width
import androidx.compose.foundation.shape.CircleShape
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.draw.clip
import androidx.compose.ui.unit.dp
import app.belay.core.SharedCheckIn
import app.belay.ui.Services
import app.belay.ui.energy
import app.belay.ui.feelings
import app.belay.ui.kit.Body
import app.belay.ui.kit.Caption
import app.belay.ui.kit.MoodShape
import app.belay.ui.kit.Quiet
import app.belay.ui.mood
import app.belay.ui.need
import app.belay.ui.theme.Belay
import app.belay.ui.theme.Space

private val ROPE = 4.dp

/** A shared check-in, drawn the same for the one who sends it and the one who gets it: beside it runs the rope. */
@Composable
fun SharedCheckInParts(services: Services, shared: SharedCheckIn) {
    val words = services.words
    RopeBeside {
        shared.mood?.toInt()?.let { mood ->
            Row(horizontalArrangement = Arrangement.spacedBy(Space.m), verticalAlignment = Alignment.CenterVertically) {
                MoodShape(mood)
                Body(words.mood(mood))
            }
        }
        if (shared.emotions.isNotEmpty()) Body(words.feelings(shared.emotions))
        shared.energy?.let { Quiet("${words.checkInEnergy}: ${words.energy(it.toInt())}") }
        Said(words.peopleSharedWin, shared.win)
        Said(words.peopleSharedStruggle, shared.struggle)
        Said(words.peopleSharedPlan, shared.plan)
        Said(words.peopleSharedNote, shared.note)
        shared.need?.let { Quiet(words.todayRopeNeed(words.need(it))) }
    }
}

/** What they wrote, and which question it answers. */
@Composable
private fun Said(title: String, text: String?) {
    if (text.isNullOrBlank()) return
    Column {
        Caption(title)
        Body(text)
    }
}

/** What came over the rope, or will go over it. */
@Composable
fun RopeBeside(content: @Composable ColumnScope.() -> Unit) {
    Row(Modifier.height(IntrinsicSize.Min), horizontalArrangement = Arrangement.spacedBy(Space.m)) {
        Box(Modifier.width(ROPE).fillMaxHeight().clip(CircleShape).background(Belay.colors.rope))
        Column(verticalArrangement = Arrangement.spacedBy(Space.s), content = content)
    }
}
