package app.belay.ui.goals

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.clearAndSetSemantics
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.unit.dp
import app.belay.core.DayMark
import app.belay.core.DayView
import app.belay.core.DaysSince
import app.belay.core.Goal
import app.belay.core.GoalNumbersView
import app.belay.core.GoalPageView
import app.belay.core.GoalView
import app.belay.core.Measure
import app.belay.ui.Shell
import app.belay.ui.kit.BelayIcons
import app.belay.ui.kit.Body
import app.belay.ui.kit.Caption
import app.belay.ui.kit.Card
import app.belay.ui.kit.CardActions
import app.belay.ui.kit.CardTitle
import app.belay.ui.kit.CardTone
import app.belay.ui.kit.ChoiceButton
import app.belay.ui.kit.Heading
import app.belay.ui.kit.OutcomeMark
import app.belay.ui.kit.Quiet
import app.belay.ui.kit.QuietButton
import app.belay.ui.kit.SwitchRow
import app.belay.ui.kit.markOf
import app.belay.ui.theme.Space
import java.time.LocalDate

private const val WEEK = 7
private const val WEEKS = 12
private val SMALL_MARK = 16.dp
private const val THOUSANDTHS_OF_PERCENT = 10

/** What may come in the way, the plan for then, and what helps. */
@Composable
internal fun WhatIsPlanned(shell: Shell, goal: Goal) {
    val words = shell.words
    val plan = goal.ifThis?.let { ifThis -> goal.thenThat?.let { words.goalFormPlanIf(ifThis, it) } }
    val parts = listOf(
        words.goalFormObstacle to goal.obstacle,
        words.fieldsGoalPlan.replaceFirstChar(Char::titlecase) to (plan ?: goal.thenThat ?: goal.ifThis),
        words.goalFormStrengths to goal.strengths,
        words.goalFormResources to goal.resources
    ).filter { it.second != null }
    if (parts.isEmpty()) return
    Card(tone = CardTone.WELL) {
        for ((name, said) in parts) {
            Column {
                Caption(name)
                Body(said.orEmpty())
            }
        }
    }
}

/** The steps of a goal that is reached in steps, each with a switch. */
@Composable
internal fun StepsOf(shell: Shell, model: GoalModel, measure: Measure) {
    if (measure !is Measure.Milestones) return
    val words = shell.words
    Column {
        Heading(words.goalFormStepsTitle)
        for (step in measure.v1) {
            val reachedOn = step.reachedOn
            SwitchRow(
                step.title,
                reachedOn != null,
                { model.reach(step.title, it) },
                note = reachedOn?.let { words.goalFormStepReached(shell.formats.nearDay(it)) }
            )
        }
    }
}

/** Days since it last happened. What was before stays. */
@Composable
internal fun DaysSoFar(shell: Shell, model: GoalModel, days: DaysSince) {
    val words = shell.words
    Card(tone = CardTone.MINE) {
        CardTitle(words.goalFormDaysNow(days.now.toInt()))
        Quiet(words.goalFormDaysInAll(days.total.toInt()))
        if (days.longest > days.now) Quiet(words.goalFormDaysLongest(days.longest.toInt()))
    }
    ChoiceButton(words.goalFormDaysAgain, model::beginAgain, Modifier.fillMaxWidth())
}

/** What is counted of all its days, in sentences; nothing until something counted. */
@Composable
internal fun Numbers(shell: Shell, page: GoalPageView) {
    val said = sentences(shell, page.goal.goal.measure, page.numbers)
    val isMapped = page.goal.goal.schedule != null && page.days.size > WEEK * 2
    if (said.isEmpty() && !isMapped) return
    Column(verticalArrangement = Arrangement.spacedBy(Space.s)) {
        if (said.isNotEmpty()) {
            Heading(shell.words.goalFormNumbersTitle)
            Card(tone = CardTone.WELL) { for (sentence in said) Body(sentence) }
        }
        if (isMapped) {
            Heading(shell.words.goalFormMapTitle)
            WeeksMap(page.days, spoken = said.joinToString(" ").ifEmpty { shell.words.goalsJustBegun })
        }
    }
}

private fun sentences(shell: Shell, measure: Measure, numbers: GoalNumbersView): List<String> {
    val words = shell.words
    fun some(count: UInt, said: (Int) -> String) = count.toInt().takeIf { it > 0 }?.let(said)
    return listOfNotNull(
        some(numbers.doneDays, words::goalFormNumbersDone),
        some(numbers.partlyDays, words::goalFormNumbersPartly),
        unitOf(measure)?.takeIf { numbers.totalThousandths > 0 }
            ?.let { words.goalFormNumbersTotal(amountSaid(shell, numbers.totalThousandths), it) },
        some(numbers.returns, words::goalFormNumbersReturns),
        numbers.bestRecovery?.let { words.goalFormNumbersQuickest(it.toInt()) },
        numbers.score?.let { words.goalFormNumbersSteady((it.toInt() / THOUSANDTHS_OF_PERCENT).toString()) }
    )
}

/** Twelve weeks as small shapes, a column a week, the newest last. To a screen reader they are [spoken]. */
@Composable
private fun WeeksMap(days: List<DayView>, spoken: String) {
    val newest = LocalDate.parse(days.last().on)
    val marks = days.associate { it.on to it.mark }
    // The last column ends today: who counts weeks otherwise reads the calendar.
    val first = newest.minusDays(WEEK * WEEKS - 1L)
    Row(
        Modifier.clearAndSetSemantics { contentDescription = spoken },
        horizontalArrangement = Arrangement.spacedBy(Space.s)
    ) {
        for (week in 0 until WEEKS) {
            Column(verticalArrangement = Arrangement.spacedBy(Space.xs)) {
                for (day in 0 until WEEK) {
                    val on = first.plusDays(week * WEEK + day.toLong()).toString()
                    val mark = marks[on] ?: DayMark.NOT_DUE
                    OutcomeMark(markOf(mark), name = null, size = SMALL_MARK)
                }
            }
        }
    }
}

/** Its pauses, saying it anew, and its end: put away or let go. */
@Composable
internal fun GoalEnds(shell: Shell, model: GoalModel, goal: GoalView) {
    val words = shell.words
    val learned = goal.goal.learned
    if (learned != null) {
        Card(tone = CardTone.WELL) {
            Caption(words.goalFormLearnedTitle)
            Body(learned)
        }
    }
    if (goal.goal.archivedOn != null) {
        ChoiceButton(words.goalFormTakeUp, model::takeUp, Modifier.fillMaxWidth())
        return
    }
    Column {
        CardActions {
            QuietButton(words.goalFormTitleEdit, model::edit, icon = BelayIcons.edit)
            QuietButton(words.goalFormPausesOne, model.care::openPauses, icon = BelayIcons.pause)
        }
        Heading(words.goalFormEndTitle)
        CardActions {
            QuietButton(words.goalFormPutAway, { model.care.open(CareSheet.PUT_AWAY) })
            QuietButton(words.goalFormLetGo, { model.care.open(CareSheet.LET_GO) })
        }
    }
}
