package app.belay.ui.journal

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.LiveRegionMode
import androidx.compose.ui.semantics.liveRegion
import androidx.compose.ui.semantics.semantics
import app.belay.core.DeletedEntryView
import app.belay.ui.ScrollingScreen
import app.belay.ui.Services
import app.belay.ui.Shell
import app.belay.ui.kit.Body
import app.belay.ui.kit.Caption
import app.belay.ui.kit.Card
import app.belay.ui.kit.CardActions
import app.belay.ui.kit.CardTitle
import app.belay.ui.kit.Confirm
import app.belay.ui.kit.EmptyState
import app.belay.ui.kit.Excerpt
import app.belay.ui.kit.Loaded
import app.belay.ui.kit.ProblemNote
import app.belay.ui.kit.Quiet
import app.belay.ui.kit.QuietButton
import app.belay.ui.list
import app.belay.ui.theme.Space

private const val EXCERPT_LINES = 2

/** What was deleted in the last thirty days: to bring back, or to erase for good. */
@Composable
fun DeletedScreen(services: Services, model: DeletedModel) {
    val shell = services.shell
    ScrollingScreen(
        services,
        title = shell.words.journalDeletedTitle,
        sheet = model.erasing?.let { { Erase(shell, model, it) } }
    ) {
        Loaded(shell.words, model.state, model::reload) { entries ->
            Column(verticalArrangement = Arrangement.spacedBy(Space.l)) {
                model.problem?.let { ProblemNote(it) }
                model.said?.let { Body(it, Modifier.semantics { liveRegion = LiveRegionMode.Polite }) }
                if (entries.isEmpty()) {
                    EmptyState(shell.words.journalDeletedEmptyTitle, more = shell.words.journalDeletedEmptyBody)
                } else {
                    Quiet(shell.words.journalDeletedLead)
                    for (entry in entries) Deleted(shell, model, entry)
                }
            }
        }
    }
}

@Composable
private fun Deleted(shell: Shell, model: DeletedModel, entry: DeletedEntryView) {
    val words = shell.words
    val line = entry.entry
    Card {
        Caption(shell.formats.day(line.on))
        line.title?.let { CardTitle(it) }
        if (line.excerpt.isNotEmpty()) Excerpt(line.excerpt, EXCERPT_LINES)
        Caption(words.journalDeletedUntil(shell.formats.shortDay(shell.formats.dayOf(entry.erasedAtMs))))
        CardActions {
            QuietButton(words.journalBringBack, { model.bringBack(entry) })
            QuietButton(words.journalEraseNow, { model.askToErase(entry) }, stop = true)
        }
    }
}

@Composable
private fun Erase(shell: Shell, model: DeletedModel, entry: DeletedEntryView) {
    val words = shell.words
    val partners = entry.passages.map { it.partner }.distinct()
    Confirm(
        words,
        question = words.journalEraseQuestion,
        body = listOfNotNull(
            words.journalEraseBody,
            words.journalErasePassages(words.list(partners)).takeIf { partners.isNotEmpty() }
        ),
        yes = words.journalEraseNow,
        no = words.journalEraseKeep,
        onYes = model::erase,
        onNo = { model.askToErase(null) },
        stop = true
    )
}
