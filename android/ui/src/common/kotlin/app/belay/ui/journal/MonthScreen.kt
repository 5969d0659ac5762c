package app.belay.ui.journal

import androidx.compose.foundation.background
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.ColumnScope
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.size
import androidx.compose.foundation.lazy.rememberLazyListState
import androidx.compose.foundation.rememberScrollState
import androidx.compose.foundation.shape.CircleShape
import androidx.compose.foundation.verticalScroll
import androidx.compose.material3.HorizontalDivider
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.draw.clip
import androidx.compose.ui.semantics.clearAndSetSemantics
import androidx.compose.ui.unit.dp
import app.belay.core.MonthDayView
import app.belay.ui.Services
import app.belay.ui.Shell
import app.belay.ui.TopBar
import app.belay.ui.kit.BelayIcons
import app.belay.ui.kit.Caption
import app.belay.ui.kit.CardActions
import app.belay.ui.kit.Heading
import app.belay.ui.kit.LazyPage
import app.belay.ui.kit.Loaded
import app.belay.ui.kit.MonthGrid
import app.belay.ui.kit.MonthGridDays
import app.belay.ui.kit.MonthHead
import app.belay.ui.kit.MoodShape
import app.belay.ui.kit.Page
import app.belay.ui.kit.ProblemNote
import app.belay.ui.kit.Quiet
import app.belay.ui.kit.QuietButton
import app.belay.ui.kit.part
import app.belay.ui.mood
import app.belay.ui.theme.Belay
import app.belay.ui.theme.Space
import app.belay.ui.value

private val DAY_MOOD = 14.dp
private val WRITTEN_WIDTH = 14.dp
private val WRITTEN_HEIGHT = 3.dp

/** One month: the calendar with what was written and felt, below it the entries of the month or of a day. */
@Composable
fun MonthScreen(services: Services, model: MonthModel) {
    val shell = services.shell
    Column(Modifier.fillMaxSize()) {
        TopBar(services, shell.words.journalTitle)
        val page = model.state.value
        if (page == null) {
            Column(Modifier.verticalScroll(rememberScrollState())) {
                Page { Loaded(shell.words, model.state, model::reload) {} }
            }
        } else {
            Month(shell, model, page)
        }
    }
}

@Composable
private fun Month(shell: Shell, model: MonthModel, page: MonthPage) {
    val state = rememberLazyListState()
    Turning(state, page.hasNewer, page.hasOlder, model::newer, model::older)
    LazyPage(state) {
        part("head") {
            MonthHead(shell, model.month, model.hasNext) { step -> if (step < 0) model.previous() else model.next() }
        }
        part("grid") { Grid(shell, model, page) }
        model.problem?.let { problem -> part("problem") { ProblemNote(problem) } }
        part("chosen") { Chosen(shell, model, page) }
        for (line in model.shown(page)) {
            part("entry:${line.name}") {
                EntryRow(shell, line, { model.open(line) })
                HorizontalDivider(color = Belay.colors.hairline)
            }
        }
    }
}

@Composable
private fun Grid(shell: Shell, model: MonthModel, page: MonthPage) {
    val byDay = page.month.days.associateBy { it.on }
    val days = object : MonthGridDays {
        override val today = model.today
        override val chosen = model.chosen

        override fun spoken(day: String) = spokenDay(shell, day, byDay[day], isToday = day == model.today)

        override fun choose(day: String) = model.choose(day)
    }
    MonthGrid(model.month, shell.locale, days) { day -> byDay[day]?.let { DayMarks(it) } }
    Row(
        Modifier.padding(top = Space.s).clearAndSetSemantics { },
        horizontalArrangement = Arrangement.spacedBy(Space.s),
        verticalAlignment = Alignment.CenterVertically
    ) {
        Written()
        Caption(shell.words.journalLegendWritten)
    }
}

@Composable
private fun ColumnScope.DayMarks(day: MonthDayView) {
    // All of it is in what is spoken of the day.
    Column(
        Modifier.clearAndSetSemantics { },
        horizontalAlignment = Alignment.CenterHorizontally,
        verticalArrangement = Arrangement.spacedBy(Space.xs)
    ) {
        day.moods.lastOrNull()?.let { MoodShape(it.toInt(), size = DAY_MOOD) }
        if (day.entries > 0u) Written()
    }
}

@Composable
private fun Written() =
    Box(Modifier.size(WRITTEN_WIDTH, WRITTEN_HEIGHT).clip(CircleShape).background(Belay.colors.primary))

@Composable
private fun Chosen(shell: Shell, model: MonthModel, page: MonthPage) {
    val words = shell.words
    val day = model.chosen
    Column(Modifier.padding(top = Space.l), verticalArrangement = Arrangement.spacedBy(Space.xs)) {
        if (day == null) {
            if (page.lines.isEmpty()) Quiet(words.journalMonthEmpty)
        } else {
            Heading(shell.formats.day(day))
            if (model.shown(page).isEmpty()) Quiet(sentence(words.journalNothingWritten))
            CardActions {
                QuietButton(
                    words.journalWriteAbout(shell.formats.day(day)),
                    { model.writeAbout(day) },
                    icon = BelayIcons.edit
                )
            }
        }
    }
}

/** "Tuesday, 3 March: 2 entries, 1 check-in, Good". */
private fun spokenDay(shell: Shell, day: String, view: MonthDayView?, isToday: Boolean): String {
    val words = shell.words
    val facts = buildList {
        if (isToday) add(words.journalTodayMark)
        if (view == null || view.entries + view.checkIns == 0u) add(words.journalNothingWritten)
        if (view != null) {
            if (view.entries > 0u) add(words.journalEntries(view.entries.toInt()))
            if (view.checkIns > 0u) add(words.journalCheckIns(view.checkIns.toInt()))
            view.moods.lastOrNull()?.let { add(words.mood(it.toInt())) }
        }
    }
    return "${shell.formats.day(day)}: ${facts.joinToString(", ")}"
}

private fun sentence(words: String): String = words.replaceFirstChar(Char::uppercase) + "."
