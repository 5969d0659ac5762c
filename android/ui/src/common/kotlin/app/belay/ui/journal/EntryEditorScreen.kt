package app.belay.ui.journal

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.text.BasicTextField
import androidx.compose.foundation.text.KeyboardOptions
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import androidx.compose.ui.Modifier
import androidx.compose.ui.graphics.SolidColor
import androidx.compose.ui.semantics.LiveRegionMode
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.semantics.liveRegion
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.text.TextStyle
import androidx.compose.ui.text.input.KeyboardCapitalization
import androidx.compose.ui.unit.dp
import app.belay.ui.Loadable
import app.belay.ui.ScrollingScreen
import app.belay.ui.Services
import app.belay.ui.Shell
import app.belay.ui.attachments.AddAttachments
import app.belay.ui.attachments.AttachmentList
import app.belay.ui.attachments.PendingList
import app.belay.ui.attachments.attachmentSheet
import app.belay.ui.attachments.recordingSheet
import app.belay.ui.kit.ActionChip
import app.belay.ui.kit.BelayIcons
import app.belay.ui.kit.Body
import app.belay.ui.kit.Caption
import app.belay.ui.kit.Card
import app.belay.ui.kit.CardActions
import app.belay.ui.kit.CardTone
import app.belay.ui.kit.Chips
import app.belay.ui.kit.DaySheet
import app.belay.ui.kit.Loaded
import app.belay.ui.kit.PrimaryButton
import app.belay.ui.kit.ProblemNote
import app.belay.ui.kit.QuietButton
import app.belay.ui.mood
import app.belay.ui.theme.Belay
import app.belay.ui.theme.Size
import app.belay.ui.theme.Space

private val BODY_HEIGHT = 240.dp

/** The sheets of the quiet bar. */
private enum class EditorSheet { DAY, TAGS, MOOD, GOALS, OFFERS }

/** The editor: title, body, and a quiet bar with day, tags, mood and goals. */
@Composable
fun EntryEditorScreen(services: Services, model: EntryEditorModel) {
    val shell = services.shell
    var open by rememberSaveable { mutableStateOf<EditorSheet?>(null) }
    ScrollingScreen(
        services,
        title = if (model.name == null) shell.words.journalEntryNew else shell.words.journalEntry,
        foot = if (model.state is Loadable.Ready) {
            {
                QuietBar(shell, model) { open = it }
                PrimaryButton(shell.words.journalSave, model::save, enabled = model.canSave)
            }
        } else {
            null
        },
        sheet = open?.let { sheet -> { SheetOf(shell, model, sheet) { open = null } } }
            ?: recordingSheet(shell, model.pending)
            ?: model.attached?.let(::attachmentSheet)
    ) {
        Loaded(shell.words, model.state, model::reload) { Fields(shell, model) }
    }
}

@Composable
private fun Fields(shell: Shell, model: EntryEditorModel) {
    val words = shell.words
    val fields = model.fields
    Column(verticalArrangement = Arrangement.spacedBy(Space.m)) {
        model.problem?.let { ProblemNote(it) }
        if (model.found) Found(shell, model)
        if (model.hasBehind) Behind(shell, model)
        fields.prompt?.let { Question(shell, model, it) }
        PlainField(
            words.journalEntryTitle,
            fields.title,
            { model.change(fields.copy(title = it.replace('\n', ' '))) },
            Belay.type.title,
            Modifier.heightIn(min = Size.touch)
        )
        PlainField(
            words.journalEntryBody,
            fields.body,
            { model.change(fields.copy(body = it)) },
            Belay.type.journal,
            Modifier.heightIn(min = BODY_HEIGHT)
        )
        PendingList(shell, model.pending)
        model.attached?.let { AttachmentList(it) }
        Kept(shell, model)
    }
}

@Composable
private fun Found(shell: Shell, model: EntryEditorModel) {
    val words = shell.words
    Card(Modifier.semantics { liveRegion = LiveRegionMode.Polite }, tone = CardTone.WELL) {
        Body(if (model.name == null) words.journalDraftFoundNew else words.journalDraftFound)
        if (model.pending.all.isNotEmpty()) Body(words.attachmentsBack(model.pending.all.size))
        if (model.name == null) CardActions { QuietButton(words.journalDraftAnew, model::beginAnew) }
    }
}

