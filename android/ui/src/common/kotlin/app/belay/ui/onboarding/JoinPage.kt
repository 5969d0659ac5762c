package app.belay.ui.onboarding

import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import app.belay.ui.kit.BelayIcons
import app.belay.ui.kit.Body
import app.belay.ui.kit.ChoiceButton
import app.belay.ui.kit.ComparisonWords
import app.belay.ui.kit.FieldRow
import app.belay.ui.kit.PrimaryButton
import app.belay.ui.kit.ProblemNote
import app.belay.ui.kit.Sentence
import app.belay.ui.kit.StateLine

/** Making this device one of a person who uses Belay on another one. */
@Composable
fun JoinPage(model: JoinModel, onHelp: () -> Unit, onBack: () -> Unit) {
    val words = model.shell.words
    OpeningFrame(words, onHelp, onBack = onBack, foot = {
        PrimaryButton(words.onboardingJoin, model::join, enabled = model.text.isNotBlank() && !model.act.busy)
    }) {
        Sentence(words.onboardingJoinTitle)
        Body(words.onboardingJoinBody)
        if (model.shell.platform.canScan) {
            ChoiceButton(words.onboardingJoinScan, model::scan, Modifier.fillMaxWidth(), enabled = !model.act.busy)
        }
        FieldRow(words.onboardingJoinTypeLabel, model.text, { model.text = it }, minLines = 2)
        if (model.act.busy) StateLine(BelayIcons.clock, words.onboardingJoinWaiting)
        if (model.words.isNotEmpty()) {
            ComparisonWords(model.words)
            Body(words.onboardingJoinWords)
        }
        model.act.problem?.let { ProblemNote(it) }
    }
}
