package app.belay.ui.checkin

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Row
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import app.belay.core.CheckInField
import app.belay.core.FormPartnerView
import app.belay.core.OutcomePreviewView
import app.belay.core.PreviewView
import app.belay.ui.Services
import app.belay.ui.checkInField
import app.belay.ui.kit.Body
import app.belay.ui.kit.Card
import app.belay.ui.kit.CardTone
import app.belay.ui.kit.Heading
import app.belay.ui.kit.OutcomeMark
import app.belay.ui.kit.PrimaryButton
import app.belay.ui.kit.Quiet
import app.belay.ui.kit.Sheet
import app.belay.ui.kit.SwitchRow
import app.belay.ui.kit.mark
import app.belay.ui.kit.markOf
import app.belay.ui.theme.Space
import app.belay.ui.today.SharedCheckInParts

/** This check-in exactly as one partner will see it, and a switch a field. */
@Composable
fun PreviewSheet(services: Services, model: CheckInModel, partner: FormPartnerView) {
    val words = services.words
    val close = { model.previewOf = null }
    val preview = model.previews.firstOrNull { it.space == partner.space }
    Sheet(words, words.checkInPreviewTitle(partner.name), close) {
        if (partner.wordsDiffer) Body(words.checkInPreviewWordsDiffer(partner.name))
        if (partner.paused) Body(words.checkInPreviewPaused(partner.name))
        Seen(services, partner, preview)
        Heading(words.checkInPreviewFields(partner.name))
        Switches(services, model, partner)
        Quiet(words.checkInPreviewGoalsNote(partner.name))
        PrimaryButton(words.checkInPreviewDone, close)
    }
}

@Composable
private fun Seen(services: Services, partner: FormPartnerView, preview: PreviewView?) {
    Card(tone = CardTone.WELL) {
        val shared = preview?.checkIn
        val outcomes = preview?.outcomes.orEmpty()
        if (shared != null) SharedCheckInParts(services, shared)
        for (outcome in outcomes) Outcome(services, outcome)
        if (shared == null && outcomes.isEmpty()) Body(services.words.checkInPreviewNothing(partner.name))
    }
}

@Composable
private fun Outcome(services: Services, view: OutcomePreviewView) {
    val mark = markOf(view.outcome.status)
    Row(horizontalArrangement = Arrangement.spacedBy(Space.s), verticalAlignment = Alignment.CenterVertically) {
        OutcomeMark(mark, name = null)
        Body("${view.goalTitle} · ${services.words.mark(mark)}")
    }
    for (line in listOfNotNull(view.outcome.note, view.outcome.reason)) Quiet(line)
}

@Composable
private fun Switches(services: Services, model: CheckInModel, partner: FormPartnerView) {
    val words = services.words
    val shown = model.fieldsOf(partner)
    val filled = model.answers?.let(::filledFields).orEmpty()
    for (field in CheckInField.entries) {
        SwitchRow(
            words.checkInField(field).replaceFirstChar(Char::titlecase),
            field in shown,
            { model.show(partner, field, it) },
            note = words.checkInPreviewEmptyField.takeIf { field !in filled }
        )
    }
}

/** The fields of the page that say something. */
private fun filledFields(answers: CheckInAnswers): Set<CheckInField> = buildSet {
    if (answers.mood != null) add(CheckInField.MOOD)
    if (answers.energy != null) add(CheckInField.ENERGY)
    if (answers.emotions.isNotEmpty()) add(CheckInField.EMOTIONS)
    if (answers.need != null) add(CheckInField.NEED)
    addAll(answers.texts.filterValues(String::isNotBlank).keys)
}
