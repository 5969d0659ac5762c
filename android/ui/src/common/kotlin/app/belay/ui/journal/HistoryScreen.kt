package app.belay.ui.journal

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.ColumnScope
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.material3.Slider
import androidx.compose.material3.SliderDefaults
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.draw.rotate
import androidx.compose.ui.semantics.LiveRegionMode
import androidx.compose.ui.semantics.clearAndSetSemantics
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.semantics.isTraversalGroup
import androidx.compose.ui.semantics.liveRegion
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.semantics.text
import androidx.compose.ui.text.AnnotatedString
import androidx.compose.ui.text.SpanStyle
import androidx.compose.ui.text.buildAnnotatedString
import androidx.compose.ui.text.font.FontWeight
import androidx.compose.ui.text.style.TextAlign
import androidx.compose.ui.text.style.TextDecoration
import androidx.compose.ui.text.withStyle
import app.belay.core.EntryHistoryView
import app.belay.core.EntryPart
import app.belay.core.EntryStateLineView
import app.belay.core.EntryStateView
import app.belay.core.PieceFate
import app.belay.core.TextDifference
import app.belay.ui.Formats
import app.belay.ui.ScrollingScreen
import app.belay.ui.Services
import app.belay.ui.Shell
import app.belay.ui.kit.BelayIcons
import app.belay.ui.kit.Body
import app.belay.ui.kit.Caption
import app.belay.ui.kit.Card
import app.belay.ui.kit.CardActions
import app.belay.ui.kit.CardTone
import app.belay.ui.kit.ChoiceButton
import app.belay.ui.kit.IconAction
import app.belay.ui.kit.Loaded
import app.belay.ui.kit.PrimaryButton
import app.belay.ui.kit.ProblemNote
import app.belay.ui.kit.Quiet
import app.belay.ui.kit.QuietButton
import app.belay.ui.kit.Sentence
import app.belay.ui.kit.Sheet
import app.belay.ui.kit.StateLine
import app.belay.ui.list
import app.belay.ui.theme.Belay
import app.belay.ui.theme.Space
import app.belay.ui.value
import app.belay.words.Words

private const val HALF_TURN = 180f

/** What an entry said before: a slider over its states, what each changed, and the way back. */
@Composable
fun HistoryScreen(services: Services, model: HistoryModel) {
    val shell = services.shell
    val words = shell.words
    val mayRestore = model.shown.value?.mayRestore == true
    ScrollingScreen(
        services,
        title = words.historyTitle,
        foot = if (mayRestore) ({ PrimaryButton(words.historyRestore, { model.ask(true) }) }) else null,
        sheet = if (model.asking) ({ Restore(shell, model) }) else null
    ) {
        Loaded(words, model.state, model::reload) { history ->
            Column(verticalArrangement = Arrangement.spacedBy(Space.l)) { Past(shell, model, history) }
        }
    }
}

@Composable
private fun ColumnScope.Past(shell: Shell, model: HistoryModel, history: EntryHistoryView) {
    val words = shell.words
    history.title?.let { Sentence(it) }
    Quiet(words.historyLead)
    if (model.restored) {
        Card(Modifier.semantics { liveRegion = LiveRegionMode.Polite }, tone = CardTone.MINE) {
            StateLine(BelayIcons.check, words.historyRestored)
        }
    }
    if (!model.asking) model.act.problem?.let { ProblemNote(it) }
    if (history.states.size > 1) Moments(shell, model, history)
    Loaded(words, model.shown, model::lookAgain) {
        State(shell, it, isFirst = isFirst(model, history))
        val saysTheSame = model.at > 0 && !it.mayRestore && !it.line.deleted
        if (saysTheSame) Quiet(words.historySame)
    }
    if (history.earlier > 0uL && model.at == history.states.lastIndex) {
        CardActions { QuietButton(words.historyMore(history.earlier.toInt()), model::more, icon = BelayIcons.clock) }
    }
}

private fun isFirst(model: HistoryModel, history: EntryHistoryView): Boolean =
    history.earlier == 0uL && model.at == history.states.lastIndex

/** The slider: the earliest state at its beginning, the present one at its end. */
@Composable
private fun Moments(shell: Shell, model: HistoryModel, history: EntryHistoryView) {
    val words = shell.words
    val last = history.states.lastIndex
    val number = last - model.at
    Column {
        Row(verticalAlignment = Alignment.CenterVertically) {
            // What is turned round says of itself that it begins where it ends: its place is that of the box.
            Box(Modifier.semantics { isTraversalGroup = true }) {
                val turned = Modifier.rotate(HALF_TURN)
                IconAction(BelayIcons.forward, words.historyEarlier, { model.go(model.at + 1) }, turned)
            }
            Slider(
                number.toFloat(),
                { model.go(last - Math.round(it)) },
                Modifier.weight(1f).semantics { contentDescription = words.historySlider },
                valueRange = 0f..last.toFloat(),
                steps = (last - 1).coerceAtLeast(0),
                colors = SliderDefaults.colors(
                    thumbColor = Belay.colors.primary,
                    activeTrackColor = Belay.colors.primary,
                    inactiveTrackColor = Belay.colors.surface2
                )
            )
            IconAction(BelayIcons.forward, words.historyLater, { model.go(model.at - 1) })
        }
        val of = history.earlier.toInt() + history.states.size
        val place = words.historyPosition((of - model.at).toString(), of.toString())
        Text(
            if (model.at == 0) "$place · ${words.historyPresent}" else place,
            Modifier.fillMaxWidth().semantics { liveRegion = LiveRegionMode.Polite },
            style = Belay.type.label,
            color = Belay.colors.ink2,
            textAlign = TextAlign.Center
        )
    }
}

