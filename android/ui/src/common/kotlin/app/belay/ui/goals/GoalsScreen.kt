package app.belay.ui.goals

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.runtime.Composable
import app.belay.core.GoalRowView
import app.belay.ui.Loadable
import app.belay.ui.ScrollingScreen
import app.belay.ui.Services
import app.belay.ui.Shell
import app.belay.ui.kit.Card
import app.belay.ui.kit.CardTitle
import app.belay.ui.kit.EmptyState
import app.belay.ui.kit.Last14
import app.belay.ui.kit.Loaded
import app.belay.ui.kit.PrimaryButton
import app.belay.ui.kit.Quiet
import app.belay.ui.kit.Sentence
import app.belay.ui.theme.Space
import app.belay.ui.value

/** The goals, each with its last fourteen days as shapes and one kind sentence. */
@Composable
fun GoalsScreen(services: Services, model: GoalsModel) {
    val shell = services.shell
    val isEmpty = model.state.value?.goals?.isEmpty() == true
    ScrollingScreen(
        services,
        foot = if (model.state is Loadable.Ready) ({ PrimaryButton(shell.words.goalsBegin, model::begin) }) else null
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
        }
    }
}

@Composable
private fun GoalCard(shell: Shell, row: GoalRowView, onOpen: () -> Unit) {
    val (words, goal) = shell.words to row.goal
    val sentence = kindSentence(words, goal.last14)
    Card(onClick = onOpen) {
        CardTitle(goal.goal.title)
        Quiet(scheduleWords(words, shell.locale, goal.goal.schedule))
        Last14(goal.last14.days.map { it.mark }, words.goalsLastDaysTitle)
        Quiet(sentence)
        row.backAfterDays?.let { Quiet(words.timesBackAfter(it.toInt())) }
    }
}
