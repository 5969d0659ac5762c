package app.belay.ui.settings

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import app.belay.core.RelayPageView
import app.belay.ui.ScrollingScreen
import app.belay.ui.kit.Card
import app.belay.ui.kit.CardTone
import app.belay.ui.kit.FactRow
import app.belay.ui.kit.Loaded
import app.belay.ui.kit.PrimaryButton
import app.belay.ui.kit.ProblemNote
import app.belay.ui.kit.Quiet
import app.belay.ui.kit.QuietButton
import app.belay.ui.kit.Sentence
import app.belay.ui.kit.SwitchRow
import app.belay.ui.kit.flush
import app.belay.ui.pairing.RelayField
import app.belay.ui.theme.Space

/** The relay, what it sees, and what it keeps. */
@Composable
fun RelayScreen(model: RelayModel) {
    val words = model.services.words
    ScrollingScreen(model.services) {
        Loaded(words, model.places.state, model.places::reload) { places ->
            Column(verticalArrangement = Arrangement.spacedBy(Space.l)) {
                Sentence(words.settingsRelay)
                Quiet(words.settingsRelayHelp)
                Address(model, places)
                model.form.act.problem?.let { ProblemNote(it) }
                model.act.problem?.let { ProblemNote(it) }
                SealedCopy(model, places)
            }
        }
    }
}

@Composable
private fun Address(model: RelayModel, places: RelayPageView) {
    val words = model.services.words
    val relay = places.relay
    if (relay != null && !model.changes) {
        Card(tone = CardTone.WELL) {
            FactRow(words.settingsRelayLabel, relay)
            QuietButton(words.settingsRelayChange, model::change, Modifier.flush())
            QuietButton(words.settingsRelayRemove, model::remove, Modifier.flush(), enabled = !model.act.busy)
        }
        return
    }
    RelayField(words, model.form, words.settingsRelayLabel)
    PrimaryButton(
        words.settingsSave,
        model::save,
        enabled = model.form.address.isNotBlank() && !model.form.act.busy
    )
}

@Composable
private fun SealedCopy(model: RelayModel, places: RelayPageView) {
    val words = model.services.words
    val kept = places.selfCopy
    SwitchRow(
        words.settingsSelfCopy,
        kept != null,
        model::keepCopy,
        note = words.settingsSelfCopyHelp,
        enabled = (kept != null || places.relay != null) && !model.act.busy
    )
    if (kept != null) Quiet(words.settingsSelfCopyOn(kept))
    if (kept == null && places.relay == null) Quiet(words.settingsSelfCopyNeedsRelay)
}
