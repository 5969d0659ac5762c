package app.belay.ui.onboarding

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.size
import androidx.compose.material3.Icon
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.graphics.vector.ImageVector
import androidx.compose.ui.unit.dp
import app.belay.ui.OnBack
import app.belay.ui.kit.BelayIcons
import app.belay.ui.kit.Body
import app.belay.ui.kit.Caption
import app.belay.ui.kit.CardTitle
import app.belay.ui.kit.PrimaryButton
import app.belay.ui.kit.Quiet
import app.belay.ui.kit.QuietButton
import app.belay.ui.kit.Sentence
import app.belay.ui.recovery.RestorePage
import app.belay.ui.theme.Belay
import app.belay.ui.theme.Space
import app.belay.words.Words

private val MARK_SIZE = 64.dp
private val PROMISE_ICON = 28.dp
private const val PAGES = 4

/** The pages a person sees before the first check-in. */
@Composable
fun OnboardingScreen(model: OnboardingModel, onDevices: () -> Unit = {}, onHelp: () -> Unit) {
    OnBack(model.step !in listOf(OnboardingStep.WELCOME, OnboardingStep.RECOVERY)) { model.back() }
    when (model.step) {
        OnboardingStep.WELCOME -> Welcome(model, onHelp)

        OnboardingStep.LIMITS -> Limits(model, onHelp)

        OnboardingStep.YOU -> YouPage(model, onHelp)

        OnboardingStep.RECOVERY -> model.recovery?.let { recovery ->
            OpeningFrame(model.shell.words, onHelp, stepOf(model.shell.words, PAGES), foot = {
                RecoveryWays(model.shell.words, recovery, isFirst = true)
            }) { RecoveryPage(model.shell.words, recovery) }
        }

        OnboardingStep.JOIN -> JoinPage(model.joining, onHelp) { model.back() }

        OnboardingStep.RESTORE -> RestorePage(model.restoring, onHelp, { model.back() }, onDevices)
    }
}

/** "Step 2 of 4". */
internal fun stepOf(words: Words, step: Int): String = words.onboardingStepOf(step.toString(), PAGES.toString())

@Composable
private fun Welcome(model: OnboardingModel, onHelp: () -> Unit) {
    val words = model.shell.words
    OpeningFrame(words, onHelp, foot = {
        PrimaryButton(words.onboardingBegin, model::next)
        QuietButton(words.onboardingOtherDevice, model::join, Modifier.fillMaxWidth())
        QuietButton(words.recoveryRestore, model::restore, Modifier.fillMaxWidth())
    }) {
        Icon(BelayIcons.rope, contentDescription = null, Modifier.size(MARK_SIZE), tint = Belay.colors.rope)
        Sentence(words.onboardingWelcomeTitle)
        Body(words.onboardingWelcomeBody)
        Column(Modifier.padding(top = Space.m), verticalArrangement = Arrangement.spacedBy(Space.l)) {
            Promise(BelayIcons.people, words.onboardingPromiseNoAccountTitle, words.onboardingPromiseNoAccountBody)
            Promise(BelayIcons.eye, words.onboardingPromisePrivateTitle, words.onboardingPromisePrivateBody)
            Promise(BelayIcons.journal, words.onboardingPromiseOfflineTitle, words.onboardingPromiseOfflineBody)
        }
    }
}

@Composable
private fun Promise(icon: ImageVector, title: String, body: String) {
    Row(horizontalArrangement = Arrangement.spacedBy(Space.l)) {
        Icon(icon, contentDescription = null, Modifier.size(PROMISE_ICON), tint = Belay.colors.primary)
        Column(Modifier.weight(1f), verticalArrangement = Arrangement.spacedBy(Space.xs)) {
            CardTitle(title)
            Quiet(body)
        }
    }
}

@Composable
private fun Limits(model: OnboardingModel, onHelp: () -> Unit) {
    val words = model.shell.words
    OpeningFrame(words, onHelp, stepOf(words, 2), { model.back() }, foot = {
        PrimaryButton(words.onboardingLimitsAgree, model::next)
    }) {
        Sentence(words.onboardingLimitsTitle)
        Limit(
            BelayIcons.lifebuoy,
            words.onboardingLimitsCrisis,
            words.commonNotYetReviewed.takeIf { words.onboardingNotYetReviewed }
        )
        Limit(BelayIcons.share, words.onboardingLimitsCopies)
        Limit(BelayIcons.lock, words.onboardingLimitsPhone)
        Limit(BelayIcons.key, words.onboardingLimitsNobodyCanRestore)
    }
}

@Composable
private fun Limit(icon: ImageVector, text: String, mark: String? = null) {
    Row(horizontalArrangement = Arrangement.spacedBy(Space.l)) {
        Icon(icon, contentDescription = null, Modifier.size(PROMISE_ICON), tint = Belay.colors.sky)
        Column(Modifier.weight(1f)) {
            Body(text)
            if (mark != null) Caption(mark)
        }
    }
}
