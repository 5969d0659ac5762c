package app.belay.ui.help

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.rememberScrollState
import androidx.compose.foundation.verticalScroll
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.LiveRegionMode
import androidx.compose.ui.semantics.clearAndSetSemantics
import androidx.compose.ui.semantics.liveRegion
import androidx.compose.ui.semantics.semantics
import app.belay.core.CrisisLineView
import app.belay.core.HelpNowView
import app.belay.core.TrustedPersonView
import app.belay.ui.Shell
import app.belay.ui.kit.BelayIcons
import app.belay.ui.kit.Body
import app.belay.ui.kit.Caption
import app.belay.ui.kit.Card
import app.belay.ui.kit.CardActions
import app.belay.ui.kit.CardTitle
import app.belay.ui.kit.CardTone
import app.belay.ui.kit.FieldRow
import app.belay.ui.kit.Heading
import app.belay.ui.kit.LinkRow
import app.belay.ui.kit.Loaded
import app.belay.ui.kit.Page
import app.belay.ui.kit.PrimaryButton
import app.belay.ui.kit.Quiet
import app.belay.ui.kit.QuietButton
import app.belay.ui.kit.Sheet
import app.belay.ui.kit.TopBar
import app.belay.ui.theme.Space

/** Help now. Needs a shell only: it is the same page whether a store is open or locked. */
@Composable
fun HelpScreen(shell: Shell, model: HelpModel, onBack: (() -> Unit)?) {
    val words = shell.words
    Box(Modifier.fillMaxSize()) {
        // Behind a sheet nothing is read out: it would be read as if it could be reached.
        val behind = if (model.picking == null) Modifier else Modifier.clearAndSetSemantics { }
        Column(Modifier.fillMaxSize().then(behind)) {
            TopBar(words, words.helpTitle, onHelp = null, onBack = onBack)
            Column(Modifier.weight(1f).verticalScroll(rememberScrollState())) {
                Page { Loaded(words, model.state, model::reload) { page -> Help(shell, model, page) } }
            }
        }
        if (model.picking != null) Countries(shell, model)
    }
}

@Composable
private fun Help(shell: Shell, model: HelpModel, page: HelpNowView) {
    val words = shell.words
    Column(verticalArrangement = Arrangement.spacedBy(Space.m)) {
        model.said?.let { Body(it, Modifier.semantics { liveRegion = LiveRegionMode.Polite }) }
        Own(shell, model, page)
        Emergency(shell, model, page)
        Grounding(shell, model)
        Lines(shell, model, page)
        Body(words.helpWhatBelayIsNot)
        Quiet(words.helpPrivate)
        if (words.helpNotYetReviewed) Caption(words.commonNotYetReviewed)
    }
}

@Composable
private fun Own(shell: Shell, model: HelpModel, page: HelpNowView) {
    val words = shell.words
    val choose = model.choosePeople
    Heading(words.helpOwnTitle)
    for (person in page.own) OwnPerson(shell, model, person)
    when {
        model.hidesOwn(page) -> Quiet(words.helpOwnHiddenLocked)
        page.own.isEmpty() -> Quiet(words.helpOwnEmpty)
    }
    if (choose != null) CardActions { QuietButton(words.helpOwnEdit, choose, icon = BelayIcons.people) }
}

@Composable
private fun OwnPerson(shell: Shell, model: HelpModel, person: TrustedPersonView) {
    val words = shell.words
    Card(tone = CardTone.SUPPORT) {
        val action = if (person.dial == null) words.commonCopy else words.helpCall(person.name)
        PrimaryButton(action, { model.reach(person) })
        Quiet(
            listOfNotNull(
                person.name.takeIf {
                    person.dial == null
                },
                person.address,
                person.note
            ).joinToString(" · ")
        )
    }
}

@Composable
private fun Emergency(shell: Shell, model: HelpModel, page: HelpNowView) {
    val words = shell.words
    Heading(words.helpEmergencyTitle, Modifier.padding(top = Space.s))
    if (page.emergency.isEmpty()) Quiet(words.helpEmergencyNone)
    for (line in page.emergency) LineCard(shell, model, line, CardTone.STOP)
}

@Composable
private fun Grounding(shell: Shell, model: HelpModel) {
    Card(Modifier.padding(top = Space.s), tone = CardTone.WELL) {
        LinkRow(shell.words.helpGroundingTitle, model.ground, note = shell.words.helpGroundingLead)
    }
}

@Composable
private fun Lines(shell: Shell, model: HelpModel, page: HelpNowView) {
    val words = shell.words
    val country = page.country?.let(model::name)
    Heading(country?.let(words::helpLinesTitle) ?: words.helpCountryUnknown, Modifier.padding(top = Space.s))
    Body(words.helpNumbersChange)
    if (country != null && page.lines.isEmpty()) Quiet(words.helpLinesNone)
    for (line in page.lines) LineCard(shell, model, line, CardTone.PLAIN)
    if (page.more.isNotEmpty()) Heading(words.helpLinesMore, Modifier.padding(top = Space.s))
    for (line in page.more) LineCard(shell, model, line, CardTone.PLAIN)
    if (page.hiddenAsOld > 0u) Quiet(words.helpHiddenAsOld)
    LinkRow(
        country?.let(words::helpCountry) ?: words.helpCountryUnknown,
        model::pick,
        icon = BelayIcons.search
    )
    Heading(words.helpDirectoryTitle, Modifier.padding(top = Space.s))
    Quiet(words.helpDirectoryBody)
    for (line in page.directory) LineCard(shell, model, line, CardTone.PLAIN)
}

@Composable
private fun LineCard(shell: Shell, model: HelpModel, line: CrisisLineView, tone: CardTone) {
    val words = shell.words
    Card(tone = tone) {
        CardTitle(line.organisation)
        Reach(shell, model, line)
        for (fact in facts(words, line)) Quiet(fact)
        Caption(dated(shell, line))
        if (line.readWithCare) Body(words.helpReadWithCare)
        val open = line in model.unfolded
        CardActions {
            QuietButton(if (open) words.helpSourcesHide else words.helpSourcesShow, { model.toggleSources(line) })
        }
        if (open) for (source in line.sources) Caption(source)
    }
}

@Composable
private fun Reach(shell: Shell, model: HelpModel, line: CrisisLineView) {
    val words = shell.words
    val text = when {
        line.dial != null -> words.helpCallNumber(line.address)
        line.textTo != null -> words.helpWriteTo(line.address)
        else -> line.address
    }
    PrimaryButton(text, { model.reach(line) })
}

/** Finds a country by its name. */
@Composable
private fun Countries(shell: Shell, model: HelpModel) {
    val words = shell.words
    Sheet(words, words.helpCountryUnknown, model::closeCountries) {
        FieldRow(words.helpCountrySearch, model.search, model::search, singleLine = true)
        val found = model.found()
        if (found.isEmpty()) Body(words.helpCountryNone)
        Column { for (country in found) LinkRow(country.name, { model.choose(country) }) }
    }
}
