package app.belay.ui.kit

import androidx.compose.foundation.background
import androidx.compose.foundation.border
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.ColumnScope
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.Spacer
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.selection.selectable
import androidx.compose.foundation.shape.RoundedCornerShape
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.draw.clip
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.semantics.Role
import androidx.compose.ui.semantics.clearAndSetSemantics
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.text.font.FontWeight
import androidx.compose.ui.text.style.TextAlign
import app.belay.ui.theme.Belay
import app.belay.ui.theme.Corner
import app.belay.ui.theme.Size
import app.belay.ui.theme.Space
import java.time.DayOfWeek
import java.time.LocalDate
import java.time.YearMonth
import java.time.format.TextStyle
import java.time.temporal.WeekFields
import java.util.Locale

private const val WEEK = 7

/** What the grid asks about a day. */
interface MonthGridDays {
    /** The present day, "2026-11-22". */
    val today: String

    /** The last day that can be chosen; null where there is none. */
    val last: String? get() = today

    /** The day that is chosen. */
    val chosen: String?

    /** What a screen reader says of a day. */
    fun spoken(day: String): String

    /** Chooses a day. */
    fun choose(day: String)
}

/** A month as weeks, beginning on the day the person's country begins its week; [mark] draws below the number. */
@Composable
fun MonthGrid(
    month: String,
    locale: Locale,
    days: MonthGridDays,
    modifier: Modifier = Modifier,
    mark: @Composable ColumnScope.(String) -> Unit = {}
) {
    val first = YearMonth.parse(month).atDay(1)
    val weekBegins = WeekFields.of(locale).firstDayOfWeek
    val blank = Math.floorMod(first.dayOfWeek.value - weekBegins.value, WEEK)
    val cells = List<LocalDate?>(blank) { null } + List(first.lengthOfMonth()) { first.plusDays(it.toLong()) }
    Column(modifier.fillMaxWidth()) {
        WeekdayNames(weekBegins, locale)
        for (week in cells.chunked(WEEK)) {
            Row(Modifier.fillMaxWidth()) {
                for (day in week) {
                    if (day == null) {
                        Spacer(Modifier.weight(1f))
                    } else {
                        Day(day, days, Modifier.weight(1f), mark)
                    }
                }
                repeat(WEEK - week.size) { Spacer(Modifier.weight(1f)) }
            }
        }
    }
}

@Composable
private fun WeekdayNames(weekBegins: DayOfWeek, locale: Locale) {
    // Each day says its own weekday; the row of letters is for the eye.
    Row(Modifier.fillMaxWidth().clearAndSetSemantics { }) {
        for (step in 0L until WEEK) {
            Text(
                weekBegins.plus(step).getDisplayName(TextStyle.NARROW_STANDALONE, locale),
                Modifier.weight(1f).padding(vertical = Space.xs),
                style = Belay.type.caption,
                color = Belay.colors.ink2,
                textAlign = TextAlign.Center
            )
        }
    }
}

@Composable
private fun Day(
    date: LocalDate,
    days: MonthGridDays,
    modifier: Modifier,
    mark: @Composable ColumnScope.(String) -> Unit
) {
    val day = date.toString()
    val chosen = day == days.chosen
    val ahead = days.last?.let { day > it } == true
    val shape = RoundedCornerShape(Corner.card)
    Column(
        modifier
            .heightIn(min = Size.touch)
            .clip(shape)
            .background(if (chosen) Belay.colors.primarySoft else Color.Transparent)
            .border(Size.outline, if (day == days.today) Belay.colors.line else Color.Transparent, shape)
            .selectable(chosen, enabled = !ahead, role = Role.Button) { days.choose(day) }
            .semantics { contentDescription = days.spoken(day) }
            .padding(vertical = Space.xs),
        horizontalAlignment = Alignment.CenterHorizontally,
        verticalArrangement = Arrangement.spacedBy(Space.xs)
    ) {
        Text(
            date.dayOfMonth.toString(),
            // The whole date is said instead.
            Modifier.clearAndSetSemantics { },
            style = Belay.type.label,
            fontWeight = if (day == days.today || chosen) FontWeight.SemiBold else FontWeight.Normal,
            color = when {
                chosen -> Belay.colors.onPrimarySoft
                ahead -> Belay.colors.ink2
                else -> Belay.colors.ink
            }
        )
        mark(day)
    }
}
