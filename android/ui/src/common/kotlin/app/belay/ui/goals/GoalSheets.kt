package app.belay.ui.goals

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.text.KeyboardOptions
import androidx.compose.runtime.Composable
import androidx.compose.ui.text.input.KeyboardType
import app.belay.core.GoalField
import app.belay.core.OutcomePreviewView
import app.belay.core.OutcomeStatus
import app.belay.core.PreviewView
import app.belay.core.Readable
import app.belay.ui.Services
import app.belay.ui.Shell
import app.belay.ui.kit.Caption
import app.belay.ui.kit.Card
import app.belay.ui.kit.CardActions
import app.belay.ui.kit.CardTone
import app.belay.ui.kit.Chip
import app.belay.ui.kit.Chips
import app.belay.ui.kit.FieldRow
import app.belay.ui.kit.Heading
import app.belay.ui.kit.Loaded
import app.belay.ui.kit.PrimaryButton
import app.belay.ui.kit.ProblemNote
import app.belay.ui.kit.Quiet
import app.belay.ui.kit.QuietButton
import app.belay.ui.kit.Sheet
import app.belay.ui.kit.SwitchRow
import app.belay.ui.kit.mark
import app.belay.ui.kit.markOf
import app.belay.ui.readers.WhoCanRead
import app.belay.ui.theme.Space
import app.belay.words.Words

/** Whichever sheet of a goal is open. */
@Composable
internal fun GoalSheets(services: Services, model: GoalModel) {
    val shell = services.shell
    model.log?.let { LogSheet(services, model, it) }
    model.choice?.let { ChoiceSheet(shell, model, it) }
    GoalCareSheets(shell, model.care)
}

@Composable
private fun LogSheet(services: Services, model: GoalModel, log: DayLog) {
    val shell = services.shell
    val words = shell.words
    Sheet(words, words.goalsLogTitle(shell.formats.day(log.day)), model::closeLog) {
        log.problem?.let { ProblemNote(it) }
        log.unit?.let { unit ->
            FieldRow(
                words.goalFormLogAmount(unit),
                log.amount,
                log::amount,
                singleLine = true,
                keyboard = KeyboardOptions(keyboardType = KeyboardType.Decimal)
            )
        }
        Chips {
            for (status in OutcomeStatus.entries) {
                Chip(words.mark(markOf(status)), status == log.status, { log.choose(status) }, single = true)
            }
        }
        if (log.status == OutcomeStatus.SKIPPED) FieldRow(words.goalsLogReason, log.reason, log::reason)
        FieldRow(words.goalsLogNote, log.note, log::note)
        if (log.isLate) Caption(words.goalsLogLate)
        log.preview?.let { preview ->
            Loaded(words, preview, onRetry = { log.note(log.note) }) { WhoSees(words, it) }
        }
        PrimaryButton(words.goalsLogSave, model::saveLog, enabled = log.canSave)
        if (log.isNoted) {
            CardActions { QuietButton(words.goalsLogTakeBack, model::takeBackLog, enabled = !log.saving) }
            WhoCanRead(services, Readable.Outcome(model.name, log.day))
        }
    }
}

@Composable
private fun WhoSees(words: Words, previews: List<PreviewView>) {
    val seen = previews.filter { it.outcomes.isNotEmpty() }
    Column(verticalArrangement = Arrangement.spacedBy(Space.s)) {
        Heading(words.goalsLogSeenTitle)
        if (seen.isEmpty()) Quiet(words.goalsLogSeenNobody)
        for (preview in seen) {
            Card(tone = CardTone.ROPE) {
                for (outcome in preview.outcomes) Quiet(words.goalsLogSeenAs(preview.partner, seenAs(words, outcome)))
            }
        }
    }
}

private fun seenAs(words: Words, preview: OutcomePreviewView): String = listOfNotNull(
    preview.goalTitle,
    words.mark(markOf(preview.outcome.status)),
    preview.outcome.reason,
    preview.outcome.note
).joinToString(" · ")

@Composable
private fun ChoiceSheet(shell: Shell, model: GoalModel, choice: AudienceChoice) {
    val words = shell.words
    Sheet(words, words.goalsWhoChoose(choice.partner), model::closeChoice) {
        Quiet(words.goalsWhoChooseLead)
        model.problem?.let { ProblemNote(it) }
        for (field in GoalField.entries) {
            SwitchRow(fieldWords(words, field), field in choice.fields, { model.toggle(field) })
        }
        val save = if (choice.fields.isEmpty()) {
            words.goalsWhoSaveNothing(choice.partner)
        } else {
            words.goalsWhoSave(choice.partner)
        }
        PrimaryButton(save, model::saveChoice)
    }
}
