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
import app.belay.core.Need
import app.belay.core.Readable
import app.belay.ui.ScrollingScreen
import app.belay.ui.Services
import app.belay.ui.emotion
import app.belay.ui.kit.BelayIcons
import app.belay.ui.kit.Chip
import app.belay.ui.kit.Chips
import app.belay.ui.kit.FieldRow
import app.belay.ui.kit.Heading
import app.belay.ui.kit.Loaded
import app.belay.ui.kit.MoodPicker
import app.belay.ui.kit.PrimaryButton
import app.belay.ui.kit.ProblemNote
import app.belay.ui.kit.Quiet
import app.belay.ui.kit.QuietButton
import app.belay.ui.kit.Sentence
import app.belay.ui.need
import app.belay.ui.readers.WhoCanRead
import app.belay.ui.theme.Space

private const val FEELINGS_SHOWN = 12
private val LINES = listOf(CheckInField.WIN, CheckInField.STRUGGLE, CheckInField.PLAN)

/** One page, no steps: only how it is has to be said. */
@Composable
fun CheckInScreen(services: Services, model: CheckInModel) {
    val words = services.words
    val form = model.form.loaded
    val answers = model.answers
    val open = form?.partners?.firstOrNull { it.space == model.previewOf }
    ScrollingScreen(
        services,
        title = if (model.isEdit) words.checkInTitleEdit else words.checkInTitle,
        foot = if (form == null || answers == null) null else ({ Foot(services, model, form, answers) }),
        sheet = open?.let { { PreviewSheet(services, model, it) } }
    ) {
        Loaded(words, model.form.state, model.form::reload) { shown ->
            if (answers != null) CheckInPage(services, model, shown, answers)
        }
    }
}

@Composable
private fun CheckInPage(services: Services, model: CheckInModel, form: CheckInFormView, answers: CheckInAnswers) {
    val words = services.words
    Column(verticalArrangement = Arrangement.spacedBy(Space.l)) {
        Sentence(form.ask(answers, CheckInField.MOOD) ?: words.todayHowIsIt)
        DayNotes(services, form)
        MoodPicker(words, answers.mood, model::chooseMood)
        form.ask(answers, CheckInField.EMOTIONS)?.let { Feelings(services, model, form, answers, it) }
        if (form.goals.isNotEmpty()) FormGoals(services, model, form.goals, answers)
        for (field in LINES) Line(model, form, answers, field)
        form.ask(answers, CheckInField.NEED)?.let { Needs(services, model, answers, it) }
        MoreAnswers(services, model, form, answers)
        form.about?.let { WhoCanRead(services, Readable.CheckIn(it.name)) }
    }
}

/** Which day it is about, where that is not the present one. */
@Composable
private fun DayNotes(services: Services, form: CheckInFormView) {
    val words = services.words
    if (form.on == form.today) return
    Column {
        Heading(words.checkInAboutDay(services.formats.nearDay(form.on, form.today)))
        if (form.late) Quiet(words.checkInLateNote)
    }
}

@Composable
private fun Feelings(
    services: Services,
    model: CheckInModel,
    form: CheckInFormView,
    answers: CheckInAnswers,
    ask: String
) {
    val words = services.words
    var all by rememberSaveable { mutableStateOf(false) }
    val shown = if (all) form.emotions else form.emotions.take(FEELINGS_SHOWN)
    val hidden = answers.emotions.filter { it !in shown }
    Column {
        Heading(ask)
        Chips {
            for (emotion in shown + hidden) {
                Chip(words.emotion(emotion), emotion in answers.emotions, { model.toggle(emotion) })
            }
        }
        QuietButton(
            if (all) words.checkInFeelingsLess else words.checkInFeelingsMore,
            { all = !all },
            icon = if (all) BelayIcons.up else BelayIcons.down
        )
    }
}

/** One of the three lines: where the template asks for it, or where something stands in it. */
@Composable
private fun Line(model: CheckInModel, form: CheckInFormView, answers: CheckInAnswers, field: CheckInField) {
    val question = form.question(answers, field)
    if (question == null && answers.text(field).isEmpty()) return
    val label = question ?: form.anyQuestion(field) ?: return
    val problem = model.doing.problem?.takeIf { it.field == field.name.lowercase() }
    FieldRow(label.ask, answers.text(field), { model.write(field, it) }, hint = label.hint, problem = problem?.title)
}

@Composable
private fun Needs(services: Services, model: CheckInModel, answers: CheckInAnswers, ask: String) {
    Column {
        Heading(ask)
        Chips {
            for (need in Need.entries) {
                Chip(services.words.need(need), answers.need == need, { model.chooseNeed(need) }, single = true)
            }
        }
    }
}

@Composable
private fun Foot(services: Services, model: CheckInModel, form: CheckInFormView, answers: CheckInAnswers) {
    val words = services.words
    Column(verticalArrangement = Arrangement.spacedBy(Space.s)) {
        model.doing.problem?.let { ProblemNote(it) }
        if (model.draft.problem != null) Quiet(words.checkInDraftNotKept)
        ShareStrip(services, model, form)
        if (answers.mood == null) Quiet(words.checkInMoodFirst)
        PrimaryButton(words.checkInSave, model::save, enabled = answers.mood != null && !model.doing.busy)
    }
}
