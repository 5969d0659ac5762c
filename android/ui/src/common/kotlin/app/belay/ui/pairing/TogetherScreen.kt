package app.belay.ui.pairing

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.text.selection.SelectionContainer
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import app.belay.core.InvitationView
import app.belay.ui.OnBack
import app.belay.ui.ScrollingScreen
import app.belay.ui.kit.BelayIcons
import app.belay.ui.kit.Body
import app.belay.ui.kit.Card
import app.belay.ui.kit.CardTone
import app.belay.ui.kit.ChoiceButton
import app.belay.ui.kit.ProblemNote
import app.belay.ui.kit.QrCode
import app.belay.ui.kit.Quiet
import app.belay.ui.kit.QuietButton
import app.belay.ui.kit.Sentence
import app.belay.ui.kit.flush
import app.belay.ui.theme.Space

/** Two people in one place: show a code, or scan the other one's. */
@Composable
fun TogetherScreen(model: TogetherModel) {
    val services = model.services
    val words = services.words
    val needs = model.needs ?: model.enter.needs
    OnBack(needs != null, model::notNow)
    ScrollingScreen(services, title = words.pairingTogether, foot = needs?.let { { GoOn(it) } }) {
        if (needs != null) return@ScrollingScreen AskedFirst(needs)
        Column(verticalArrangement = Arrangement.spacedBy(Space.l)) {
            val shown = model.shown
            if (shown == null) Ways(model) else Code(model, shown)
            model.act.problem?.let { ProblemNote(it) }
            EnterNotes(words, model.enter)
        }
    }
}

@Composable
private fun Ways(model: TogetherModel) {
    val words = model.services.words
    Sentence(words.pairingTogether)
    BigChoice(BelayIcons.code, words.pairingShowCode, words.pairingShowCodeHelp) { model.show() }
    BigChoice(BelayIcons.near, words.nearbyCode, words.nearbyCodeHelp) { model.show(inRoom = true) }
    BigChoice(BelayIcons.scan, words.pairingScanCode, words.pairingScanCodeHelp) { model.scan() }
    QuietButton(words.pairingTypeCode, model::type, Modifier.flush(), icon = BelayIcons.edit)
}

@Composable
private fun Code(model: TogetherModel, invitation: InvitationView) {
    val services = model.services
    val words = services.words
    Sentence(words.pairingCodeTitle)
    Box(Modifier.fillMaxWidth(), contentAlignment = Alignment.Center) {
        QrCode(invitation.text, words.pairingCodeDescription)
    }
    Body(words.pairingCodeWaiting)
    Quiet(words.pairingCodeUntil(services.formats.time(invitation.expiresAtMs)))
    if (model.asText) {
        Card(tone = CardTone.WELL) {
            SelectionContainer { Body(invitation.text) }
            QuietButton(words.pairingCodeCopy, model::copy, Modifier.flush())
            if (model.copied) Quiet(words.pairingCodeCopied)
        }
    } else {
        QuietButton(words.pairingCodeAsText, { model.asText = true }, Modifier.flush())
    }
    ChoiceButton(words.pairingStop, model::stop, Modifier.fillMaxWidth())
}
