package app.belay.ui.today

import androidx.compose.foundation.ExperimentalFoundationApi
import androidx.compose.foundation.combinedClickable
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.text.KeyboardOptions
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.Role
import androidx.compose.ui.text.input.KeyboardType
import androidx.compose.ui.unit.dp
import app.belay.core.GoalView
import app.belay.core.OutcomeStatus
import app.belay.ui.Services
import app.belay.ui.goals.unitOf
import app.belay.ui.kit.BelayIcons
import app.belay.ui.kit.Body
import app.belay.ui.kit.Card
import app.belay.ui.kit.CardTitle
import app.belay.ui.kit.CardTone
import app.belay.ui.kit.ChoiceButton
import app.belay.ui.kit.FieldRow
import app.belay.ui.kit.Heading
import app.belay.ui.kit.IconAction
import app.belay.ui.kit.Mark
import app.belay.ui.kit.OutcomeMark
import app.belay.ui.kit.PrimaryButton
import app.belay.ui.kit.Quiet
import app.belay.ui.kit.QuietButton
import app.belay.ui.kit.Sheet
import app.belay.ui.kit.mark
import app.belay.ui.kit.markOf
import app.belay.ui.theme.Space

private val ROW_HEIGHT = 56.dp
private val ROW_MARK = 26.dp

/** What needs no more words; leaving a day out may have a reason. */
private val OPEN_CHOICES = listOf(OutcomeStatus.DONE, OutcomeStatus.PARTLY, OutcomeStatus.NOT_DONE)

/** What is due, a row each: a tap says done, holding - or the dots - says everything else. */
@Composable
fun DueGoals(services: Services, model: TodayModel, goals: List<GoalView>) {
    Heading(services.words.todayGoalsTitle)
    Card { Column { for (goal in goals) GoalRow(services, model, goal) } }
}

@OptIn(ExperimentalFoundationApi::class)
@Composable
private fun GoalRow(services: Services, model: TodayModel, goal: GoalView) {
    val words = services.words
    val title = goal.goal.title
    val noted = goal.today
    val open: () -> Unit = { model.more(goal) }
    Row(verticalAlignment = Alignment.CenterVertically) {
        Row(
            Modifier
                .weight(1f)
                .combinedClickable(
                    role = Role.Button,
                    onClickLabel = if (noted == null) words.todayGoalMarkDone(title) else words.todayGoalMore(title),
                    onLongClickLabel = words.todayGoalMore(title),
                    onLongClick = open,
                    onClick = { model.tap(goal) }
                )
                .heightIn(min = ROW_HEIGHT)
                .padding(vertical = Space.s),
            horizontalArrangement = Arrangement.spacedBy(Space.m),
            verticalAlignment = Alignment.CenterVertically
        ) {
            // Open is a ring, as a box to tick is; the word below says what it means.
            OutcomeMark(noted?.let { markOf(it.status) } ?: Mark.NOT_DONE, name = null, size = ROW_MARK)
            Column {
                Body(title)
                Quiet(noted?.let { words.mark(markOf(it.status)) } ?: openWords(services, goal))
            }
        }
        IconAction(BelayIcons.more, words.todayGoalMore(title), open)
    }
}

/** Open, and where any of some days will do, how often it is still asked. */
private fun openWords(services: Services, goal: GoalView): String {
    val left = goal.timesLeft?.toInt()
    val until = goal.dueUntil
    if (left == null || until == null) return services.words.todayGoalOpen
    return services.words.goalFormTimesLeft(left, services.formats.nearDay(until))
}

/** Everything a day of a goal can be. */
@Composable
fun GoalSheet(services: Services, model: TodayModel, sheet: TodaySheet.Goal) {
    val goal = sheet.goal
    val words = services.words
    Sheet(words, words.todayGoalSheetTitle, onClose = { model.sheet = null }) {
        CardTitle(goal.goal.title)
        unitOf(goal.goal.measure)?.let { unit -> Amount(services, model, sheet, unit) }
        for (status in OPEN_CHOICES) Choice(services, model, goal, status)
        Card(tone = CardTone.WELL) {
            FieldRow(words.todayGoalSkipReason, sheet.words.reason, sheet.words::reason)
            Choice(services, model, goal, OutcomeStatus.SKIPPED, sheet.words.reason)
        }
        if (goal.today != null) QuietButton(words.todayGoalTakeBack, { model.takeBack(goal) })
    }
}

/** How much it was: that says what came of the day. */
@Composable
private fun Amount(services: Services, model: TodayModel, sheet: TodaySheet.Goal, unit: String) {
    val words = services.words
    FieldRow(
        words.goalFormLogAmount(unit),
        sheet.words.amount,
        sheet.words::amount,
        problem = model.doing.problem?.takeIf { it.field == "amount" }?.advice,
        singleLine = true,
        keyboard = KeyboardOptions(keyboardType = KeyboardType.Decimal)
    )
    PrimaryButton(
        words.goalsLogSave,
        { model.logAmount(sheet.goal, sheet.words.amount) },
        enabled = sheet.words.amount.isNotBlank()
    )
}

@Composable
private fun Choice(
    services: Services,
    model: TodayModel,
    goal: GoalView,
    status: OutcomeStatus,
    reason: String? = null
) {
    Row(verticalAlignment = Alignment.CenterVertically, horizontalArrangement = Arrangement.spacedBy(Space.m)) {
        OutcomeMark(markOf(status), name = null)
        ChoiceButton(
            services.words.mark(markOf(status)),
            { model.log(goal, status, reason?.ifBlank { null }) },
            Modifier.fillMaxWidth()
        )
    }
}
