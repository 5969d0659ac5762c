package app.belay.ui.recovery

import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import app.belay.ui.kit.BelayIcons
import app.belay.ui.kit.Body
import app.belay.ui.kit.Card
import app.belay.ui.kit.CardTone
import app.belay.ui.kit.ChoiceButton
import app.belay.ui.kit.FieldRow
import app.belay.ui.kit.PrimaryButton
import app.belay.ui.kit.ProblemNote
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
    OpeningFrame(words, onHelp, onBack = onBack, foot = {
        PrimaryButton(
            if (model.act.busy) words.recoveryRestoring else words.recoveryRestoreGo,
            model::restore,
            enabled = model.canTry
        )
    }) {
        Sentence(words.recoveryRestoreTitle)
        Body(words.recoveryRestoreLead)
        WordsField(words, model.typed)
        FieldRow(words.recoveryRestoreRelay, model.relay, model::typeRelay, hint = "https://", singleLine = true)
        if (model.asksPlainHttp) {
            Card(tone = CardTone.STOP) {
                Body(words.pairingPlainHttp)
                SwitchRow(words.pairingPlainHttpYes, model.allowsPlainHttp, { model.allowsPlainHttp = it })
            }
        }
        FieldRow(words.recoveryRestoreDevice, model.deviceName, { model.deviceName = it }, singleLine = true)
        model.act.problem?.let { ProblemNote(it) }
    }
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
                Modifier.fillMaxWidth()
            )
        }
        PrimaryButton(words.onboardingRecoveryGoOn, model::open)
    }) {
        Sentence(words.recoveryRestoreTitle)
        StateLine(BelayIcons.check, words.recoveryRestored(view.partnerships.toInt()))
        if (view.leftOut > 0uL) StateLine(BelayIcons.info, words.recoveryRestoredLeftOut(view.leftOut.toInt()))
        if (view.otherDevices > 0uL) Card(tone = CardTone.SUPPORT) { Body(words.recoveryRestoredDevices) }
    }
}
