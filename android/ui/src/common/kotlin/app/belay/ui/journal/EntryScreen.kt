package app.belay.ui.journal

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.ColumnScope
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.text.BasicTextField
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.setValue
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.LiveRegionMode
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.semantics.liveRegion
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.text.TextRange
import androidx.compose.ui.text.input.TextFieldValue
import app.belay.core.EntryView
import app.belay.core.PassageView
import app.belay.core.Readable
import app.belay.ui.ScrollingScreen
import app.belay.ui.Services
import app.belay.ui.Shell
import app.belay.ui.attachments.AttachmentList
import app.belay.ui.attachments.GivenNames
import app.belay.ui.attachments.attachmentSheet
import app.belay.ui.deliveryWords
import app.belay.ui.kit.BelayIcons
import app.belay.ui.kit.Body
import app.belay.ui.kit.Caption
import app.belay.ui.kit.Card
import app.belay.ui.kit.CardActions
import app.belay.ui.kit.CardTitle
import app.belay.ui.kit.CardTone
import app.belay.ui.kit.ChoiceButton
import app.belay.ui.kit.Confirm
import app.belay.ui.kit.Heading
import app.belay.ui.kit.LinkRow
import app.belay.ui.kit.Loaded
import app.belay.ui.kit.MoodShape
import app.belay.ui.kit.PrimaryButton
import app.belay.ui.kit.ProblemNote
import app.belay.ui.kit.Quiet
import app.belay.ui.kit.QuietButton
import app.belay.ui.kit.Sentence
import app.belay.ui.mood
import app.belay.ui.readers.WhoCanRead
import app.belay.ui.responseKind
import app.belay.ui.theme.Belay
import app.belay.ui.theme.Size
import app.belay.ui.theme.Space
import app.belay.ui.value

/** One entry to read. Selected words can be given as a copy. */
@Composable
fun EntryScreen(services: Services, model: EntryModel) {
    val shell = services.shell
    val page = model.state.value
    var selection by remember { mutableStateOf(TextRange.Zero) }
    val present = page?.takeIf { it.view.deletedAtMs == null }
    ScrollingScreen(
        services,
        title = page?.let { shell.formats.day(it.view.entry.on) } ?: shell.words.journalEntry,
        foot = present?.let { { Foot(shell, model, selection) } },
        sheet = model.retracting?.let { { Retract(shell, model, it) } } ?: attachmentSheet(model.attached)
    ) {
        Loaded(shell.words, model.state, model::reload) { shown ->
            Column(verticalArrangement = Arrangement.spacedBy(Space.l)) {
                Entry(services, model, shown) { selection = kept(selection, it) }
            }
        }
    }
}

@Composable
private fun ColumnScope.Entry(services: Services, model: EntryModel, page: EntryPage, onSelect: (TextRange) -> Unit) {
    val shell = services.shell
    val view = page.view
    model.problem?.let { ProblemNote(it) }
    model.said?.let { Body(it, Modifier.semantics { liveRegion = LiveRegionMode.Polite }) }
    if (view.deletedAtMs != null) Deleted(shell, model)
    view.entry.title?.let { Sentence(it) }
    Facts(shell, page)
    view.entry.prompt?.let { ask ->
        Card(tone = CardTone.WELL) {
            Caption(shell.words.offersAnswered)
            Body(ask)
        }
    }
    WordsOf(shell, view, onSelect)
    if (view.deletedAtMs == null) AttachmentList(model.attached)
    if (view.passages.isNotEmpty()) {
        Heading(shell.words.journalPassagesTitle)
        for (passage in view.passages) Passage(services, model, passage)
    }
    if (view.deletedAtMs == null) {
        WhoCanRead(services, Readable.Entry(model.name))
        LinkRow(shell.words.historyOpen, model::history, icon = BelayIcons.clock)
        CardActions { QuietButton(shell.words.journalDelete, model::delete, icon = BelayIcons.delete, stop = true) }
    }
}

