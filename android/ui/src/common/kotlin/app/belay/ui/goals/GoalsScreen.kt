package app.belay.ui.goals

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import app.belay.core.GoalRowView
import app.belay.core.Measure
import app.belay.ui.Loadable
import app.belay.ui.ScrollingScreen
import app.belay.ui.Services
import app.belay.ui.Shell
import app.belay.ui.kit.BelayIcons
import app.belay.ui.kit.Card
import app.belay.ui.kit.CardTitle
import app.belay.ui.kit.EmptyState
import app.belay.ui.kit.Last14
import app.belay.ui.kit.LinkRow
import app.belay.ui.kit.Loaded
import app.belay.ui.kit.Mark
import app.belay.ui.kit.OutcomeMark
import app.belay.ui.kit.PrimaryButton
import app.belay.ui.kit.Quiet
import app.belay.ui.kit.Sentence
import app.belay.ui.kit.StateLine
import app.belay.ui.kit.mark
import app.belay.ui.theme.Space
import app.belay.ui.value

/** The goals, each with its last fourteen days as shapes and one kind sentence. */
@Composable
fun GoalsScreen(services: Services, model: GoalsModel) {
    val shell = services.shell
    val isEmpty = model.state.value?.goals?.isEmpty() == true
    ScrollingScreen(
        services,
        foot = if (model.state is Loadable.Ready) ({ PrimaryButton(shell.words.goalsBegin, model::begin) }) else null,
        sheet = if (model.care.sheet != null) ({ GoalCareSheets(shell, model.care) }) else null
    ) {
        Sentence(shell.words.goalsTitle)
        Loaded(shell.words, model.state, model::reload) { page ->
            if (isEmpty) {
                EmptyState(shell.words.goalsEmptyTitle, more = shell.words.goalsEmptyBody)
            } else {
                Column(verticalArrangement = Arrangement.spacedBy(Space.m)) {
                    for (row in page.goals) GoalCard(shell, row) { model.open(row) }
                }
            }
            Column {
                if (!isEmpty) {
                    LinkRow(shell.words.goalFormPausesEverything, model.care::openPauses, icon = BelayIcons.pause)
                }
                LinkRow(shell.words.goalFormAwayTitle, model::away, icon = BelayIcons.goals)
            }
        }
    }
}

@Composable
private fun GoalCard(shell: Shell, row: GoalRowView, onOpen: () -> Unit) {
    val (words, goal) = shell.words to row.goal
    val sentence = kindSentence(words, goal.last14)
    Card(onClick = onOpen) {
        CardTitle(goal.goal.title)
        val often = goal.goal.schedule?.let { scheduleWords(words, shell.locale, it) }
        val asked = listOfNotNull(measureWords(shell, goal.goal.measure), often).joinToString(" · ")
        if (asked.isNotEmpty()) Quiet(asked)
        if (goal.pausedToday) StateLine(BelayIcons.pause, words.goalFormPausedToday)
        val days = goal.daysSince
        val measure = goal.goal.measure
        when {
            days != null -> Quiet(words.goalFormDaysNow(days.now.toInt()))

            measure is Measure.Milestones -> for (step in measure.v1) {
                Row(
                    horizontalArrangement = Arrangement.spacedBy(Space.s),
                    verticalAlignment = Alignment.CenterVertically
                ) {
                    val mark = if (step.reachedOn != null) Mark.DONE else Mark.NOT_DONE
                    OutcomeMark(mark, words.mark(if (step.reachedOn != null) Mark.DONE else Mark.NOTHING))
                    Quiet(step.title)
                }
            }

            else -> {
                Last14(goal.last14.days.map { it.mark }, words.goalsLastDaysTitle)
                Quiet(sentence)
            }
        }
        row.backAfterDays?.let { Quiet(words.timesBackAfter(it.toInt())) }
    }
}
