package app.belay.ui.onboarding

import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import app.belay.ui.OnBack
import app.belay.ui.kit.Body
import app.belay.ui.kit.Card
import app.belay.ui.kit.CardTone
import app.belay.ui.kit.Centred
import app.belay.ui.kit.ChoiceButton
import app.belay.ui.kit.ErrorState
import app.belay.ui.kit.Loading
import app.belay.ui.kit.PrimaryButton
import app.belay.ui.kit.ProblemNote
import app.belay.ui.kit.Quiet
import app.belay.ui.kit.QuietButton
import app.belay.ui.kit.Sentence
import app.belay.ui.kit.Sheet
import app.belay.ui.recovery.WordsField
import app.belay.ui.recovery.WordsTyped
import app.belay.words.Words

/** What stands where the store should be, other than a store that is open or one that is to be begun. */
@Composable
fun OpeningScreen(model: OpeningModel, onHelp: () -> Unit) {
    val words = model.shell.words
    OnBack(model.withWords != null) { model.typeWords(false) }
    OpeningFrame(
        words,
        onHelp,
        onBack = if (model.withWords == null) null else ({ model.typeWords(false) }),
        foot = { Ways(words, model) },
        sheet = if (model.asksToErase) ({ EraseSheet(words, model) }) else null
    ) {
        val typed = model.withWords
        if (typed == null) State(words, model) else TypedWords(words, typed)
        if (!model.asksToErase) model.act.problem?.let { ProblemNote(it) }
    }
}

@Composable
private fun TypedWords(words: Words, typed: WordsTyped) {
    Sentence(words.recoveryOpenWords)
    WordsField(words, typed)
}

@Composable
private fun State(words: Words, model: OpeningModel) {
    when (val state = model.state) {
        is Opening.Passphrase -> Locked(words, model, state)
        Opening.KeyLost -> KeyLost(words)
        Opening.KeyAway -> Said(words.onboardingKeyAwayTitle, words.onboardingKeyAwayBody)
        Opening.Newer -> Said(words.onboardingNewerTitle, words.onboardingNewerBody)
        is Opening.Damaged -> Damaged(words, state)
        is Opening.Going -> Going(words, state)
        Opening.Gone -> Said(words.onboardingGoneTitle, words.onboardingGoneBody)
        is Opening.Trouble -> ErrorState(words, state.problem, model::look)
        else -> Loading(words)
    }
}

@Composable
private fun Said(title: String, body: String) {
    Sentence(title)
    Body(body)
}

@Composable
private fun Locked(words: Words, model: OpeningModel, state: Opening.Passphrase) {
    Said(words.onboardingUnlockTitle, words.onboardingUnlockBody)
    Secret(
        words.onboardingPassphrase,
        model.passphrase,
        words.onboardingUnlockWrong.takeIf { state.wrong }
    ) { model.passphrase = it }
}

@Composable
private fun KeyLost(words: Words) {
    Said(words.onboardingKeyLostTitle, words.onboardingKeyLostBody)
    Body(words.onboardingKeyLostKeep)
    Card(tone = CardTone.SUPPORT) { Body(words.onboardingKeyLostLaterVersion) }
}

@Composable
private fun Damaged(words: Words, state: Opening.Damaged) {
    Said(words.onboardingDamagedTitle, words.onboardingDamagedBody)
    Quiet(words.onboardingDamagedWhere(state.place.substringAfterLast('/')))
}

@Composable
private fun Going(words: Words, state: Opening.Going) {
    Said(words.onboardingGoingTitle, words.onboardingGoingBody)
    val left = state.left ?: return
    Quiet(words.onboardingGoingLeft((left.envelopes + left.erasures).toInt()))
    if (left.troubles.isNotEmpty()) Card(tone = CardTone.SUPPORT) { Body(words.onboardingGoingOffline) }
}

/** What can be done about it, the kindest first. */
@Composable
private fun Ways(words: Words, model: OpeningModel) {
    val mayAct = !model.act.busy
    val wide = Modifier.fillMaxWidth()
    val typed = model.withWords
    if (typed != null) {
        PrimaryButton(words.onboardingUnlock, model::openWithWords, enabled = typed.isThere && mayAct)
        return
    }
    when (model.state) {
        is Opening.Passphrase -> {
            PrimaryButton(words.onboardingUnlock, model::unlock, enabled = model.passphrase.isNotEmpty() && mayAct)
            QuietButton(words.recoveryOpenWords, { model.typeWords(true) }, wide)
            QuietButton(words.onboardingUnlockForgotten, { model.askToErase(true) }, wide)
        }

        Opening.KeyLost -> {
            PrimaryButton(words.recoveryOpenWords, { model.typeWords(true) }, enabled = mayAct)
            QuietButton(words.onboardingKeyLostAgain, model::look, wide, enabled = mayAct)
            QuietButton(words.onboardingBeginAnew, { model.askToErase(true) }, wide, stop = true)
        }

        Opening.KeyAway, Opening.Newer -> PrimaryButton(words.onboardingTryAgain, model::look)

        is Opening.Damaged -> PrimaryButton(words.onboardingDamagedBegin, model::begin)

        is Opening.Going -> {
            PrimaryButton(words.onboardingGoingFinish, model::finish, enabled = mayAct)
            QuietButton(words.onboardingGoingWithout, model::eraseNow, wide, enabled = mayAct, stop = true)
            Centred(words.onboardingGoingWithoutHelp)
        }

        Opening.Gone -> PrimaryButton(words.onboardingBegin, model::begin)

        else -> Unit
    }
}

@Composable
private fun EraseSheet(words: Words, model: OpeningModel) {
    Sheet(words, words.onboardingBeginAnewTitle, { model.askToErase(false) }) {
        Body(words.onboardingBeginAnewBody)
        model.act.problem?.let { ProblemNote(it) }
        PrimaryButton(words.onboardingBeginAnewYes, model::eraseNow, enabled = !model.act.busy, stop = true)
        ChoiceButton(words.onboardingKeepIt, { model.askToErase(false) }, Modifier.fillMaxWidth())
    }
}
