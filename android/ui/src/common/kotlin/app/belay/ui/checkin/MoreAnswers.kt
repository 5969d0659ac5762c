package app.belay.ui.checkin

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import app.belay.core.CheckInField
import app.belay.core.CheckInFormView
import app.belay.ui.Services
import app.belay.ui.energy
import app.belay.ui.kit.BelayIcons
import app.belay.ui.kit.Chip
import app.belay.ui.kit.Chips
import app.belay.ui.kit.FieldRow
import app.belay.ui.kit.Heading
import app.belay.ui.kit.MOODS
import app.belay.ui.kit.QuietButton
import app.belay.ui.template
import app.belay.ui.theme.Space

/** What most days do not need: energy, anything else, other questions, starting again. Folded until asked for. */
@Composable
fun MoreAnswers(services: Services, model: CheckInModel, form: CheckInFormView, answers: CheckInAnswers) {
    val words = services.words
    val filled = answers.energy != null || answers.text(CheckInField.NOTE).isNotEmpty()
    var open by rememberSaveable { mutableStateOf(filled) }
    Column(verticalArrangement = Arrangement.spacedBy(Space.m)) {
        if (!open) QuietButton(words.checkInNoteAdd, { open = true }, icon = BelayIcons.down)
        if (open) {
            Energy(services, model, answers)
            val note = form.question(answers, CheckInField.NOTE)
            FieldRow(
                note?.ask ?: words.checkInNoteAdd,
                answers.text(CheckInField.NOTE),
                { model.write(CheckInField.NOTE, it) },
                hint = note?.hint
            )
            if (!model.isEdit) Templates(services, model, form, answers)
        }
        if (model.isEdit) {
            QuietButton(words.checkInTakeBack, model::takeBack, stop = true, icon = BelayIcons.delete)
        } else if (answers != CheckInAnswers(answers.template)) {
            QuietButton(words.checkInDraftDrop, model::startAgain)
        }
    }
}

@Composable
private fun Energy(services: Services, model: CheckInModel, answers: CheckInAnswers) {
    val words = services.words
    Column {
        Heading(words.checkInEnergy)
        Chips {
            for (step in MOODS) {
                val chosen = answers.energy == step
                Chip(words.energy(step), chosen, { model.chooseEnergy(step.takeUnless { chosen }) }, single = true)
            }
        }
    }
}

@Composable
private fun Templates(services: Services, model: CheckInModel, form: CheckInFormView, answers: CheckInAnswers) {
    Column {
        Heading(services.words.checkInTemplates)
        Chips {
            for (template in form.templates.map { it.template }) {
                val chosen = answers.template == template
                Chip(services.words.template(template), chosen, { model.chooseTemplate(template) }, single = true)
            }
        }
    }
}
