package app.belay.ui.journal

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.ColumnScope
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.LiveRegionMode
import androidx.compose.ui.semantics.liveRegion
import androidx.compose.ui.semantics.semantics
import app.belay.core.PassagePreviewView
import app.belay.ui.ScrollingScreen
import app.belay.ui.Services
import app.belay.ui.Shell
import app.belay.ui.attachments.Titled
import app.belay.ui.attachments.Wide
import app.belay.ui.attachments.factsOf
import app.belay.ui.attachments.signOf
import app.belay.ui.kit.BelayIcons
import app.belay.ui.kit.Body
import app.belay.ui.kit.Caption
import app.belay.ui.kit.Card
import app.belay.ui.kit.CardTone
import app.belay.ui.kit.Chip
import app.belay.ui.kit.Chips
import app.belay.ui.kit.ChoiceButton
import app.belay.ui.kit.EmptyState
import app.belay.ui.kit.Heading
import app.belay.ui.kit.Loaded
import app.belay.ui.kit.PrimaryButton
import app.belay.ui.kit.ProblemNote
import app.belay.ui.kit.Quiet
import app.belay.ui.kit.Sheet
import app.belay.ui.kit.StateLine
import app.belay.ui.kit.SwitchRow
import app.belay.ui.theme.Belay
import app.belay.ui.theme.Space
import app.belay.ui.value

/** Gives a copy of a passage: who, exactly what they will see, then yes. */
@Composable
fun ShareScreen(services: Services, model: ShareModel) {
    val shell = services.shell
    ScrollingScreen(
        services,
        title = shell.words.journalBarShare,
        foot = foot(shell, model),
        sheet = model.preview?.value?.takeIf { model.asking }?.let { { NotCompared(shell, model, it) } }
    ) {
        Loaded(shell.words, model.state, model::reload) { choice ->
            Column(verticalArrangement = Arrangement.spacedBy(Space.l)) {
                val given = model.given
                when {
                    given != null -> Given(shell, model, given)
                    choice.partners.isEmpty() -> Nobody(shell)
                    else -> Choice(shell, model, choice)
                }
            }
        }
    }
}

private fun foot(shell: Shell, model: ShareModel): (@Composable ColumnScope.() -> Unit)? {
    val seen = model.preview?.value
    return when {
        model.given != null -> {
            { PrimaryButton(shell.words.commonDone, model::close) }
        }

        seen != null -> {
            { PrimaryButton(shell.words.journalShareGive(seen.partner), model::give, enabled = !model.giving) }
        }

        else -> null
    }
}

@Composable
private fun Nobody(shell: Shell) =
    EmptyState(shell.words.journalShareNobodyTitle, more = shell.words.journalShareNobodyBody)

@Composable
private fun ColumnScope.Choice(shell: Shell, model: ShareModel, choice: ShareChoice) {
    val words = shell.words
    model.problem?.let { ProblemNote(it) }
    Quiet(if (model.isWhole) words.journalShareHintAll else words.journalShareHint)
    Heading(words.journalShareWho)
    Chips {
        for (partner in choice.partners) {
            Chip(partner.name, partner.space == model.space, { model.choose(partner) }, single = true)
        }
    }
    if (choice.attachments.isNotEmpty()) Along(shell, model, choice)
    val preview = model.preview
    if (preview == null) {
        Passage(choice.words)
    } else {
        Loaded(words, preview, onRetry = {
            choice.partners.firstOrNull { it.space == model.space }?.let(model::choose)
        }) { Seen(shell, model, it) }
    }
}

/** What is attached to the entry, each with a switch; what is not here cannot go along. */
@Composable
private fun Along(shell: Shell, model: ShareModel, choice: ShareChoice) {
    val words = shell.words
    Column(verticalArrangement = Arrangement.spacedBy(Space.xs)) {
        Heading(words.attachmentsGiveTitle)
        Quiet(words.attachmentsGiveLead)
        for (attachment in choice.attachments) {
            if (attachment.isHere) {
                SwitchRow(
                    attachment.name,
                    attachment.id in model.along,
                    { model.toggle(attachment) },
                    note = factsOf(shell, attachment)
                )
            } else {
                StateLine(BelayIcons.clock, words.attachmentsGiveNotHere(attachment.name), color = Belay.colors.ink2)
            }
        }
    }
}

@Composable
private fun Seen(shell: Shell, model: ShareModel, preview: PassagePreviewView) {
    val words = shell.words
    Column(verticalArrangement = Arrangement.spacedBy(Space.s)) {
        Heading(words.journalShareSees(preview.partner))
        Passage(preview.passage.text) { WithIt(shell, model, preview) }
        Caption(words.journalShareHonest(preview.partner))
    }
}

@Composable
private fun Passage(text: String, more: @Composable ColumnScope.() -> Unit = {}) = Card(tone = CardTone.ROPE) {
    Text(text, style = Belay.type.journal, color = Belay.colors.onRopeSoft)
    more()
}

/** What goes along, as they will see it. */
@Composable
private fun ColumnScope.WithIt(shell: Shell, model: ShareModel, preview: PassagePreviewView) {
    for (attachment in preview.attachments) {
        val picture = model.attached.small[attachment.id]
        picture?.let { Wide(it, attachment.name, onOpen = null) }
        Titled(signOf(attachment.kind).takeIf { picture == null }, attachment.name, factsOf(shell, attachment))
    }
}

@Composable
private fun Given(shell: Shell, model: ShareModel, given: String) {
    val preview = model.preview?.value ?: return
    Passage(preview.passage.text) { WithIt(shell, model, preview) }
    Body(given, Modifier.semantics { liveRegion = LiveRegionMode.Polite })
}

/** The second question, with both answers of the same weight. */
@Composable
private fun NotCompared(shell: Shell, model: ShareModel, preview: PassagePreviewView) {
    val words = shell.words
    Sheet(words, words.journalBarShare, model::notNow) {
        Body(words.journalShareNotCompared(preview.partner))
        PrimaryButton(words.journalShareCompare, model::compare)
        ChoiceButton(words.journalShareAnyway, model::giveAllTheSame, Modifier.fillMaxWidth())
    }
}
