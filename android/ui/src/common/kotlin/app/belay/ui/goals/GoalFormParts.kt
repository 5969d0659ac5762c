package app.belay.ui.goals

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.ColumnScope
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.text.KeyboardOptions
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.LiveRegionMode
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.semantics.liveRegion
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.text.input.KeyboardType
import app.belay.core.LifeArea
import app.belay.core.Weekday
import app.belay.ui.Shell
import app.belay.ui.kit.ActionChip
import app.belay.ui.kit.BelayIcons
import app.belay.ui.kit.Body
import app.belay.ui.kit.Caption
import app.belay.ui.kit.CardActions
import app.belay.ui.kit.Chip
import app.belay.ui.kit.Chips
import app.belay.ui.kit.FieldRow
import app.belay.ui.kit.Heading
import app.belay.ui.kit.IconAction
import app.belay.ui.kit.Quiet
import app.belay.ui.kit.QuietButton
import app.belay.ui.kit.RemoveChip
import app.belay.ui.theme.Space
import app.belay.words.Words

private val PER_WEEK = 1..7
private val PER_MONTH = 1..28
private val EVERY = 2..366

/** What counts: done or not, an amount, steps, days. */
@Composable
internal fun WhatCounts(shell: Shell, model: GoalEditorModel, onDay: (FormDay) -> Unit) {
    val (words, form) = shell.words to model.form
    Column(verticalArrangement = Arrangement.spacedBy(Space.s)) {
        Heading(words.goalFormCounts)
        Chips {
            for (counting in Counting.entries) {
                Chip(
                    countingWords(words, counting),
                    counting == form.counting,
                    { model.change(form.copy(counting = counting)) },
                    single = true
                )
            }
        }
        when {
            form.counting.isAmount -> AmountFields(words, model)

            form.counting == Counting.STEPS -> Steps(words, model)

            form.counting == Counting.DAYS -> ActionChip(
                "${words.goalFormSince} ${shell.formats.shortDay(form.since ?: shell.presentDay.value)}",
                { onDay(FormDay.SINCE) },
                icon = BelayIcons.calendar
            )
        }
    }
}

@Composable
private fun AmountFields(words: Words, model: GoalEditorModel) {
    val form = model.form
    FieldRow(
        words.goalFormAmount,
        form.amount,
        { model.change(form.copy(amount = it)) },
        problem = model.problem?.takeIf { it.field == "amount" }?.advice,
        singleLine = true,
        keyboard = KeyboardOptions(keyboardType = KeyboardType.Decimal)
    )
    FieldRow(
        words.goalFormUnit,
        form.unit,
        { model.change(form.copy(unit = it)) },
        hint = words.goalFormUnitHint,
        problem = model.problem?.takeIf { it.field == "unit" }?.advice,
        singleLine = true
    )
}

@Composable
private fun ColumnScope.Steps(words: Words, model: GoalEditorModel) {
    val form = model.form
    if (form.steps.isNotEmpty()) {
        Chips {
            for (step in form.steps) {
                RemoveChip(step, words.goalFormStepRemove(step)) { model.removeStep(step) }
            }
        }
    }
    FieldRow(
        words.goalFormStepNew,
        form.halfStep,
        { model.change(form.copy(halfStep = it.replace('\n', ' '))) },
        keyboard = SENTENCES
    )
    CardActions {
        QuietButton(
            words.goalFormStepAdd,
            model::addStep,
            icon = BelayIcons.add,
            enabled = form.halfStep.isNotBlank()
        )
    }
}

/** How often, in words. */
@Composable
internal fun HowOften(shell: Shell, model: GoalEditorModel, onDay: (FormDay) -> Unit) {
    val (words, form) = shell.words to model.form
    Column(verticalArrangement = Arrangement.spacedBy(Space.s)) {
        Heading(words.goalsEditWhen)
        Chips {
            for (rhythm in Rhythm.entries) {
                Chip(rhythmWords(words, rhythm), rhythm == form.rhythm, { model.choose(rhythm) }, single = true)
            }
        }
        when (form.rhythm) {
            Rhythm.CHOSEN -> ChosenDays(shell, model)

            Rhythm.WEEK -> Stepper(words, words.goalsScheduleWeek(form.perWeek), form.perWeek, PER_WEEK) {
                model.change(form.copy(perWeek = it))
            }

            Rhythm.MONTH -> Stepper(words, words.goalsScheduleMonth(form.perMonth), form.perMonth, PER_MONTH) {
                model.change(form.copy(perMonth = it))
            }

            Rhythm.EVERY -> Stepper(words, words.goalsScheduleEvery(form.every), form.every, EVERY) {
                model.change(form.copy(every = it))
            }

            Rhythm.DATES -> Dates(shell, model) { onDay(FormDay.DATE) }

            Rhythm.ONCE -> ActionChip(
                form.by?.let(shell.formats::shortDay) ?: words.goalFormOnceBy,
                { onDay(FormDay.BY) },
                icon = BelayIcons.calendar
            )

            else -> Unit
        }
        model.problem?.takeIf { it.field == "schedule" }?.let { Caption(it.advice) }
    }
}

