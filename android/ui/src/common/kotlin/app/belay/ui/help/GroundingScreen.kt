package app.belay.ui.help

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.rememberScrollState
import androidx.compose.foundation.verticalScroll
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.LiveRegionMode
import androidx.compose.ui.semantics.liveRegion
import androidx.compose.ui.semantics.semantics
import app.belay.ui.Shell
import app.belay.ui.kit.Caption
import app.belay.ui.kit.ChoiceButton
import app.belay.ui.kit.Page
import app.belay.ui.kit.PrimaryButton
import app.belay.ui.kit.Quiet
import app.belay.ui.kit.TopBar
import app.belay.ui.theme.Belay
import app.belay.ui.theme.Space

/** One short step on the page, in large type; the way on is at the thumb. Nothing counts, nothing moves. */
@Composable
fun GroundingScreen(shell: Shell, model: GroundingModel, onBack: (() -> Unit)?) {
    val words = shell.words
    val step = model.steps.steps[model.at]
    Column(Modifier.fillMaxSize()) {
        TopBar(words, words.helpGroundingTitle, onHelp = null, onBack = onBack)
        Column(Modifier.weight(1f).verticalScroll(rememberScrollState())) {
            Page(Modifier.padding(top = Space.xxl).semantics { liveRegion = LiveRegionMode.Polite }) {
                Caption(words.helpGroundingPlace((model.at + 1).toString(), model.steps.steps.size.toString()))
                Text(step.step, style = Belay.type.display, color = Belay.colors.ink)
                step.how?.let { Text(it, style = Belay.type.title, color = Belay.colors.ink2) }
            }
        }
        Page {
            Column(verticalArrangement = Arrangement.spacedBy(Space.s)) {
                if (!model.steps.reviewed) Quiet(words.commonNotYetReviewed)
                PrimaryButton(if (model.isLast) words.helpGroundingAgain else words.helpGroundingNext, model::next)
                if (model.at > 0) ChoiceButton(words.commonBack, model::back, Modifier.fillMaxWidth())
            }
        }
    }
}
