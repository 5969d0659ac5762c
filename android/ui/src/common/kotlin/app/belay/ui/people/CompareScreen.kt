package app.belay.ui.people

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import app.belay.core.PartnerView
import app.belay.ui.ScrollingScreen
import app.belay.ui.kit.Body
import app.belay.ui.kit.Caption
import app.belay.ui.kit.Card
import app.belay.ui.kit.CardTitle
import app.belay.ui.kit.CardTone
import app.belay.ui.kit.ComparisonWords
import app.belay.ui.kit.EqualChoices
import app.belay.ui.kit.Loaded
import app.belay.ui.kit.PrimaryButton
import app.belay.ui.kit.ProblemNote
import app.belay.ui.kit.Quiet
import app.belay.ui.kit.QuietButton
import app.belay.ui.kit.Sentence
import app.belay.ui.near.NearbyCard
import app.belay.ui.theme.Space
import app.belay.ui.value

/** Four words, one question, two answers of the same weight. */
@Composable
fun CompareScreen(model: CompareModel) {
    val services = model.services
    val isThere = model.partner.state.value != null
    ScrollingScreen(services, foot = if (isThere) ({ Answers(model) }) else null) {
        Loaded(services.words, model.partner.state, model.partner::reload) { partner ->
            Column(verticalArrangement = Arrangement.spacedBy(Space.l)) {
                Sentence(services.words.pairingCompareTitle)
                ComparisonWords(partner.comparisonWords)
                model.act.problem?.let { ProblemNote(it) }
                Outcome(model, partner)
            }
        }
    }
}

@Composable
private fun Outcome(model: CompareModel, partner: PartnerView) {
    val words = model.services.words
    when (model.same) {
        null -> {
            CardTitle(words.pairingCompareQuestion)
            Quiet(words.pairingCompareWhy)
            Caption(words.pairingCompareDigits(partner.comparisonDigits))
        }

        true -> {
            Card(tone = CardTone.MINE) { Body(words.pairingCompareDoneSame(model.name)) }
            if (model.hasNoRelay) NearbyCard(model.services, words.nearbyKeepOn)
        }

        false -> Card(tone = CardTone.STOP) { Body(words.pairingCompareDoneDifferent(model.name)) }
    }
}

@Composable
private fun Answers(model: CompareModel) {
    val words = model.services.words
    if (model.same == true) {
        PrimaryButton(words.pairingCompareToPage(model.name), model::toPage)
        return
    }
    EqualChoices(
        words.pairingCompareNo,
        { model.answer(false) },
        words.pairingCompareYes,
        { model.answer(true) },
        enabled = !model.act.busy
    )
    QuietButton(
        if (model.same == null) words.pairingCompareLater else words.pairingCompareToPage(model.name),
        model::toPage,
        Modifier.fillMaxWidth()
    )
}