@Composable
private fun ChosenDays(shell: Shell, model: GoalEditorModel) {
    Chips {
        for (day in Weekday.entries) {
            val name = weekdayLong(day, shell.locale)
            Chip(
                weekdayShort(day, shell.locale),
                day in model.form.days,
                { model.toggle(day) },
                Modifier.semantics { contentDescription = name }
            )
        }
    }
    if (model.form.days.isEmpty()) {
        Caption(shell.words.goalsEditDayNeeded)
    } else {
        Quiet(scheduleWords(shell.words, shell.locale, model.form.schedule))
    }
}

/** A number between two buttons, said as the whole sentence it stands in. */
@Composable
private fun Stepper(words: Words, said: String, number: Int, range: IntRange, onNumber: (Int) -> Unit) {
    Row(horizontalArrangement = Arrangement.spacedBy(Space.s), verticalAlignment = Alignment.CenterVertically) {
        IconAction(BelayIcons.remove, words.goalFormFewer, { onNumber((number - 1).coerceIn(range)) })
        Body(said, Modifier.weight(1f, fill = false).semantics { liveRegion = LiveRegionMode.Polite })
        IconAction(BelayIcons.add, words.goalFormOftener, { onNumber((number + 1).coerceIn(range)) })
    }
}

@Composable
private fun Dates(shell: Shell, model: GoalEditorModel, onAdd: () -> Unit) {
    val words = shell.words
    Chips {
        for (date in model.form.dates) {
            val day = shell.formats.shortDay(date)
            RemoveChip(day, words.goalFormDateRemove(day)) { model.toggleDate(date) }
        }
        ActionChip(words.goalFormDate, onAdd, icon = BelayIcons.add)
    }
}

/** What helps, and when it begins and ends: folded until somebody wants it. */
@Composable
internal fun WhatHelps(shell: Shell, model: GoalEditorModel, onDay: (FormDay) -> Unit) {
    val (words, form) = shell.words to model.form
    var unfolded by rememberSaveable { mutableStateOf(false) }
    Column(verticalArrangement = Arrangement.spacedBy(Space.m)) {
        CardActions {
            QuietButton(
                if (unfolded) words.goalFormMoreClose else words.goalFormMore,
                { unfolded = !unfolded },
                icon = if (unfolded) BelayIcons.up else BelayIcons.down
            )
        }
        if (!unfolded) return@Column
        Help(words.goalFormObstacle, form.obstacle) { model.change(form.copy(obstacle = it)) }
        Help(words.goalFormIfThis, form.ifThis) { model.change(form.copy(ifThis = it)) }
        Help(words.goalFormThenThat, form.thenThat) { model.change(form.copy(thenThat = it)) }
        Help(words.goalFormStrengths, form.strengths) { model.change(form.copy(strengths = it)) }
        Help(words.goalFormResources, form.resources) { model.change(form.copy(resources = it)) }
        Areas(words, model)
        FirstAndLast(shell, model, onDay)
    }
}

@Composable
private fun Help(label: String, text: String, onText: (String) -> Unit) =
    FieldRow(label, text, onText, keyboard = SENTENCES)

@Composable
private fun ColumnScope.Areas(words: Words, model: GoalEditorModel) {
    val form = model.form
    Heading(words.goalFormArea)
    Chips {
        for (area in LifeArea.entries) {
            val isChosen = area == form.area
            Chip(areaWords(words, area), isChosen, { model.change(form.copy(area = area.takeUnless { isChosen })) })
        }
    }
}

@Composable
private fun ColumnScope.FirstAndLast(shell: Shell, model: GoalEditorModel, onDay: (FormDay) -> Unit) {
    val (words, form) = shell.words to model.form
    val first = form.startsOn ?: shell.presentDay.value
    Chips {
        ActionChip(
            "${words.goalFormFirstDay}: ${shell.formats.shortDay(first)}",
            { onDay(FormDay.FIRST) },
            icon = BelayIcons.calendar
        )
        ActionChip(
            form.endsOn?.let { "${words.goalFormLastDay}: ${shell.formats.shortDay(it)}" }
                ?: words.goalFormLastDayChoose,
            { onDay(FormDay.LAST) },
            icon = BelayIcons.calendar
        )
        if (form.endsOn != null) ActionChip(words.goalFormLastDayNone, { model.change(form.copy(endsOn = null)) })
    }
    model.problem?.takeIf { it.field == "ends_on" }?.let { Caption(it.advice) }
}
