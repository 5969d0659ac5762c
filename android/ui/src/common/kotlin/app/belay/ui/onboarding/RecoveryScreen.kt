package app.belay.ui.onboarding

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.text.KeyboardOptions
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.LiveRegionMode
import androidx.compose.ui.semantics.liveRegion
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.text.input.KeyboardCapitalization
import app.belay.ui.ScrollingScreen
import app.belay.ui.Services
import app.belay.ui.kit.BelayIcons
import app.belay.ui.kit.Body
import app.belay.ui.kit.Centred
import app.belay.ui.kit.FieldRow
import app.belay.ui.kit.Loading
import app.belay.ui.kit.PrimaryButton
import app.belay.ui.kit.ProblemLine
import app.belay.ui.kit.ProblemNote
import app.belay.ui.kit.Quiet
import app.belay.ui.kit.QuietButton
import app.belay.ui.kit.SecretWords
import app.belay.ui.kit.Sentence
import app.belay.ui.kit.StateLine
import app.belay.ui.theme.Space
import app.belay.words.Words

/** The recovery words, from Settings. */
@Composable
fun RecoveryScreen(services: Services, model: RecoveryModel) {
    ScrollingScreen(services, foot = { RecoveryWays(services.words, model, isFirst = false) }) {
        RecoveryPage(services.words, model)
    }
}

/** What the page says of the words: of the first ones, or of new ones. */
class RecoveryTexts(val title: String, val body: String, val done: String)

/** What is shown at each step. */
@Composable
fun RecoveryPage(words: Words, model: RecoveryModel, texts: RecoveryTexts = words.firstWords()) {
    Column(verticalArrangement = Arrangement.spacedBy(Space.l)) {
        when (model.step) {
            RecoveryStep.LOADING -> Loading(words)

            RecoveryStep.SHOWN -> Shown(words, model, texts)

            RecoveryStep.ASKED -> Asked(words, model)

            RecoveryStep.DONE -> {
                Sentence(words.onboardingRecoveryDoneTitle)
                StateLine(BelayIcons.check, texts.done)
            }

            RecoveryStep.GONE -> {
                Sentence(words.onboardingRecoveryTitle)
                StateLine(BelayIcons.check, words.onboardingRecoveryGone)
            }
        }
        model.act.problem?.let { ProblemNote(it) }
    }
}

private fun Words.firstWords() =
    RecoveryTexts(onboardingRecoveryTitle, onboardingRecoveryBody, onboardingRecoveryDoneBody)

@Composable
private fun Shown(words: Words, model: RecoveryModel, texts: RecoveryTexts) {
    Sentence(texts.title)
    Body(texts.body)
    SecretWords(model.words)
    Quiet(words.onboardingRecoveryHonest)
}

@Composable
private fun Asked(words: Words, model: RecoveryModel) {
    Sentence(words.onboardingRecoveryCheckTitle)
    Body(words.onboardingRecoveryCheckBody)
    for (number in model.asked) {
        FieldRow(
            words.onboardingRecoveryWordNumber(number.toString()),
            model.typed[number].orEmpty(),
            { model.type(number, it) },
            singleLine = true,
            keyboard = KeyboardOptions(capitalization = KeyboardCapitalization.None, autoCorrectEnabled = false)
        )
    }
    if (model.isDifferent) {
        ProblemLine(
            words.onboardingRecoveryNotTheSame,
            Modifier.semantics { liveRegion = LiveRegionMode.Polite }
        )
    }
}

/** What can be done at each step; putting the words off is always one of it. */
@Composable
fun RecoveryWays(words: Words, model: RecoveryModel, isFirst: Boolean) {
    when (model.step) {
        RecoveryStep.LOADING -> if (model.act.problem != null) {
            PrimaryButton(words.onboardingTryAgain, model::load)
        }

        RecoveryStep.SHOWN -> {
            PrimaryButton(words.onboardingRecoveryWritten, model::written)
            Later(words, model, isFirst)
        }

        RecoveryStep.ASKED -> {
            PrimaryButton(words.onboardingRecoveryCheck, model::check, enabled = model.canCheck && !model.act.busy)
            QuietButton(words.onboardingRecoveryShowAgain, model::showAgain, Modifier.fillMaxWidth())
            Later(words, model, isFirst)
        }

        RecoveryStep.DONE, RecoveryStep.GONE -> PrimaryButton(
            if (isFirst) words.onboardingRecoveryGoOn else words.onboardingRecoveryClose,
            model::leave
        )
    }
}

@Composable
private fun Later(words: Words, model: RecoveryModel, isFirst: Boolean) {
    QuietButton(words.onboardingRecoveryLater, model::leave, Modifier.fillMaxWidth())
    if (isFirst) Centred(words.onboardingRecoveryLaterHelp)
}
