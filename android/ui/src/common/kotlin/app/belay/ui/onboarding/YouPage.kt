package app.belay.ui.onboarding

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.selection.selectable
import androidx.compose.foundation.selection.selectableGroup
import androidx.compose.foundation.text.KeyboardOptions
import androidx.compose.material3.RadioButton
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.Role
import androidx.compose.ui.text.input.KeyboardType
import androidx.compose.ui.text.input.PasswordVisualTransformation
import app.belay.ui.kit.Body
import app.belay.ui.kit.Chip
import app.belay.ui.kit.Chips
import app.belay.ui.kit.FieldRow
import app.belay.ui.kit.Heading
import app.belay.ui.kit.PrimaryButton
import app.belay.ui.kit.ProblemNote
import app.belay.ui.kit.Quiet
import app.belay.ui.kit.Sentence
import app.belay.ui.theme.Size
import app.belay.ui.theme.Space
import app.belay.words.Words

/** A name if one likes, when the day begins, who may open Belay here. */
@Composable
fun YouPage(model: OnboardingModel, onHelp: () -> Unit) {
    val words = model.shell.words
    OpeningFrame(words, onHelp, stepOf(words, 3), { model.back() }, foot = {
        PrimaryButton(
            if (model.making.busy) words.onboardingMaking else words.onboardingNext,
            model::make,
            enabled = model.canMake && !model.making.busy
        )
    }) {
        Column(verticalArrangement = Arrangement.spacedBy(Space.xl)) {
            Sentence(words.onboardingYouTitle)
            Column(verticalArrangement = Arrangement.spacedBy(Space.xs)) {
                FieldRow(words.onboardingNameLabel, model.name, { model.name = it }, singleLine = true)
                Quiet(words.onboardingNameHelp)
            }
            DayBegins(model, words)
            Lock(model, words)
            model.making.problem?.let { ProblemNote(it) }
        }
    }
}

@Composable
private fun DayBegins(model: OnboardingModel, words: Words) {
    Column(verticalArrangement = Arrangement.spacedBy(Space.xs)) {
        Heading(words.onboardingDayStartLabel)
        DayStartChips(words, model.shell.formats::localTime, model.dayStart) { model.dayStart = it }
        Quiet(words.onboardingDayStartHelp)
    }
}

/** Hours a day may begin at. */
private val DAY_STARTS: IntRange = 0..6

/** The hour at which the day begins, as chips. */
@Composable
fun DayStartChips(words: Words, format: (String) -> String, hour: Int, onHour: (Int) -> Unit) {
    Chips(Modifier.selectableGroup()) {
        for (start in DAY_STARTS) {
            val name = if (start == 0) words.onboardingDayStartMidnight else format("0$start:00:00")
            Chip(name, start == hour, { onHour(start) }, single = true)
        }
    }
}

@Composable
private fun Lock(model: OnboardingModel, words: Words) {
    Column(Modifier.selectableGroup()) {
        Heading(words.onboardingLockLabel)
        Choice(model, LockChoice.NONE, words.onboardingLockNone, words.onboardingLockNoneHelp)
        if (model.shell.platform.canLock) {
            Choice(model, LockChoice.DEVICE, words.onboardingLockDevice, words.onboardingLockDeviceHelp)
        }
        Choice(model, LockChoice.PASSPHRASE, words.onboardingLockPassphrase, words.onboardingLockPassphraseHelp)
    }
    if (model.lock == LockChoice.PASSPHRASE) {
        Secret(words.onboardingPassphrase, model.passphrase, null) { model.passphrase = it }
        Secret(words.onboardingPassphraseAgain, model.again, model.passphraseProblem) { model.again = it }
    }
}

@Composable
private fun Choice(model: OnboardingModel, choice: LockChoice, title: String, help: String) {
    val chosen = model.lock == choice
    Row(
        Modifier
            .fillMaxWidth()
            .selectable(chosen, role = Role.RadioButton) { model.lock = choice }
            .heightIn(min = Size.touch)
            .padding(vertical = Space.s),
        horizontalArrangement = Arrangement.spacedBy(Space.m),
        verticalAlignment = Alignment.CenterVertically
    ) {
        RadioButton(chosen, onClick = null)
        Column(Modifier.weight(1f)) {
            Body(title)
            Quiet(help)
        }
    }
}

/** A field that hides what is typed. */
@Composable
fun Secret(label: String, text: String, problem: String?, onText: (String) -> Unit) {
    FieldRow(
        label,
        text,
        onText,
        singleLine = true,
        problem = problem,
        keyboard = KeyboardOptions(keyboardType = KeyboardType.Password, autoCorrectEnabled = false),
        hide = PasswordVisualTransformation()
    )
}
