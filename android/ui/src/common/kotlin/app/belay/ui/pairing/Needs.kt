package app.belay.ui.pairing

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.runtime.Composable
import app.belay.core.PeopleView
import app.belay.ui.kit.Body
import app.belay.ui.kit.Caption
import app.belay.ui.kit.Card
import app.belay.ui.kit.CardTone
import app.belay.ui.kit.FieldRow
import app.belay.ui.kit.Heading
import app.belay.ui.kit.Loaded
import app.belay.ui.kit.PrimaryButton
import app.belay.ui.kit.ProblemNote
import app.belay.ui.kit.Quiet
import app.belay.ui.kit.Sentence
import app.belay.ui.kit.SwitchRow
import app.belay.ui.settings.RelayForm
import app.belay.ui.theme.Space
import app.belay.words.Words

/** What is still missing before the first sharing; nothing that is there already is asked again. */
@Composable
fun Needs(model: NeedsModel, people: PeopleView) {
    val words = model.services.words
    Column(verticalArrangement = Arrangement.spacedBy(Space.xl)) {
        Sentence(words.pairingNeedsTitle)
        if (model.asksName(people)) {
            Field(words.pairingNeedsNameHelp) {
                FieldRow(words.pairingNeedsNameLabel, model.name, { model.name = it }, singleLine = true)
            }
        }
        if (model.asksRelay(people)) {
            Field(words.pairingNeedsRelayHelp) { RelayField(words, model.relay, words.pairingNeedsRelayLabel) }
        }
        if (people.agreement.needed) Terms(model, words, people.agreement.minimumAgeYears.toString())
        model.act.problem?.let { ProblemNote(it) }
    }
}

/** [Needs] where something was begun already: an invitation waits behind it. */
@Composable
fun AskedFirst(model: NeedsModel) =
    Loaded(model.services.words, model.people.state, model.people::reload) { Needs(model, it) }

/** Goes on once everything that is asked for was given. */
@Composable
fun GoOn(model: NeedsModel) =
    PrimaryButton(model.services.words.pairingGoOn, model::goOn, enabled = model.canGoOn && !model.act.busy)

/** The address of a relay, and the question about one that is not encrypted on the way. */
@Composable
fun RelayField(words: Words, form: RelayForm, label: String) {
    FieldRow(label, form.address, form::type, hint = "https://", singleLine = true)
    if (form.asksPlainHttp) {
        Card(tone = CardTone.STOP) {
            Body(words.pairingPlainHttp)
            SwitchRow(words.pairingPlainHttpYes, form.allowsPlainHttp, { form.allowsPlainHttp = it })
        }
    }
}

@Composable
private fun Field(help: String, field: @Composable () -> Unit) {
    Column(verticalArrangement = Arrangement.spacedBy(Space.xs)) {
        field()
        Quiet(help)
    }
}

@Composable
private fun Terms(model: NeedsModel, words: Words, years: String) {
    Column(verticalArrangement = Arrangement.spacedBy(Space.m)) {
        Heading(words.pairingNeedsTermsTitle)
        TermsText(words)
        SwitchRow(words.pairingNeedsTerms, model.agrees, { model.agrees = it })
        Heading(words.pairingNeedsAgeTitle)
        SwitchRow(words.pairingNeedsAge(years), model.isOldEnough, { model.isOldEnough = it })
    }
}

/** The terms themselves. */
@Composable
fun TermsText(words: Words) {
    Card(tone = CardTone.WELL) {
        for (term in terms(words)) Body(term)
        if (words.pairingNotYetReviewed) Caption(words.commonNotYetReviewed)
    }
}

private fun terms(words: Words): List<String> = listOf(
    words.pairingTermsKind,
    words.pairingTermsNoHarm,
    words.pairingTermsWaysOut,
    words.pairingTermsLimits,
    words.pairingTermsNotTreatment
)
