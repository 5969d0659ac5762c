package app.belay.ui.people

import androidx.compose.foundation.layout.ColumnScope
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import app.belay.core.ResponseKind
import app.belay.core.Waited
import app.belay.ui.kit.ActionChip
import app.belay.ui.kit.Body
import app.belay.ui.kit.Chip
import app.belay.ui.kit.Chips
import app.belay.ui.kit.ChoiceButton
import app.belay.ui.kit.FieldRow
import app.belay.ui.kit.Heading
import app.belay.ui.kit.PrimaryButton
import app.belay.ui.kit.ProblemNote
import app.belay.ui.kit.Quiet
import app.belay.ui.kit.Sheet
import app.belay.ui.responseKind
import app.belay.words.Words

/** The sheets over a partner's page: an answer, or a question that takes a second tap. */
@Composable
fun PartnerSheets(model: PartnerModel) {
    val answer = model.answer
    val question = model.question
    when {
        answer != null -> AnswerSheet(model.services.words, answer)
        question is PartnerQuestion.Resume -> ResumeSheet(model, question)
        question != null -> EndSheet(model, question)
    }
}

/** An answer to something they shared. */
@Composable
fun AnswerSheet(words: Words, answer: AnswerModel) {
    Sheet(words, words.peopleRespondTitle(answer.to.name), answer::close) {
        Chips {
            for (kind in ResponseKind.entries) {
                Chip(words.responseKind(kind), kind == answer.kind, { answer.choose(kind) }, single = true)
            }
        }
        FieldRow(words.peopleRespondTextLabel, answer.text, answer::write, minLines = 2)
        if (answer.starters.isNotEmpty()) {
            Heading(words.peopleRespondStarters)
            Chips { for (starter in answer.starters) ActionChip(starter, { answer.begin(starter) }) }
        }
        answer.act.problem?.let { ProblemNote(it) }
        PrimaryButton(words.peopleRespondSend, answer::send, enabled = !answer.act.busy)
    }
}

@Composable
private fun ResumeSheet(model: PartnerModel, question: PartnerQuestion.Resume) {
    val words = model.services.words
    Sheet(words, words.peopleResumeTitle(model.name), model::dismiss) {
        Body(words.peopleResumeWaited(question.waited))
        Quiet(words.peopleResumeKnown(model.name))
        Problem(model)
        ChoiceButton(words.peopleResumeShare, { model.resume(Waited.SHARE) }, Modifier.fillMaxWidth(), !model.act.busy)
        ChoiceButton(words.peopleResumeKeep, { model.resume(Waited.KEEP) }, Modifier.fillMaxWidth(), !model.act.busy)
    }
}

/** What a question says and does. */
private class Asked(val title: String, val body: String, val yes: String, val onYes: () -> Unit)

@Composable
private fun EndSheet(model: PartnerModel, question: PartnerQuestion) {
    val words = model.services.words
    val asked = asked(model, question)
    Sheet(words, asked.title, model::dismiss) {
        Body(asked.body)
        Problem(model)
        PrimaryButton(asked.yes, asked.onYes, enabled = !model.act.busy, stop = true)
        ChoiceButton(words.peopleStay, model::dismiss, Modifier.fillMaxWidth())
    }
}

private fun asked(model: PartnerModel, question: PartnerQuestion): Asked = with(model.services.words) {
    when (question) {
        PartnerQuestion.Leave ->
            Asked(peopleLeaveTitle(model.name), peopleLeaveBody(model.name), peopleLeaveYes, model::leave)

        PartnerQuestion.Block ->
            Asked(peopleBlockTitle(model.name), peopleBlockBody(model.name), peopleBlockYes, model::block)

        else -> Asked(
            peopleRemoveTheirsTitle(model.name),
            peopleRemoveTheirsBody(model.name),
            peopleRemoveTheirsYes,
            model::removeTheirs
        )
    }
}

@Composable
private fun ColumnScope.Problem(model: PartnerModel) {
    model.act.problem?.let { ProblemNote(it) }
}
