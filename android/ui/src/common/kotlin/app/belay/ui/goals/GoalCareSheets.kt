package app.belay.ui.goals

import androidx.compose.foundation.layout.ColumnScope
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import androidx.compose.ui.Modifier
import app.belay.core.Pause
import app.belay.core.PauseReason
import app.belay.ui.Shell
import app.belay.ui.kit.ActionChip
import app.belay.ui.kit.BelayIcons
import app.belay.ui.kit.Body
import app.belay.ui.kit.Card
import app.belay.ui.kit.CardActions
import app.belay.ui.kit.CardTone
import app.belay.ui.kit.Chip
import app.belay.ui.kit.Chips
import app.belay.ui.kit.ChoiceButton
import app.belay.ui.kit.DaySheet
import app.belay.ui.kit.FieldRow
import app.belay.ui.kit.Heading
import app.belay.ui.kit.Loaded
import app.belay.ui.kit.PrimaryButton
import app.belay.ui.kit.ProblemNote
import app.belay.ui.kit.Quiet
import app.belay.ui.kit.QuietButton
import app.belay.ui.kit.Sheet

/** Whichever sheet of a pause or an end is open. */
@Composable
internal fun GoalCareSheets(shell: Shell, care: GoalCare) {
    when (care.sheet) {
        CareSheet.PAUSES -> PausesSheet(shell, care)
        CareSheet.PUT_AWAY -> PutAwaySheet(shell, care)
        CareSheet.LET_GO -> LetGoSheet(shell, care)
        null -> Unit
    }
}

@Composable
private fun PausesSheet(shell: Shell, care: GoalCare) {
    val words = shell.words
    var choosesFirst by rememberSaveable { mutableStateOf<Boolean?>(null) }
    val end = choosesFirst
    if (end != null) {
        val form = care.form
        DaySheet(
            shell,
            if (end) words.goalFormPauseFrom else words.goalFormPauseToChoose,
            if (end) form.first else form.last,
            onDay = {
                care.form = if (end) form.copy(first = it) else form.copy(last = it)
                choosesFirst = null
            },
            onClose = { choosesFirst = null },
            ahead = true
        )
        return
    }
    Sheet(words, if (care.isOne) words.goalFormPausesOne else words.goalFormPausesEverything, care::close) {
        Body(words.goalFormPausesLead)
        care.act.problem?.let { ProblemNote(it) }
        Loaded(words, care.pauses, care::load) { there ->
            Heading(words.goalFormPausesTitle)
            if (there.isEmpty()) Quiet(words.goalFormPausesNone)
            for (pause in there) PauseCard(shell, care, pause)
        }
        NewPause(shell, care) { choosesFirst = it }
    }
}

@Composable
private fun PauseCard(shell: Shell, care: GoalCare, pause: Pause) {
    val words = shell.words
    val first = shell.formats.shortDay(pause.first)
    val today = shell.presentDay.value
    val last = pause.last
    Card(tone = CardTone.WELL) {
        Body(
            last?.let { words.goalFormPauseDays(first, shell.formats.shortDay(it)) }
                ?: words.goalFormPauseDaysOpen(first)
        )
        pause.reason?.let { Quiet(pauseReasonWords(words, it)) }
        CardActions {
            if (pause.first <= today && (last == null || last >= today)) {
                QuietButton(words.goalFormPauseEnd, care::resume, enabled = !care.act.busy)
            }
            QuietButton(words.goalFormPauseTakeBack, { care.takeBack(pause) }, enabled = !care.act.busy)
        }
    }
}

@Composable
private fun ColumnScope.NewPause(shell: Shell, care: GoalCare, onChoose: (Boolean) -> Unit) {
    val (words, form) = shell.words to care.form
    val first = shell.formats.nearDay(form.first ?: shell.presentDay.value)
    Chips {
        ActionChip("${words.goalFormPauseFrom} $first", { onChoose(true) }, icon = BelayIcons.calendar)
        ActionChip(
            form.last?.let { "${words.goalFormPauseTo} ${shell.formats.shortDay(it)}" } ?: words.goalFormPauseToChoose,
            { onChoose(false) },
            icon = BelayIcons.calendar
        )
        Chip(words.goalFormPauseOpen, form.last == null, { care.form = form.copy(last = null) }, single = true)
    }
    Heading(words.goalFormPauseReason)
    Chips {
        for (reason in PauseReason.entries) {
            val isChosen = reason == form.reason
            Chip(pauseReasonWords(words, reason), isChosen, {
                care.form = form.copy(reason = reason.takeUnless { isChosen })
            })
        }
    }
    PrimaryButton(words.goalFormPauseBegin, care::begin, enabled = !care.act.busy)
}

@Composable
private fun PutAwaySheet(shell: Shell, care: GoalCare) {
    val words = shell.words
    Sheet(words, words.goalFormPutAway, care::close) {
        Body(words.goalFormPutAwayLead)
        care.act.problem?.let { ProblemNote(it) }
        PrimaryButton(words.goalFormPutAway, care::putAway, enabled = !care.act.busy)
        ChoiceButton(words.commonNotNow, care::close, Modifier.fillMaxWidth())
    }
}

@Composable
private fun LetGoSheet(shell: Shell, care: GoalCare) {
    val words = shell.words
    Sheet(words, words.goalFormLetGo, care::close) {
        Body(words.goalFormLetGoLead)
        FieldRow(words.goalFormLetGoLearned, care.learned, care::learned, minLines = 2, keyboard = SENTENCES)
        care.act.problem?.let { ProblemNote(it) }
        PrimaryButton(words.goalFormLetGo, care::letGo, enabled = !care.act.busy)
        ChoiceButton(words.commonNotNow, care::close, Modifier.fillMaxWidth())
    }
}
