package app.belay.ui.kit

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.LocalDensity
import app.belay.ui.theme.Belay
import app.belay.ui.theme.Space

private const val COLUMNS = 2
private const val LARGE_TYPE = 1.3f

/** Words to write down: numbered, read line by line, in two columns where they fit. */
@Composable
fun SecretWords(words: List<String>, modifier: Modifier = Modifier) {
    val columns = if (LocalDensity.current.fontScale >= LARGE_TYPE) 1 else COLUMNS
    Card(modifier, tone = CardTone.WELL) {
        for ((line, inLine) in words.chunked(columns).withIndex()) {
            Row(Modifier.fillMaxWidth(), horizontalArrangement = Arrangement.spacedBy(Space.l)) {
                for ((place, word) in inLine.withIndex()) {
                    val number = line * columns + place + 1
                    Text("$number. $word", Modifier.weight(1f), style = Belay.type.body)
                }
            }
        }
    }
}

/** The words two people read to each other: large, one below the other. */
@Composable
fun ComparisonWords(words: List<String>, modifier: Modifier = Modifier) {
    Card(modifier, tone = CardTone.ROPE) {
        Column(verticalArrangement = Arrangement.spacedBy(Space.xs)) {
            for (word in words) Text(word, style = Belay.type.display)
        }
    }
}
