package app.belay.ui.goals

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.text.KeyboardOptions
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import androidx.compose.ui.text.input.KeyboardCapitalization
import app.belay.core.GoalField
import app.belay.core.PartnerView
import app.belay.ui.ScrollingScreen
import app.belay.ui.Services
import app.belay.ui.Shell
import app.belay.ui.kit.BelayIcons
import app.belay.ui.kit.CardActions
import app.belay.ui.kit.DaySheet
import app.belay.ui.kit.FieldRow
import app.belay.ui.kit.Heading
import app.belay.ui.kit.Loaded
import app.belay.ui.kit.PrimaryButton
import app.belay.ui.kit.ProblemNote
import app.belay.ui.kit.Quiet
import app.belay.ui.kit.QuietButton
import app.belay.ui.kit.SwitchRow
import app.belay.ui.theme.Space
import app.belay.words.Words

/** Which day of the form is being chosen. */
internal enum class FormDay { SINCE, DATE, BY, FIRST, LAST }

/** What is typed into the fields of a goal begins with a capital letter. */
internal val SENTENCES = KeyboardOptions(capitalization = KeyboardCapitalization.Sentences)

/** Begins a goal or says it anew: what, what counts, how often in words, why. The rest is folded. */
@Composable
fun GoalEditorScreen(services: Services, model: GoalEditorModel) {
    val shell = services.shell
    val words = shell.words
    var day by rememberSaveable { mutableStateOf<FormDay?>(null) }
    val isNew = model.name == null
    ScrollingScreen(
        services,
        title = if (isNew) words.goalsBegin else words.goalFormTitleEdit,
        foot = {
            val save = if (isNew) words.goalsEditSave else words.goalFormSave
            PrimaryButton(save, model::save, enabled = model.canSave)
        },
        sheet = day?.let { { FormDaySheet(shell, model, it) { day = null } } }
    ) {
        Loaded(words, model.state, model::reload) {
            Column(verticalArrangement = Arrangement.spacedBy(Space.l)) { Fields(shell, model) { day = it } }
        }
    }
}

@Composable
private fun Fields(shell: Shell, model: GoalEditorModel, onDay: (FormDay) -> Unit) {
    val words = shell.words
    model.problem?.let { ProblemNote(it) }
    FieldRow(words.goalsEditWhat, model.title, model::title, hint = words.goalsEditWhatHint, keyboard = SENTENCES)
    WhatCounts(shell, model, onDay)
    if (model.form.counting.isScheduled) HowOften(shell, model, onDay)
    FieldRow(words.goalsEditWhy, model.why, model::why, hint = words.goalsEditWhyHint, keyboard = SENTENCES)
    WhatHelps(shell, model, onDay)
    if (model.name == null) WhoSees(shell, model)
}

@Composable
private fun FormDaySheet(shell: Shell, model: GoalEditorModel, day: FormDay, onClose: () -> Unit) {
    val (words, form) = shell.words to model.form
    val (title, chosen) = when (day) {
        FormDay.SINCE -> words.goalFormSince to form.since
        FormDay.DATE -> words.goalFormDate to null
        FormDay.BY -> words.goalFormOnceBy to form.by
        FormDay.FIRST -> words.goalFormFirstDay to form.startsOn
        FormDay.LAST -> words.goalFormLastDay to form.endsOn
    }
    DaySheet(
        shell,
        title,
        chosen,
        onDay = {
            when (day) {
                FormDay.SINCE -> model.change(form.copy(since = it))
                FormDay.DATE -> if (it !in form.dates) model.toggleDate(it)
                FormDay.BY -> model.change(form.copy(by = it))
                FormDay.FIRST -> model.change(form.copy(startsOn = it))
                FormDay.LAST -> model.change(form.copy(endsOn = it))
            }
            onClose()
        },
        onClose = onClose,
        ahead = day != FormDay.SINCE
    )
}

@Composable
private fun WhoSees(shell: Shell, model: GoalEditorModel) {
    val words = shell.words
    var unfolded by rememberSaveable { mutableStateOf(false) }
    Column(verticalArrangement = Arrangement.spacedBy(Space.xs)) {
        CardActions {
            QuietButton(
                words.goalsEditMore,
                { unfolded = !unfolded },
                icon = if (unfolded) BelayIcons.up else BelayIcons.down
            )
        }
        if (!unfolded) Quiet(words.goalsEditPrivate)
        if (unfolded) {
            Loaded(words, model.partners, model::reload) { all ->
                if (all.isEmpty()) Quiet(words.goalsWhoNobodyYet)
                Column { for (partner in all) Seen(words, model, partner) }
            }
        }
    }
}

@Composable
private fun Seen(words: Words, model: GoalEditorModel, partner: PartnerView) {
    val chosen = model.audience[partner.space]?.fields.orEmpty()
    Heading(words.goalsWhoChoose(partner.name))
    for (field in GoalField.entries) {
        SwitchRow(fieldWords(words, field), field in chosen, { model.toggle(partner, field) })
    }
}
