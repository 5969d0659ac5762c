package app.belay.ui.settings

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.text.selection.SelectionContainer
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import app.belay.core.AskingDeviceView
import app.belay.core.DevicesPageView
import app.belay.core.InvitationView
import app.belay.ui.ScrollingScreen
import app.belay.ui.kit.Body
import app.belay.ui.kit.Caption
import app.belay.ui.kit.Card
import app.belay.ui.kit.CardTone
import app.belay.ui.kit.ChoiceButton
import app.belay.ui.kit.ComparisonWords
import app.belay.ui.kit.EqualChoices
import app.belay.ui.kit.FieldRow
import app.belay.ui.kit.Loaded
import app.belay.ui.kit.ProblemNote
import app.belay.ui.kit.QrCode
import app.belay.ui.kit.Quiet
import app.belay.ui.kit.Sentence
import app.belay.ui.near.NearbyCard
import app.belay.ui.theme.Space

/** The person's devices, and the way to add one. */
@Composable
fun DevicesScreen(model: DevicesModel) {
    val words = model.services.words
    ScrollingScreen(model.services, sheet = deviceSheet(words, model.care)) {
        Loaded(words, model.devices.state, model.devices::reload) { devices ->
            Column(verticalArrangement = Arrangement.spacedBy(Space.l)) {
                Sentence(words.settingsDevices)
                val (shown, asking) = model.shown to model.asking
                when {
                    asking != null -> Asking(model, asking)
                    shown != null -> Code(model, shown)
                    else -> Devices(model, devices)
                }
                model.act.problem?.let { ProblemNote(it) }
            }
        }
    }
}

@Composable
private fun Devices(model: DevicesModel, page: DevicesPageView) {
    val care = model.care
    ThisDevice(model.services, page)
    for (row in page.devices) DeviceCard(model.services, row, care)
    RemovedDevices(model.services, page, care)
    if (care.naming == null && care.removing == null) care.act.problem?.let { ProblemNote(it) }
    if (page.mayAdd) Adding(model, page)
}

@Composable
private fun Adding(model: DevicesModel, page: DevicesPageView) {
    val words = model.services.words
    if (page.devices.size == 1) Body(words.devicesOnlyThis)
    if (model.turnedAway) Card(tone = CardTone.SUPPORT) { Body(words.settingsDeviceRefused) }
    if (model.added && model.inRoom) NearbyCard(model.services, words.nearbyKeepOnDevice)
    if (page.sealedCopyAt != null) {
        Way(words.settingsDeviceAdd, words.settingsDeviceAddOverRelay, !model.act.busy) { model.add() }
    }
    Way(words.nearbyDeviceAdd, words.nearbyDeviceAddHelp, !model.act.busy) { model.add(near = true) }
    HandingOverPart(words, model.handing)
    if (page.partnershipsElsewhere > 0uL) Quiet(words.peopleElsewhere(page.partnershipsElsewhere.toInt()))
}

@Composable
private fun Way(title: String, help: String, enabled: Boolean, onChoose: () -> Unit) {
    Column(verticalArrangement = Arrangement.spacedBy(Space.xs)) {
        ChoiceButton(title, onChoose, Modifier.fillMaxWidth(), enabled)
        Quiet(help)
    }
}

@Composable
private fun Code(model: DevicesModel, invitation: InvitationView) {
    val words = model.services.words
    Body(words.settingsDeviceAddHelp)
    Box(Modifier.fillMaxWidth(), contentAlignment = Alignment.Center) {
        QrCode(invitation.text, words.pairingCodeDescription)
    }
    Quiet(words.pairingCodeUntil(model.services.formats.time(invitation.expiresAtMs)))
    SelectionContainer { Caption(invitation.text) }
    ChoiceButton(words.pairingStop, model::stop, Modifier.fillMaxWidth())
}

@Composable
private fun Asking(model: DevicesModel, device: AskingDeviceView) {
    val words = model.services.words
    ComparisonWords(device.comparisonWords)
    Body(words.settingsDeviceCompare)
    FieldRow(words.settingsDeviceNameLabel, model.name, { model.name = it }, singleLine = true)
    EqualChoices(
        words.settingsDeviceRefuse,
        model::turnAway,
        words.settingsDeviceAdmit,
        model::admit,
        enabled = !model.act.busy
    )
}
