package app.belay.ui.people

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.runtime.Composable
import app.belay.core.CheckInField
import app.belay.core.GoalField
import app.belay.core.TheySeeView
import app.belay.ui.ScrollingScreen
import app.belay.ui.kit.Heading
import app.belay.ui.kit.LinkRow
import app.belay.ui.kit.Loaded
import app.belay.ui.kit.ProblemNote
import app.belay.ui.kit.Quiet
import app.belay.ui.kit.Sentence
import app.belay.ui.kit.SwitchRow
import app.belay.ui.list
import app.belay.ui.theme.Space
import app.belay.words.Words

/** What one partner can see: one list, one switch each. */
@Composable
fun SeeScreen(model: SeeModel) {
    val words = model.services.words
    ScrollingScreen(model.services) {
        Loaded(words, model.seen.state, model.seen::reload) { seen ->
            Column(verticalArrangement = Arrangement.spacedBy(Space.l)) {
                Sentence(words.peopleSeeTitle(model.name))
                Quiet(words.peopleSeeIntro)
                model.act.problem?.let { ProblemNote(it) }
                Column {
                    for (field in CheckInField.entries) {
                        SwitchRow(words.field(field), field in seen.usualFields, { model.set(field, it) })
                    }
                }
                Goals(model, seen)
                Quiet(words.peopleSeeLimits)
            }
        }
    }
}

@Composable
private fun Goals(model: SeeModel, seen: TheySeeView) {
    val words = model.services.words
    Column {
        Heading(words.peopleSeeGoalsTitle)
        if (seen.goals.isEmpty()) Quiet(words.peopleSeeNoGoals)
        for (goal in seen.goals) {
            val note = if (goal.fields.isEmpty()) {
                words.peopleSeeGoalNotShared
            } else {
                words.peopleSeeGoalShared(words.list(goal.fields.map(words::goalField)))
            }
            LinkRow(goal.title, { model.open(goal) }, note = note)
        }
    }
}

private fun Words.field(field: CheckInField): String = when (field) {
    CheckInField.MOOD -> peopleSeeMood
    CheckInField.EMOTIONS -> peopleSeeEmotions
    CheckInField.ENERGY -> peopleSeeEnergy
    CheckInField.WIN -> peopleSeeWin
    CheckInField.STRUGGLE -> peopleSeeStruggle
    CheckInField.PLAN -> peopleSeePlan
    CheckInField.NEED -> peopleSeeNeed
    CheckInField.NOTE -> peopleSeeNote
}

private fun Words.goalField(field: GoalField): String =
    checkNotNull(fieldsText("goal_${field.name}")) { "every field has its word" }
