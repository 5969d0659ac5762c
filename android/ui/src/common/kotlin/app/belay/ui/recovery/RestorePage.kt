package app.belay.ui.recovery

import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.selection.selectableGroup
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import app.belay.ui.kit.BelayIcons
import app.belay.ui.kit.Body
import app.belay.ui.kit.Card
import app.belay.ui.kit.CardTone
import app.belay.ui.kit.Chip
import app.belay.ui.kit.Chips
import app.belay.ui.kit.ChoiceButton
import app.belay.ui.kit.FieldRow
import app.belay.ui.kit.Heading
import app.belay.ui.kit.PrimaryButton
import app.belay.ui.kit.ProblemNote
import app.belay.ui.kit.Quiet
import app.belay.ui.kit.Sentence
import app.belay.ui.kit.StateLine
import app.belay.ui.kit.SwitchRow
import app.belay.ui.onboarding.OpeningFrame

/** Coming back on an empty device, and what came back. */
@Composable
fun RestorePage(model: RestoreModel, onHelp: () -> Unit, onBack: () -> Unit, onDevices: () -> Unit) {
    val restored = model.restored
    if (restored == null) Ask(model, onHelp, onBack) else Back(model, restored, onHelp, onDevices)
}

@Composable
private fun Ask(model: RestoreModel, onHelp: () -> Unit, onBack: () -> Unit) {
    val words = model.shell.words
    val running = when (model.place) {
        CopyPlace.RELAY -> words.recoveryRestoring
        CopyPlace.FILE -> words.restoreReading
        CopyPlace.NEAR -> words.handOverLooking
    }
    OpeningFrame(words, onHelp, onBack = onBack, foot = {
        PrimaryButton(
            if (model.act.busy) running else words.recoveryRestoreGo,
            model::restore,
            enabled = model.canTry
        )
    }) {
        Sentence(words.recoveryRestoreTitle)
        Body(words.restoreLead)
        WordsField(words, model.typed)
        Place(model)
        FieldRow(words.recoveryRestoreDevice, model.deviceName, { model.deviceName = it }, singleLine = true)
        model.act.problem?.let { ProblemNote(it) }
    }
}

@Composable
private fun Place(model: RestoreModel) {
    val words = model.shell.words
    Heading(words.restoreFrom)
    Chips(Modifier.selectableGroup()) {
        Where(model, CopyPlace.RELAY, words.restoreFromRelay)
        if (model.shell.platform.attaching.canPick) Where(model, CopyPlace.FILE, words.restoreFromFile)
        Where(model, CopyPlace.NEAR, words.handOverFrom)
    }
    when (model.place) {
        CopyPlace.RELAY -> Relay(model)

        CopyPlace.FILE -> ChosenFile(model)

        CopyPlace.NEAR -> {
            Quiet(words.handOverThere)
            FieldRow(words.handOverAddressThere, model.address, { model.address = it }, singleLine = true)
        }
    }
}

@Composable
private fun Where(model: RestoreModel, place: CopyPlace, name: String) =
    Chip(name, model.place == place, { model.choose(place) }, single = true)

@Composable
private fun Relay(model: RestoreModel) {
    val words = model.shell.words
    FieldRow(words.recoveryRestoreRelay, model.relay, model::typeRelay, hint = "https://", singleLine = true)
    if (model.asksPlainHttp) {
        Card(tone = CardTone.STOP) {
            Body(words.pairingPlainHttp)
            SwitchRow(words.pairingPlainHttpYes, model.allowsPlainHttp, { model.allowsPlainHttp = it })
        }
    }
}

@Composable
private fun ChosenFile(model: RestoreModel) {
    val words = model.shell.words
    val file = model.file
    Quiet(words.restoreFileHelp)
    if (file != null) {
        val size = model.shell.formats.size(file.bytes)
        StateLine(BelayIcons.check, words.restoreFileChosen(name = file.name, size = size))
    }
    ChoiceButton(
        if (file == null) words.restoreFileChoose else words.restoreFileOther,
        model::chooseFile,
        Modifier.fillMaxWidth(),
        enabled = !model.act.busy
    )
}

@Composable
private fun Back(model: RestoreModel, restored: Restored, onHelp: () -> Unit, onDevices: () -> Unit) {
    val words = model.shell.words
    val view = restored.view
    OpeningFrame(words, onHelp, foot = {
        if (view.otherDevices > 0uL) {
            ChoiceButton(
                words.recoveryRestoredLook,
                {
                    model.open()
                    onDevices()
                },
                Modifier.fillMaxWidth(),
                enabled = model.lost?.act?.busy != true
            )
        }
        PrimaryButton(words.onboardingRecoveryGoOn, model::open, enabled = model.lost?.act?.busy != true)
    }) {
        Sentence(words.recoveryRestoreTitle)
        StateLine(BelayIcons.check, words.recoveryRestored(view.partnerships.toInt()))
        if (view.leftOut > 0uL) StateLine(BelayIcons.info, words.recoveryRestoredLeftOut(view.leftOut.toInt()))
        model.lost?.let { LostDevicesPart(model.shell, it) }
    }
}
