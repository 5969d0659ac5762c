package app.belay.ui.kit

import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.size
import androidx.compose.material3.Icon
import androidx.compose.material3.IconButton
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.draw.rotate
import androidx.compose.ui.semantics.heading
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.text.style.TextAlign
import app.belay.ui.Shell
import app.belay.ui.theme.Belay
import app.belay.ui.theme.Size
import java.time.YearMonth

private const val MONTH_CHARS = 7
private const val HALF_TURN = 180f

/** Chooses a day up to the present one, or any where [ahead] is said. */
@Composable
fun DaySheet(
    shell: Shell,
    title: String,
    chosen: String?,
    onDay: (String) -> Unit,
    onClose: () -> Unit,
    ahead: Boolean = false
) {
    val present = shell.presentDay.value
    var month by rememberSaveable { mutableStateOf((chosen ?: present).take(MONTH_CHARS)) }
    val days = object : MonthGridDays {
        override val today = present
        override val last = if (ahead) null else present
        override val chosen = chosen ?: present

        override fun spoken(day: String) = shell.formats.day(day)

        override fun choose(day: String) = onDay(day)
    }
    Sheet(shell.words, title, onClose) {
        MonthHead(shell, month, hasNext = ahead || month < present.take(MONTH_CHARS)) { step ->
            month = YearMonth.parse(month).plusMonths(step).toString()
        }
        MonthGrid(month, shell.locale, days)
    }
}

/** The month's name between the ways to its neighbours. */
@Composable
fun MonthHead(shell: Shell, month: String, hasNext: Boolean, onMove: (Long) -> Unit) {
    Row(Modifier.fillMaxWidth(), verticalAlignment = Alignment.CenterVertically) {
        IconButton({ onMove(-1) }, Modifier.size(Size.touch)) {
            // The same drawing as the way on, turned round.
            Icon(BelayIcons.forward, shell.words.journalPreviousMonth, Modifier.size(Size.icon).rotate(HALF_TURN))
        }
        Text(
            shell.formats.month(month),
            Modifier.weight(1f).semantics { heading() },
            style = Belay.type.title,
            textAlign = TextAlign.Center
        )
        IconButton({ onMove(1) }, Modifier.size(Size.touch), enabled = hasNext) {
            Icon(BelayIcons.forward, shell.words.journalNextMonth, Modifier.size(Size.icon))
        }
    }
}
