package app.belay.ui.recovery

import androidx.compose.runtime.Composable
import app.belay.ui.ScrollingScreen
import app.belay.ui.kit.Body
import app.belay.ui.kit.PrimaryButton
import app.belay.ui.kit.Sentence
import app.belay.ui.onboarding.RecoveryPage
import app.belay.ui.onboarding.RecoveryTexts
import app.belay.ui.onboarding.RecoveryWays
import app.belay.ui.onboarding.Secret

/** New recovery words: why, the words themselves, a few of them asked for. */
@Composable
fun NewWordsScreen(model: NewWordsModel) {
    val words = model.services.words
    val drawn = model.drawn
    ScrollingScreen(
        model.services,
        foot = {
            if (drawn == null) {
                PrimaryButton(words.recoveryNewDraw, model::draw)
            } else {
                RecoveryWays(words, drawn, isFirst = false)
            }
        }
    ) {
        if (drawn == null) {
            Sentence(words.recoveryNewTitle)
            Body(words.recoveryNewLead)
        } else {
            val texts =
                RecoveryTexts(words.recoveryNewTitle, words.recoveryNewWrite, words.recoveryNewDone)
            RecoveryPage(words, drawn, texts)
            if (model.asksPassphrase) {
                Secret(words.onboardingPassphrase, model.passphrase, null) { model.passphrase = it }
            }
        }
    }
}
