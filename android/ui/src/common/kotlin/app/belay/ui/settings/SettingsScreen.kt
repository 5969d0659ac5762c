package app.belay.ui.settings

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.ColumnScope
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import app.belay.core.SettingsPageView
import app.belay.core.SettingsView
import app.belay.ui.Route
import app.belay.ui.ScrollingScreen
import app.belay.ui.kit.BelayIcons
import app.belay.ui.kit.Body
import app.belay.ui.kit.Caption
import app.belay.ui.kit.Card
import app.belay.ui.kit.Chip
import app.belay.ui.kit.Chips
import app.belay.ui.kit.FieldRow
import app.belay.ui.kit.Heading
import app.belay.ui.kit.LinkRow
import app.belay.ui.kit.Loaded
import app.belay.ui.kit.ProblemNote
import app.belay.ui.kit.Quiet
import app.belay.ui.kit.QuietButton
import app.belay.ui.kit.Sentence
import app.belay.ui.kit.SwitchRow
import app.belay.ui.kit.flush
import app.belay.ui.onboarding.DayStartChips
import app.belay.ui.theme.Space
import app.belay.words.Words
import app.belay.words.wordsLanguages

private const val MINUTE = 60
private val HOLDS = listOf(0, 10, 60, 600)

/** Settings, behind the own name on People. */
@Composable
fun SettingsScreen(model: SettingsModel) {
    val words = model.services.words
    ScrollingScreen(model.services) {
        Loaded(words, model.page.state, model.page::reload) { page ->
            val view = page.settings
            Column(verticalArrangement = Arrangement.spacedBy(Space.xl)) {
                Sentence(words.settingsTitle)
                model.other.problem?.let { ProblemNote(it) }
                Part(words.settingsAboutYou) { Name(model, view) }
                Part(words.settingsDayAndTime) { DayAndTime(model, view) }
                Part(words.settingsSharing) { Sharing(model, page) }
                Part(words.settingsLanguage) { Languages(model) }
                Part(words.settingsSafetyTitle) { Safety(model) }
                LinkRow(
                    words.settingsDelete,
                    { model.go(Route.DeleteEverything) },
                    note = words.settingsDeleteHelp,
                    icon = BelayIcons.delete
                )
            }
        }
    }
}

@Composable
private fun Part(title: String, content: @Composable ColumnScope.() -> Unit) {
    Column(verticalArrangement = Arrangement.spacedBy(Space.s)) {
        Heading(title)
        Card(content = content)
    }
}

@Composable
private fun Name(model: SettingsModel, view: SettingsView) {
    val words = model.services.words
    val kept = view.settings.displayName.orEmpty()
    FieldRow(
        words.settingsNameLabel,
        model.typedName ?: kept,
        { model.typedName = it },
        singleLine = true,
        problem = model.name.problem?.title
    )
    Quiet(words.settingsNameHelp)
    if (model.typedName != null && model.typedName != kept) {
        QuietButton(words.settingsSave, model::saveName, Modifier.flush(), enabled = !model.name.busy)
    }
}

@Composable
private fun DayAndTime(model: SettingsModel, view: SettingsView) {
    val words = model.services.words
    val settings = view.settings
    Body(words.settingsDayStart)
    DayStartChips(words, model.services.formats::localTime, settings.dayStart.toInt(), model::setDayStart)
    Quiet(words.onboardingDayStartHelp)
    Body(words.settingsZone)
    Quiet(words.settingsZoneInForce(view.zoneInForce))
    val isFixed = settings.zoneName != null || model.choosesZone
    Chips {
        Chip(words.settingsZoneDevice, !isFixed, { model.followDevice(true) }, single = true)
        Chip(words.settingsZoneFixed, isFixed, { model.followDevice(false) }, single = true)
    }
    if (isFixed) {
        FieldRow(
            words.settingsZoneLabel,
            model.typedZone ?: settings.zoneName.orEmpty(),
            { model.typedZone = it },
            hint = words.settingsZoneHelp,
            singleLine = true,
            problem = model.zone.problem?.title
        )
        if (model.typedZone != null) {
            QuietButton(words.settingsSave, model::saveZone, Modifier.flush(), enabled = !model.zone.busy)
        }
    }
}

@Composable
private fun Sharing(model: SettingsModel, page: SettingsPageView) {
    val words = model.services.words
    val hold = page.settings.settings.holdSeconds.toInt()
    Body(words.settingsHold)
    Chips {
        for (seconds in (HOLDS + hold).distinct().sorted()) {
            Chip(words.hold(seconds), seconds == hold, { model.setHold(seconds) }, single = true)
        }
    }
    Quiet(words.settingsHoldHelp)
    LinkRow(words.settingsRelay, { model.go(Route.RelaySettings) })
    SwitchRow(words.nearbySwitch, page.nearby.on, model::findOthers, enabled = !model.other.busy)
    LinkRow(words.nearbyTitle, { model.go(Route.Nearby) })
    LinkRow(words.carryTitle, { model.go(Route.Bundle) })
    LinkRow(words.settingsDevices, { model.go(Route.OwnDevices) })
    LinkRow(words.settingsTerms, { model.go(Route.Agreement) })
}

private fun Words.hold(seconds: Int): String = when {
    seconds == 0 -> settingsHoldNone
    seconds % MINUTE == 0 -> settingsHoldMinutes(seconds / MINUTE)
    else -> settingsHoldSeconds(seconds)
}

@Composable
private fun Languages(model: SettingsModel) {
    val words = model.services.words
    Chips {
        Chip(words.settingsLanguageDevice, model.language == null, { model.choose(null) }, single = true)
        for ((tag, name) in wordsLanguages) Chip(name, model.language == tag, { model.choose(tag) }, single = true)
    }
}

@Composable
private fun Safety(model: SettingsModel) {
    val words = model.services.words
    if (model.services.platform.canLock) {
        SwitchRow(words.settingsAppLock, model.appLock, model::lock, note = words.settingsAppLockHelp)
    } else {
        Quiet(words.settingsAppLockUnavailable)
    }
    if (model.services.platform.canTell) {
        SwitchRow(words.systemTell, model.tells, model::tell, note = words.systemTellHelp)
    }
    LinkRow(words.recoveryTitle, { model.go(Route.ComeBack) }, icon = BelayIcons.key)
    LinkRow(words.settingsSelfCheck, { model.go(Route.SelfCheck) }, icon = BelayIcons.info)
    Quiet(words.settingsAboutLimits)
    if (words.settingsNotYetReviewed) Caption(words.commonNotYetReviewed)
}
