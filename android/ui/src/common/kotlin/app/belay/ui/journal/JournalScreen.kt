package app.belay.ui.journal

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.ExperimentalLayoutApi
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.lazy.LazyListScope
import androidx.compose.foundation.lazy.LazyListState
import androidx.compose.foundation.lazy.rememberLazyListState
import androidx.compose.foundation.rememberScrollState
import androidx.compose.foundation.verticalScroll
import androidx.compose.material3.HorizontalDivider
import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.snapshotFlow
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.clearAndSetSemantics
import app.belay.core.DraftView
import app.belay.core.EntryLineView
import app.belay.ui.Services
import app.belay.ui.Shell
import app.belay.ui.TopBar
import app.belay.ui.kit.BelayIcons
import app.belay.ui.kit.Caption
import app.belay.ui.kit.Card
import app.belay.ui.kit.CardActions
import app.belay.ui.kit.CardTone
import app.belay.ui.kit.Confirm
import app.belay.ui.kit.EmptyState
import app.belay.ui.kit.Excerpt
import app.belay.ui.kit.Heading
import app.belay.ui.kit.LazyPage
import app.belay.ui.kit.LinkRow
import app.belay.ui.kit.Loaded
import app.belay.ui.kit.Page
import app.belay.ui.kit.PrimaryButton
import app.belay.ui.kit.ProblemNote
import app.belay.ui.kit.QuietButton
import app.belay.ui.kit.Sentence
import app.belay.ui.kit.StateLine
import app.belay.ui.kit.part
import app.belay.ui.theme.Belay
import app.belay.ui.theme.Space
import app.belay.ui.value

private const val DRAFT_LINES = 3

/** How many lines before the end of what is held the next page is read. */
private const val AHEAD = 10

/** The journal: what waits to be written on, then the entries by month. */
@Composable
fun JournalScreen(services: Services, model: JournalModel) {
    val shell = services.shell
    Box(Modifier.fillMaxSize()) {
        // Behind a sheet nothing is read out: it would be read as if it could be reached.
        val behind = if (model.letting == null) Modifier else Modifier.clearAndSetSemantics { }
        Column(Modifier.fillMaxSize().then(behind)) {
            TopBar(services)
            Box(Modifier.weight(1f)) {
                val list = model.state.value
                if (list == null) {
                    Column(Modifier.verticalScroll(rememberScrollState())) {
                        Page { Loaded(shell.words, model.state, model::reload) {} }
                    }
                } else {
                    Entries(shell, model, list)
                }
            }
            Page(Modifier.padding(top = Space.s)) { PrimaryButton(shell.words.journalWrite, model::write) }
        }
        model.letting?.let { LetGo(shell, model) }
    }
}

@Composable
private fun Entries(shell: Shell, model: JournalModel, list: JournalList) {
    if (list.isEmpty) return Nothing(shell, model)
    val state = rememberLazyListState()
    Turning(state, list.hasNewer, list.hasOlder, model::newer, model::older)
    LazyPage(state) {
        part("head") { Head(shell, model) }
        model.problem?.let { problem -> part("problem") { ProblemNote(problem) } }
        drafts(shell, model, list.drafts)
        months(shell, list.lines, model::open)
        if (!list.hasOlder) {
            part("foot") {
                LinkRow(shell.words.journalDeletedTitle, model::deleted, icon = BelayIcons.delete)
            }
        }
    }
}

/** The name of the place and the way to the calendar: side by side where both fit, else one below the other. */
@OptIn(ExperimentalLayoutApi::class)
@Composable
private fun Head(shell: Shell, model: JournalModel) {
    FlowRow(
        Modifier.fillMaxWidth(),
        horizontalArrangement = Arrangement.SpaceBetween,
        itemVerticalAlignment = Alignment.CenterVertically
    ) {
        Sentence(shell.words.journalTitle)
        QuietButton(shell.words.journalShowCalendar, model::calendar, icon = BelayIcons.calendar)
    }
    SearchDoor(shell.words.searchOpen, model::search)
}

@Composable
private fun Nothing(shell: Shell, model: JournalModel) {
    Page {
        EmptyState(shell.words.journalEmptyTitle, more = shell.words.journalEmptyBody)
        LinkRow(shell.words.journalDeletedTitle, model::deleted, icon = BelayIcons.delete)
    }
}

private fun LazyListScope.drafts(shell: Shell, model: JournalModel, drafts: List<DraftView>) {
    if (drafts.isEmpty()) return
    part("heading:drafts") { Heading(shell.words.journalDraftsTitle, Modifier.padding(vertical = Space.s)) }
    for (draft in drafts) {
        part("draft:${draft.id}") { DraftCard(shell, model, draft) }
    }
}

@Composable
private fun DraftCard(shell: Shell, model: JournalModel, draft: DraftView) {
    val words = shell.words
    val kept = EntryDraft.read(draft.text)
    val time = shell.formats.ago(draft.atMs)
    Card(Modifier.padding(bottom = Space.m), tone = CardTone.WELL) {
        Caption(if (draft.about == null) words.journalDraftNew(time) else words.journalDraftAbout(time))
        val typed = listOf(kept.title, kept.body).filter(String::isNotBlank).joinToString("\n")
        if (typed.isNotEmpty()) Excerpt(typed, DRAFT_LINES)
        if (kept.picks.isNotEmpty()) StateLine(BelayIcons.file, words.attachmentsDraftHolds(kept.picks.size))
        CardActions {
            QuietButton(words.journalDraftContinue, { model.goOn(draft) }, icon = BelayIcons.edit)
            QuietButton(words.journalDraftDrop, { model.askToLetGo(draft) }, color = Belay.colors.ink2)
        }
    }
}

/** The lines under the names of their months. */
fun LazyListScope.months(shell: Shell, lines: List<EntryLineView>, onOpen: (EntryLineView) -> Unit) {
    for ((month, ofMonth) in lines.groupBy { monthOf(it.on) }) {
        part("heading:$month") {
            Heading(shell.formats.month(month), Modifier.padding(top = Space.l, bottom = Space.xs))
        }
        for (line in ofMonth) {
            part("entry:${line.name}") {
                EntryRow(shell, line, { onOpen(line) })
                HorizontalDivider(color = Belay.colors.hairline)
            }
        }
    }
}

/** Reads on where somebody comes near an end of what is held. */
@Composable
fun Turning(state: LazyListState, hasNewer: Boolean, hasOlder: Boolean, newer: () -> Unit, older: () -> Unit) {
    LaunchedEffect(state, hasNewer, hasOlder) {
        snapshotFlow {
            val seen = state.layoutInfo.visibleItemsInfo
            Triple(seen.firstOrNull()?.index ?: 0, seen.lastOrNull()?.index ?: 0, state.layoutInfo.totalItemsCount)
        }.collect { (first, last, count) ->
            if (hasOlder && last >= count - AHEAD) older()
            if (hasNewer && first <= AHEAD) newer()
        }
    }
}

@Composable
private fun LetGo(shell: Shell, model: JournalModel) {
    val words = shell.words
    Confirm(
        words,
        question = words.journalDraftDropQuestion,
        body = listOf(words.journalDraftDropBody),
        yes = words.journalDraftDrop,
        no = words.journalDraftKeep,
        onYes = model::letGo,
        onNo = { model.askToLetGo(null) },
        stop = true
    )
}
