package app.belay.ui.journal

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.ColumnScope
import androidx.compose.runtime.Composable
import app.belay.ui.Shell
import app.belay.ui.kit.ActionChip
import app.belay.ui.kit.BelayIcons
import app.belay.ui.kit.Card
import app.belay.ui.kit.CardActions
import app.belay.ui.kit.CardTone
import app.belay.ui.kit.Chip
import app.belay.ui.kit.Chips
import app.belay.ui.kit.DaySheet
import app.belay.ui.kit.Heading
import app.belay.ui.kit.QuietButton
import app.belay.ui.mood
import app.belay.ui.theme.Space

private val MOODS = 1..5

/** Which end of a stretch of days is being chosen. */
enum class DayEnd { FROM, UNTIL }

/** The choices: folded they are chips of what is chosen, each taken away by a tap; unfolded all there is to choose. */
@Composable
internal fun SearchNarrow(shell: Shell, model: SearchModel, onDay: (DayEnd) -> Unit) {
    val words = shell.words
    Column(verticalArrangement = Arrangement.spacedBy(Space.xs)) {
        Chips {
            val count = model.asked.choices
            ActionChip(
                when {
                    model.narrows -> words.searchNarrowClose
                    count > 0 -> words.searchNarrowed(count)
                    else -> words.searchNarrow
                },
                model::narrow,
                icon = if (model.narrows) BelayIcons.up else BelayIcons.settings
            )
            if (!model.asked.isEmpty) ActionChip(words.searchClear, model::clear, icon = BelayIcons.close)
            if (!model.narrows) {
                for ((said, takeAway) in chosen(shell, model)) Chip(said, chosen = true, takeAway)
            }
        }
        if (model.narrows) Card(tone = CardTone.WELL) { Choices(shell, model, onDay) }
    }
}

/** What is chosen, in words, with the way to take it away. */
private fun chosen(shell: Shell, model: SearchModel): List<Pair<String, () -> Unit>> {
    val asked = model.asked
    return buildList {
        asked.moods.sorted().forEach { add(shell.words.mood(it) to { model.toggleMood(it) }) }
        asked.tags.forEach { add(it to { model.toggleTag(it) }) }
        asked.goals.forEach { add(it to { model.toggleGoal(it) }) }
        asked.from?.let { add(fromWords(shell, it) to { model.from(null) }) }
        asked.until?.let { add(untilWords(shell, it) to { model.until(null) }) }
    }
}

private fun fromWords(shell: Shell, day: String) = "${shell.words.searchFrom} ${shell.formats.shortDay(day)}"

private fun untilWords(shell: Shell, day: String) = "${shell.words.searchUntil} ${shell.formats.shortDay(day)}"

@Composable
private fun ColumnScope.Choices(shell: Shell, model: SearchModel, onDay: (DayEnd) -> Unit) {
    val (words, asked) = shell.words to model.asked
    Heading(words.searchMoods)
    Chips { for (step in MOODS) Chip(words.mood(step), step in asked.moods, { model.toggleMood(step) }) }
    val tags = (asked.tags + model.offered.tags).distinct()
    if (tags.isNotEmpty()) {
        Heading(words.searchTags)
        Chips { for (tag in tags) Chip(tag, tag in asked.tags, { model.toggleTag(tag) }) }
    }
    val goals = (asked.goals + model.offered.goals.map { it.title }).distinct()
    if (goals.isNotEmpty()) {
        Heading(words.searchGoals)
        Chips { for (goal in goals) Chip(goal, goal in asked.goals, { model.toggleGoal(goal) }) }
    }
    Heading(words.searchDays)
    Chips {
        ActionChip(
            asked.from?.let { fromWords(shell, it) } ?: words.searchFromChoose,
            { onDay(DayEnd.FROM) },
            icon = BelayIcons.calendar
        )
        ActionChip(
            asked.until?.let { untilWords(shell, it) } ?: words.searchUntilChoose,
            { onDay(DayEnd.UNTIL) },
            icon = BelayIcons.calendar
        )
    }
    if (asked.from != null || asked.until != null) {
        CardActions {
            QuietButton(words.searchAnyDay, { model.change(asked.copy(from = null, until = null)) })
        }
    }
}

/** Chooses one end of the days. */
@Composable
internal fun SearchDaySheet(shell: Shell, model: SearchModel, end: DayEnd, onClose: () -> Unit) {
    val words = shell.words
    val isFrom = end == DayEnd.FROM
    DaySheet(
        shell,
        if (isFrom) words.searchFromChoose else words.searchUntilChoose,
        if (isFrom) model.asked.from else model.asked.until,
        onDay = {
            if (isFrom) model.from(it) else model.until(it)
            onClose()
        },
        onClose = onClose
    )
}
