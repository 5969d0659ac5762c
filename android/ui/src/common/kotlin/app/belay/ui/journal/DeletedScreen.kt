package app.belay.ui.journal

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.LiveRegionMode
import androidx.compose.ui.semantics.liveRegion
import androidx.compose.ui.semantics.semantics
import app.belay.core.DeletedEntryView
import app.belay.core.SetAsideView
import app.belay.ui.ScrollingScreen
import app.belay.ui.Services
import app.belay.ui.Shell
import app.belay.ui.kit.BelayIcons
import app.belay.ui.kit.Body
import app.belay.ui.kit.Caption
import app.belay.ui.kit.Card
import app.belay.ui.kit.CardActions
import app.belay.ui.kit.CardTitle
import app.belay.ui.kit.CardTone
import app.belay.ui.kit.ChoiceButton
import app.belay.ui.kit.Confirm
import app.belay.ui.kit.EmptyState
import app.belay.ui.kit.Excerpt
import app.belay.ui.kit.Loaded
import app.belay.ui.kit.ProblemNote
import app.belay.ui.kit.Quiet
import app.belay.ui.kit.QuietButton
import app.belay.ui.kit.StateLine
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
        Loaded(shell.words, model.state, model::reload) { page ->
            val entries = page.entries
            Column(verticalArrangement = Arrangement.spacedBy(Space.l)) {
                model.problem?.let { ProblemNote(it) }
                model.said?.let { Body(it, Modifier.semantics { liveRegion = LiveRegionMode.Polite }) }
                if (page.aside.isNotEmpty()) Aside(shell, model, page.aside)
                if (entries.isEmpty() && page.aside.isNotEmpty()) return@Column
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
        val formats = shell.formats
        if (entry.eraseAsked) {
            StateLine(BelayIcons.clock, words.setAsideWaits(dayAndTime(shell, entry.erasedAtMs)))
        } else {
            Caption(words.journalDeletedUntil(formats.shortDay(formats.dayOf(entry.erasedAtMs))))
        }
        CardActions {
            QuietButton(words.journalBringBack, { model.bringBack(entry) })
            if (!entry.eraseAsked) QuietButton(words.journalEraseNow, { model.askToErase(entry) }, stop = true)
        }
    }
}

private fun dayAndTime(shell: Shell, atMs: Long): String = shell.words.frameDayAndTime(
    shell.formats.shortDay(shell.formats.dayOf(atMs)),
    shell.formats.time(atMs)
)

/** What another own device erased beyond a day's measure: hidden, and to be brought back until its time. */
@Composable
private fun Aside(shell: Shell, model: DeletedModel, aside: List<SetAsideView>) {
    val words = shell.words
    Card(tone = CardTone.SUPPORT) {
        CardTitle(words.setAsideTitle)
        Body(words.setAsideLead)
        ChoiceButton(words.setAsideBringBackAll(aside.size), model::bringBackAside, Modifier.fillMaxWidth())
    }
    for (thing in aside) {
        Card {
            thing.on?.let { Caption(shell.formats.day(it)) }
            Excerpt(thing.excerpt.ifEmpty { words.journalUntitled }, EXCERPT_LINES)
            thing.by?.let { Quiet(words.setAsideBy(it)) }
            Caption(words.setAsideUntil(dayAndTime(shell, thing.destroyedAtMs)))
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
