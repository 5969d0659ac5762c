package app.belay.ui.settings

import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import app.belay.ui.kit.BelayIcons
import app.belay.ui.kit.ChoiceButton
import app.belay.ui.kit.FieldRow
import app.belay.ui.kit.PrimaryButton
import app.belay.ui.kit.ProblemNote
import app.belay.ui.kit.Sheet
import app.belay.ui.kit.StateLine
import app.belay.words.Words

/** The sheet that is open over the page of devices; null where none is. */
internal fun deviceSheet(words: Words, care: DeviceCare): (@Composable () -> Unit)? {
    val (naming, removing) = care.naming to care.removing
    return when {
        naming != null -> ({ NameSheet(words, care) })
        removing != null -> ({ RemoveSheet(words, care, words.nameOf(removing)) })
        else -> null
    }
}

@Composable
private fun NameSheet(words: Words, care: DeviceCare) {
    Sheet(words, words.devicesRename, care::close) {
        FieldRow(words.devicesName, care.name, { care.name = it }, singleLine = true)
        care.act.problem?.let { ProblemNote(it) }
        PrimaryButton(words.commonSave, care::saveName, enabled = care.name.isNotBlank() && !care.act.busy)
    }
}

@Composable
private fun RemoveSheet(words: Words, care: DeviceCare, name: String) {
    Sheet(words, words.devicesRemoveQuestion(name), care::close) {
        StateLine(BelayIcons.lock, words.devicesRemoveNew)
        StateLine(BelayIcons.eye, words.devicesRemoveStays)
        StateLine(BelayIcons.clock, words.devicesRemoveUnsent)
        care.act.problem?.let { ProblemNote(it) }
        PrimaryButton(words.devicesRemoveYes, care::removeNow, enabled = !care.act.busy, stop = true)
        ChoiceButton(words.devicesRemoveNo, care::close, Modifier.fillMaxWidth())
    }
}
