package app.belay.ui.today

import androidx.compose.runtime.Composable
import app.belay.core.EntryLineView
import app.belay.core.OnThisDayView
import app.belay.ui.Route
import app.belay.ui.Services
import app.belay.ui.kit.BelayIcons
import app.belay.ui.kit.Card
import app.belay.ui.kit.Heading
import app.belay.ui.kit.LinkRow
import app.belay.ui.kit.Quiet
import app.belay.ui.kit.StateLine

/** One thing from this day in an earlier year, quietly below everything of the present one. */
@Composable
fun OtherYear(services: Services, year: OnThisDayView) {
    val words = services.words
    Heading(words.todayYearsTitle)
    Card {
        Quiet(words.todayYearsAgo(year.yearsAgo.toInt()))
        for (win in year.wins) StateLine(BelayIcons.check, win)
        for (line in year.entries) {
            LinkRow(
                titleOf(services, line),
                { services.navigator.go(Route.JournalEntry(line.name)) },
                icon = BelayIcons.journal
            )
        }
    }
}

private fun titleOf(services: Services, line: EntryLineView): String =
    line.title ?: line.excerpt.ifEmpty { services.words.journalUntitled }
