package app.belay.ui.pairing

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.LiveRegionMode
import androidx.compose.ui.semantics.liveRegion
import androidx.compose.ui.semantics.semantics
import app.belay.ui.OnBack
import app.belay.ui.ScrollingScreen
import app.belay.ui.kit.BelayIcons
import app.belay.ui.kit.Body
import app.belay.ui.kit.Card
import app.belay.ui.kit.CardTone
import app.belay.ui.kit.FieldRow
import app.belay.ui.kit.PrimaryButton
import app.belay.ui.kit.ProblemNote
import app.belay.ui.kit.Quiet
import app.belay.ui.kit.QuietButton
import app.belay.ui.kit.Sentence
import app.belay.ui.kit.flush
import app.belay.ui.theme.Space
import app.belay.words.Words

/** Where a code, four words or a link are typed, pasted or scanned. */
@Composable
fun EnterScreen(model: EnterModel) {
    val services = model.services
    val words = services.words
    // Also when another one is opened while this screen is shown.
    LaunchedEffect(services.handOver.invitation) { services.handOver.takeInvitation()?.let(model::type) }
    val needs = model.needs
    OnBack(needs != null, model::notNow)
    val foot: @Composable () -> Unit = { if (needs == null) Accept(model) else GoOn(needs) }
    ScrollingScreen(services, title = words.pairingTitle, foot = { foot() }) {
        if (needs == null) Invitation(model) else AskedFirst(needs)
    }
}

@Composable
private fun Accept(model: EnterModel) {
    val words = model.services.words
    PrimaryButton(
        if (model.act.busy) words.pairingAccepting else words.pairingAccept,
        model::accept,
        enabled = model.text.isNotBlank() && !model.act.busy
    )
}

@Composable
private fun Invitation(model: EnterModel) {
    val words = model.services.words
    Column(verticalArrangement = Arrangement.spacedBy(Space.l)) {
        Sentence(words.pairingEnterTitle)
        FieldRow(words.pairingAcceptLabel, model.text, model::type, hint = words.pairingAcceptHelp, minLines = 2)
        EnterNotes(words, model)
        FieldRow(
            words.pairingAcceptRelayLabel,
            model.relay,
            { model.relay = it },
            hint = "https://",
            singleLine = true
        )
        if (model.services.platform.canScan) {
            QuietButton(words.pairingScanCode, model::scan, Modifier.flush(), icon = BelayIcons.scan)
        } else {
            Quiet(words.pairingScanUnavailable)
        }
    }
}

/** What is to be said about what was typed or scanned, kindly and with a way on. */
@Composable
fun EnterNotes(words: Words, model: EnterModel) {
    val mistyped = model.mistyped
    val said = Modifier.semantics { liveRegion = LiveRegionMode.Polite }
    when {
        mistyped != null -> Card(said, tone = CardTone.SUPPORT) {
            Body(words.pairingMistyped(mistyped.position.toString(), mistyped.nearest))
            QuietButton(words.pairingMistypedUse(mistyped.nearest), model::useNearest, Modifier.flush())
        }

        model.isForeign -> Card(said, tone = CardTone.SUPPORT) { Body(words.pairingForeignCode) }
    }
    model.act.problem?.let { ProblemNote(it) }
}
