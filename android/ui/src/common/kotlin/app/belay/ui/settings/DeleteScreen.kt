package app.belay.ui.settings

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import app.belay.ui.ScrollingScreen
import app.belay.ui.kit.BelayIcons
import app.belay.ui.kit.ChoiceButton
import app.belay.ui.kit.PrimaryButton
import app.belay.ui.kit.ProblemNote
import app.belay.ui.kit.Sentence
import app.belay.ui.kit.StateLine
import app.belay.ui.kit.SwitchRow
import app.belay.ui.theme.Space

/** Deleting everything, in honest words. */
@Composable
fun DeleteScreen(model: DeleteModel) {
    val words = model.services.words
    ScrollingScreen(model.services, foot = { Ways(model) }) {
        Column(verticalArrangement = Arrangement.spacedBy(Space.l)) {
            Sentence(words.settingsDeleteTitle)
            StateLine(BelayIcons.delete, words.settingsDeleteWhat)
            StateLine(BelayIcons.people, words.settingsDeleteOthers)
            StateLine(BelayIcons.share, words.settingsDeleteRelays)
            StateLine(BelayIcons.close, words.settingsDeleteNoWayBack)
            SwitchRow(words.settingsDeleteConfirm, model.understands, { model.understands = it })
            model.act.problem?.let { ProblemNote(it) }
        }
    }
}

@Composable
private fun Ways(model: DeleteModel) {
    val words = model.services.words
    ChoiceButton(words.settingsDeleteNo, model::keep, Modifier.fillMaxWidth(), enabled = !model.act.busy)
    PrimaryButton(
        if (model.act.busy) words.settingsDeleting else words.settingsDeleteYes,
        model::delete,
        enabled = model.understands && !model.act.busy,
        stop = true
    )
}
