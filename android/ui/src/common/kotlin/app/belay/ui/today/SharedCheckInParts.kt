package app.belay.ui.today

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import app.belay.core.SharedCheckIn
import app.belay.ui.Services
import app.belay.ui.emotion
import app.belay.ui.energy
import app.belay.ui.kit.Body
import app.belay.ui.kit.MoodShape
import app.belay.ui.kit.Quiet
import app.belay.ui.list
import app.belay.ui.mood
import app.belay.ui.need
import app.belay.ui.theme.Belay
import app.belay.ui.theme.Space

/** A shared check-in, drawn the same for the one who sends it and the one who gets it. */
@Composable
fun SharedCheckInParts(services: Services, shared: SharedCheckIn) {
    val words = services.words
    Column(verticalArrangement = Arrangement.spacedBy(Space.s)) {
        shared.mood?.toInt()?.let { mood ->
            Row(horizontalArrangement = Arrangement.spacedBy(Space.m), verticalAlignment = Alignment.CenterVertically) {
                MoodShape(mood)
                Body(words.mood(mood))
            }
        }
        if (shared.emotions.isNotEmpty()) Body(words.list(shared.emotions.map(words::emotion)))
        shared.energy?.let { Quiet("${words.checkInEnergy}: ${words.energy(it.toInt())}") }
        for (line in listOfNotNull(shared.win, shared.struggle, shared.plan, shared.note)) {
            Text(line, style = Belay.type.body, color = Belay.colors.rope)
        }
        shared.need?.let { Quiet(words.todayRopeNeed(words.need(it))) }
    }
}
