package app.belay.ui.settings

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.runtime.Composable
import app.belay.ui.ScrollingScreen
import app.belay.ui.kit.Loaded
import app.belay.ui.kit.Quiet
import app.belay.ui.kit.Sentence
import app.belay.ui.pairing.NeedsModel
import app.belay.ui.pairing.TermsText
import app.belay.ui.theme.Space

/** The terms to read again, and when they were agreed to. */
@Composable
fun AgreementScreen(model: NeedsModel) {
    val services = model.services
    val words = services.words
    ScrollingScreen(services) {
        Loaded(words, model.people.state, model.people::reload) { people ->
            Column(verticalArrangement = Arrangement.spacedBy(Space.l)) {
                Sentence(words.pairingNeedsTermsTitle)
                TermsText(words)
                val agreed = people.agreement.agreedAtMs
                Quiet(
                    if (agreed == null) {
                        words.pairingTermsNotAgreed
                    } else {
                        words.pairingTermsAgreed(services.formats.shortDay(services.formats.dayOf(agreed)))
                    }
                )
                Quiet(words.pairingTermsVersion(people.agreement.termsVersion.toString()))
            }
        }
    }
}