/** The question that is written by, above the words. */
@Composable
private fun Question(shell: Shell, model: EntryEditorModel, ask: String) {
    Card(tone = CardTone.MINE) {
        Caption(shell.words.offersAnswering)
        Body(ask)
        if (model.name == null) CardActions { QuietButton(shell.words.offersWithout, model::writeFreely) }
    }
}

@Composable
private fun Behind(shell: Shell, model: EntryEditorModel) {
    val words = shell.words
    Card(Modifier.semantics { liveRegion = LiveRegionMode.Polite }, tone = CardTone.WELL) {
        Body(words.journalDraftBehind)
        CardActions {
            QuietButton(words.journalDraftAppend, model::append)
            QuietButton(words.commonNotNow, model::dismissBehind, color = Belay.colors.ink2)
        }
    }
}

@Composable
private fun Kept(shell: Shell, model: EntryEditorModel) {
    val words = shell.words
    when (model.kept) {
        DraftKeeper.Standing.KEPT -> Caption(words.journalDraftKept)

        DraftKeeper.Standing.NOT_KEPT -> Card(
            Modifier.semantics { liveRegion = LiveRegionMode.Polite },
            tone = CardTone.STOP
        ) { Text(words.journalDraftNotKept, style = Belay.type.label) }

        null -> Unit
    }
}

/** Words on the page itself: no box, only the hint while there is nothing. */
@Composable
private fun PlainField(label: String, text: String, onText: (String) -> Unit, style: TextStyle, modifier: Modifier) {
    BasicTextField(
        text,
        onText,
        modifier.fillMaxWidth().semantics { contentDescription = label },
        textStyle = style.copy(color = Belay.colors.ink),
        cursorBrush = SolidColor(Belay.colors.primary),
        keyboardOptions = KeyboardOptions(capitalization = KeyboardCapitalization.Sentences),
        decorationBox = { field ->
            Box {
                if (text.isEmpty()) Text(label, style = style, color = Belay.colors.ink2)
                field()
            }
        }
    )
}

@Composable
private fun QuietBar(shell: Shell, model: EntryEditorModel, onOpen: (EditorSheet) -> Unit) {
    val words = shell.words
    val fields = model.fields
    val today = shell.presentDay.value
    Chips {
        if (model.name == null) {
            ActionChip(words.offersOpen, { onOpen(EditorSheet.OFFERS) }, icon = BelayIcons.edit)
        }
        ActionChip(
            words.journalAboutDay(shell.formats.nearDay(fields.on ?: today)),
            { onOpen(EditorSheet.DAY) },
            icon = BelayIcons.calendar
        )
        ActionChip(
            fields.mood?.let { words.mood(it.toInt()) } ?: words.journalBarMood,
            { onOpen(EditorSheet.MOOD) }
        )
        ActionChip(counted(words.journalBarTag, fields.tags.size), { onOpen(EditorSheet.TAGS) })
        ActionChip(
            counted(words.journalBarGoal, fields.goals.size),
            { onOpen(EditorSheet.GOALS) },
            icon = BelayIcons.goals
        )
        AddAttachments(words, model.pending)
    }
}

private fun counted(word: String, count: Int): String = if (count == 0) word else "$word · $count"

@Composable
private fun SheetOf(shell: Shell, model: EntryEditorModel, sheet: EditorSheet, onClose: () -> Unit) {
    when (sheet) {
        EditorSheet.DAY -> DaySheet(
            shell,
            shell.words.journalChooseDay,
            model.day,
            onDay = {
                model.change(model.fields.copy(on = it))
                onClose()
            },
            onClose = onClose
        )

        EditorSheet.TAGS -> TagSheet(shell, model, onClose)

        EditorSheet.MOOD -> MoodSheet(shell, model, onClose)

        EditorSheet.GOALS -> GoalSheet(shell, model, onClose)

        EditorSheet.OFFERS -> OffersSheet(shell, model, onClose)
    }
}
