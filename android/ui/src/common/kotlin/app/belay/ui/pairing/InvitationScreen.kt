package app.belay.ui.pairing

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.text.selection.SelectionContainer
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import app.belay.core.OpenInvitationView
import app.belay.ui.ScrollingScreen
import app.belay.ui.kit.BelayIcons
import app.belay.ui.kit.Body
import app.belay.ui.kit.Card
import app.belay.ui.kit.CardTone
import app.belay.ui.kit.ChoiceButton
import app.belay.ui.kit.ComparisonWords
import app.belay.ui.kit.EmptyState
import app.belay.ui.kit.Loaded
import app.belay.ui.kit.PrimaryButton
import app.belay.ui.kit.ProblemNote
import app.belay.ui.kit.Quiet
import app.belay.ui.kit.QuietButton
import app.belay.ui.kit.Sentence
import app.belay.ui.kit.StateLine
import app.belay.ui.kit.flush
import app.belay.ui.theme.Space

/** One invitation at a distance. */
@Composable
fun InvitationScreen(model: InvitationModel) {
    val words = model.services.words
    ScrollingScreen(model.services, title = words.pairingApartTitle) {
        Loaded(words, model.invitation.state, model.invitation::reload) { invitation ->
            if (invitation == null) {
                EmptyState(
                    words.pairingInvitationPaired,
                    action = words.peopleTitle,
                    onAction = { model.services.navigator.back() }
                )
            } else {
                Invitation(model, invitation)
            }
        }
    }
}

@Composable
private fun Invitation(model: InvitationModel, invitation: OpenInvitationView) {
    val services = model.services
    val words = services.words
    Column(verticalArrangement = Arrangement.spacedBy(Space.l)) {
        invitation.text?.let { Text(model, it) }
        StateLine(BelayIcons.clock, words.stateOf(invitation))
        if (invitation.lastError != null) Quiet(words.pairingInvitationTrouble)
        if (model.isOpen(invitation)) {
            Column {
                Quiet(words.pairingInvitationRelay(invitation.relay))
                Quiet(words.pairingInvitationUntil(untilOf(model, invitation)))
            }
            Looking(model)
        }
        model.taking.problem?.let { ProblemNote(it) }
        ChoiceButton(
            if (model.isOpen(invitation)) words.pairingInvitationCancel else words.pairingInvitationForget,
            model::cancel,
            Modifier.fillMaxWidth(),
            enabled = !model.taking.busy
        )
    }
}

private fun untilOf(model: InvitationModel, invitation: OpenInvitationView): String {
    val formats = model.services.formats
    return "${formats.day(formats.dayOf(invitation.expiresAtMs))}, ${formats.time(invitation.expiresAtMs)}"
}

@Composable
private fun Text(model: InvitationModel, text: String) {
    val words = model.services.words
    // A link is one word; what is said aloud has spaces.
    val isLink = !text.contains(' ')
    Column(verticalArrangement = Arrangement.spacedBy(Space.m)) {
        Sentence(if (isLink) words.pairingInvitationLinkTitle else words.pairingInvitationWordsTitle)
        if (isLink) {
            Card(tone = CardTone.WELL) { SelectionContainer { Body(text) } }
            PrimaryButton(words.pairingInvitationShare, model::share)
        } else {
            ComparisonWords(text.split(' '))
        }
        QuietButton(words.pairingInvitationCopy, model::copy, Modifier.flush())
        if (model.copied) Quiet(words.pairingCodeCopied)
    }
}

@Composable
private fun Looking(model: InvitationModel) {
    val words = model.services.words
    if (model.looking.busy) {
        Body(words.pairingAccepting)
        QuietButton(words.pairingStop, model::stopLooking, Modifier.flush())
    } else {
        PrimaryButton(words.pairingInvitationLookNow, model::look)
    }
    model.looking.problem?.let { ProblemNote(it) }
}
