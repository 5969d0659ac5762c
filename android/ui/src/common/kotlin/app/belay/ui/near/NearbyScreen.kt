package app.belay.ui.near

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.runtime.Composable
import androidx.compose.runtime.remember
import androidx.compose.runtime.rememberCoroutineScope
import app.belay.core.MetDeviceView
import app.belay.core.NearbyView
import app.belay.ui.ScrollingScreen
import app.belay.ui.Services
import app.belay.ui.kit.BelayIcons
import app.belay.ui.kit.Body
import app.belay.ui.kit.Card
import app.belay.ui.kit.CardTone
import app.belay.ui.kit.Loaded
import app.belay.ui.kit.ProblemNote
import app.belay.ui.kit.Quiet
import app.belay.ui.kit.Sentence
import app.belay.ui.kit.StateLine
import app.belay.ui.kit.SwitchRow
import app.belay.ui.theme.Space

/** Meeting on one network: the switch, what it means, and who was met. */
@Composable
fun NearbyScreen(model: NearbyModel) {
    val words = model.services.words
    ScrollingScreen(model.services) {
        Loaded(words, model.nearby.state, model.nearby::reload) { nearby ->
            Column(verticalArrangement = Arrangement.spacedBy(Space.l)) {
                Sentence(words.nearbyTitle)
                Card { NearbySwitch(model, nearby) }
                if (nearby.on) WhatGoesOn(model, nearby)
            }
        }
    }
}

/** The switch alone, where two have just met without a relay: [why] it is needed stands above it. */
@Composable
fun NearbyCard(services: Services, why: String) {
    val scope = rememberCoroutineScope()
    val model = remember(services) { NearbyModel(services, scope) }
    Card(tone = CardTone.SUPPORT) {
        Body(why)
        Loaded(services.words, model.nearby.state, model.nearby::reload) { NearbySwitch(model, it) }
    }
}

@Composable
private fun NearbySwitch(model: NearbyModel, nearby: NearbyView) {
    val words = model.services.words
    SwitchRow(words.nearbySwitch, nearby.on, model::switch, enabled = !model.act.busy)
    Quiet(words.nearbySwitchHelp)
    model.act.problem?.let { ProblemNote(it) }
}

@Composable
private fun WhatGoesOn(model: NearbyModel, nearby: NearbyView) {
    val words = model.services.words
    val forbidden = model.forbidden
    if (forbidden == null) StateLine(BelayIcons.clock, words.nearbyLooking) else ProblemNote(forbidden)
    if (model.brokeOff) StateLine(BelayIcons.info, words.nearbyCutShort)
    if (nearby.met.isEmpty()) {
        StateLine(BelayIcons.people, words.nearbyNobodyMet)
    } else {
        Card(tone = CardTone.WELL) { for (met in nearby.met) Met(model.services, met) }
    }
}

@Composable
private fun Met(services: Services, met: MetDeviceView) {
    val (words, at) = services.words to services.formats.ago(met.metAtMs)
    val partner = met.partner
    if (partner == null) {
        StateLine(BelayIcons.device, words.nearbyMetOwn(at))
    } else {
        StateLine(BelayIcons.rope, words.nearbyMetPartner(name = partner.ifBlank { words.peopleNameless }, time = at))
    }
}