@Composable
private fun Deleted(shell: Shell, model: EntryModel) {
    val words = shell.words
    Card(Modifier.semantics { liveRegion = LiveRegionMode.Polite }, tone = CardTone.WELL) {
        CardTitle(words.journalDeletedLine)
        Body(words.journalStillDeleted)
        CardActions { QuietButton(words.commonUndo, model::bringBack) }
        LinkRow(words.journalDeletedTitle, model::deletedOnes, icon = BelayIcons.delete)
    }
}

@Composable
private fun Facts(shell: Shell, page: EntryPage) {
    val words = shell.words
    val entry = page.view.entry
    val edited = entry.editedAtMs
    Column(verticalArrangement = Arrangement.spacedBy(Space.xs)) {
        entry.mood?.toInt()?.let { mood ->
            Row(
                horizontalArrangement = Arrangement.spacedBy(Space.s),
                verticalAlignment = Alignment.CenterVertically
            ) {
                MoodShape(mood)
                Body(words.mood(mood))
            }
        }
        if (page.view.late) Quiet(words.journalLateOn(shell.formats.day(entry.writtenOn)))
        if (edited != null) Quiet(words.journalEditedAt(shell.formats.ago(edited)))
        if (entry.tags.isNotEmpty()) Quiet(words.journalTagsSpoken(entry.tags.joinToString(", ")))
        if (page.goals.isNotEmpty()) Quiet("${words.journalBarGoal}: ${page.goals.joinToString(", ")}")
    }
}

@Composable
private fun WordsOf(shell: Shell, view: EntryView, onSelect: (TextRange) -> Unit) {
    val text = view.entry.text
    if (text.isEmpty()) return
    var field by remember(text) { mutableStateOf(TextFieldValue(text)) }
    BasicTextField(
        field,
        onValueChange = {
            field = it
            onSelect(it.selection)
        },
        modifier = Modifier.fillMaxWidth().heightIn(min = Size.touch).semantics {
            contentDescription = shell.words.journalEntry
        },
        readOnly = true,
        textStyle = Belay.type.journal.copy(color = Belay.colors.ink)
    )
}

/**
 * What stays selected. A field that loses the focus to a button drops its selection and puts its cursor at the end of
 * it: the person still means those words.
 */
internal fun kept(before: TextRange, now: TextRange): TextRange =
    if (now.collapsed && now.max == before.max) before else now

@Composable
private fun ColumnScope.Foot(shell: Shell, model: EntryModel, selection: TextRange) {
    val words = shell.words
    if (!selection.collapsed) Caption(words.journalShareHint)
    PrimaryButton(words.commonEdit, model::edit)
    ChoiceButton(words.journalBarShare, { model.share(selection.min, selection.max) }, Modifier.fillMaxWidth())
}

@Composable
private fun Passage(services: Services, model: EntryModel, passage: PassageView) {
    val shell = services.shell
    val words = shell.words
    val day = shell.formats.nearDay(shell.formats.dayOf(passage.passage.shared.atMs))
    Card(tone = CardTone.ROPE) {
        CardTitle(words.journalPassageTo(passage.partner, day))
        Body(passage.passage.text)
        GivenNames(shell, words.attachmentsGivenOwnTitle, passage.attachments)
        passage.delivery?.let { Caption(deliveryWords(words, it, passage.partner)) }
        for (response in passage.responses) {
            Caption("${response.from}: ${response.response.text ?: words.responseKind(response.response.kind)}")
        }
        CardActions {
            QuietButton(words.journalPassageRetract, { model.askToRetract(passage) }, color = Belay.colors.onRopeSoft)
        }
        WhoCanRead(services, Readable.Shared(passage.space, passage.name))
    }
}

@Composable
private fun Retract(shell: Shell, model: EntryModel, passage: PassageView) {
    val words = shell.words
    Confirm(
        words,
        question = words.journalPassageRetractQuestion(passage.partner),
        body = listOf(words.journalPassageRetractBody(passage.partner)),
        yes = words.journalPassageRetract,
        no = words.journalPassageKeep,
        onYes = model::retract,
        onNo = { model.askToRetract(null) }
    )
}
