package app.belay.ui.pairing

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.size
import androidx.compose.material3.Icon
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.graphics.vector.ImageVector
import androidx.compose.ui.unit.dp
import app.belay.ui.Route
import app.belay.ui.ScrollingScreen
import app.belay.ui.kit.BelayIcons
import app.belay.ui.kit.Card
import app.belay.ui.kit.CardTone
import app.belay.ui.kit.Loaded
import app.belay.ui.kit.PrimaryButton
import app.belay.ui.kit.Quiet
import app.belay.ui.kit.Sentence
import app.belay.ui.theme.Belay
import app.belay.ui.theme.Space
import app.belay.ui.value

private val BIG_ICON = 32.dp

/** Adding a person: two big choices, once what they need before the first sharing is there. */
@Composable
fun PairScreen(model: NeedsModel) {
    val services = model.services
    val words = services.words
    val asks = model.people.state.value != null && !model.isReady
    ScrollingScreen(services, title = words.pairingTitle, foot = if (asks) ({ GoOn(model) }) else null) {
        Loaded(words, model.people.state, model.people::reload) { people ->
            if (model.isReady) Choices(model) else Needs(model, people)
        }
    }
}

@Composable
private fun Choices(model: NeedsModel) {
    val words = model.services.words
    Column(verticalArrangement = Arrangement.spacedBy(Space.l)) {
        Sentence(words.pairingIntro)
        BigChoice(BelayIcons.scan, words.pairingTogether, words.pairingTogetherHelp) {
            model.services.navigator.go(Route.PairTogether)
        }
        BigChoice(BelayIcons.phone, words.pairingApart, words.pairingApartHelp) {
            model.services.navigator.go(Route.PairApart)
        }
    }
}

/** A choice that fills the hand: a drawing, a title, a sentence. */
@Composable
fun BigChoice(icon: ImageVector, title: String, help: String, onChoose: () -> Unit) {
    Card(tone = CardTone.PLAIN, onClick = onChoose) {
        Row(horizontalArrangement = Arrangement.spacedBy(Space.l), verticalAlignment = Alignment.CenterVertically) {
            Icon(icon, contentDescription = null, Modifier.size(BIG_ICON), tint = Belay.colors.primary)
            Column(Modifier.weight(1f), verticalArrangement = Arrangement.spacedBy(Space.xs)) {
                Text(title, style = Belay.type.title)
                Quiet(help)
            }
        }
    }
}
