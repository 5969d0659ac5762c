package app.belay.ui.checkin

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.runtime.Composable
import app.belay.core.GoalView
import app.belay.core.OutcomeStatus
import app.belay.ui.Services
import app.belay.ui.kit.Body
import app.belay.ui.kit.Card
import app.belay.ui.kit.Chip
import app.belay.ui.kit.Chips
import app.belay.ui.kit.Heading
import app.belay.ui.kit.mark
import app.belay.ui.kit.markOf
import app.belay.ui.theme.Space

private val CHOICES = listOf(OutcomeStatus.DONE, OutcomeStatus.PARTLY, OutcomeStatus.SKIPPED)

/** What is due on the day of the page: one tap each, and nothing has to be said. */
@Composable
fun FormGoals(services: Services, model: CheckInModel, goals: List<GoalView>, answers: CheckInAnswers) {
    Column(verticalArrangement = Arrangement.spacedBy(Space.s)) {
        Heading(services.words.checkInGoals)
        Card {
            for (goal in goals) {
                Column {
                    Body(goal.goal.title)
                    val chosen = answers.outcomes[goal.name]?.status ?: goal.today?.status
                    Chips {
                        for (status in CHOICES) {
                            Chip(
                                services.words.mark(markOf(status)),
                                chosen == status,
                                { model.chooseOutcome(goal.name, status) },
                                single = true
                            )
                        }
                    }
                }
            }
        }
    }
}