@Composable
private fun State(shell: Shell, state: EntryStateView, isFirst: Boolean) {
    val words = shell.words
    val line = state.line
    Column(verticalArrangement = Arrangement.spacedBy(Space.s)) {
        Body(whenAndWhere(words, shell.formats, line))
        when {
            isFirst -> Quiet(words.historyFirst)
            line.changed.isNotEmpty() -> Quiet(changedWords(words, line))
        }
        if (line.deleted) StateLine(BelayIcons.delete, words.historyWasDeleted)
        Card {
            state.entry.title?.let { Text(it, style = Belay.type.bodyStrong, color = Belay.colors.ink) }
            Difference(words, state, isFirst)
        }
        val isChanged = !isFirst && (line.wordsAdded > 0uL || line.wordsRemoved > 0uL)
        if (isChanged) Caption(words.historyLegend)
    }
}

internal fun whenAndWhere(words: Words, formats: Formats, line: EntryStateLineView): String {
    val at = line.atMs?.let(formats::ago) ?: words.historyNoTime
    val device = line.deviceName
    val place = when {
        line.thisDevice -> words.historyHere
        device != null -> words.historyOnDevice(device)
        else -> words.historyElsewhere
    }
    return "$at, $place"
}

internal fun changedWords(words: Words, line: EntryStateLineView): String {
    val counted = listOfNotNull(
        line.wordsAdded.toInt().takeIf { it > 0 }?.let(words::historyCame),
        line.wordsRemoved.toInt().takeIf { it > 0 }?.let(words::historyWent)
    )
    val parts = words.historyChanged(words.list(line.changed.map { partWords(words, it) }))
    return (listOf(parts) + counted).joinToString(" · ")
}

private fun partWords(words: Words, part: EntryPart): String = when (part) {
    EntryPart.TEXT -> words.historyPartText
    EntryPart.TITLE -> words.historyPartTitle
    EntryPart.DAY -> words.historyPartDay
    EntryPart.TAGS -> words.historyPartTags
    EntryPart.MOOD -> words.historyPartMood
    EntryPart.GOALS -> words.historyPartGoals
    EntryPart.PROMPT -> words.historyPartPrompt
    EntryPart.DELETED -> words.historyPartDeleted
}

/** The text with what came underlined and what went struck out; the first state as it is. */
@Composable
private fun Difference(words: Words, state: EntryStateView, isFirst: Boolean) {
    if (isFirst) {
        Text(state.entry.text, style = Belay.type.journal, color = Belay.colors.ink)
        return
    }
    val came = SpanStyle(
        textDecoration = TextDecoration.Underline,
        fontWeight = FontWeight.SemiBold,
        background = Belay.colors.primarySoft,
        color = Belay.colors.onPrimarySoft
    )
    val went = SpanStyle(textDecoration = TextDecoration.LineThrough, color = Belay.colors.ink2)
    val shown = buildAnnotatedString {
        for (piece in state.fromBefore.pieces) {
            when (piece.fate) {
                PieceFate.KEPT -> append(piece.text)
                PieceFate.ADDED -> withStyle(came) { append(piece.text) }
                PieceFate.REMOVED -> withStyle(went) { append(piece.text) }
            }
        }
    }
    val spoken = spoken(words, state.fromBefore)
    Text(
        shown,
        Modifier.clearAndSetSemantics { text = AnnotatedString(spoken) },
        style = Belay.type.journal,
        color = Belay.colors.ink
    )
}

/** The text as it is read out, with what came and what went said where it stands. */
internal fun spoken(words: Words, difference: TextDifference): String = difference.pieces.joinToString(" ") { piece ->
    when (piece.fate) {
        PieceFate.KEPT -> piece.text.trim()
        PieceFate.ADDED -> words.historySpokenCame(piece.text.trim())
        PieceFate.REMOVED -> words.historySpokenWent(piece.text.trim())
    }
}.trim()

@Composable
private fun Restore(shell: Shell, model: HistoryModel) {
    val words = shell.words
    val no = { model.ask(false) }
    Sheet(words, words.historyRestoreQuestion, no) {
        Body(words.historyRestoreBody)
        model.act.problem?.let { ProblemNote(it) }
        PrimaryButton(words.historyRestoreYes, model::restore, enabled = !model.act.busy)
        ChoiceButton(words.historyRestoreNo, no, Modifier.fillMaxWidth())
    }
}
