package app.belay.ui.pairing

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.runtime.Composable
import app.belay.core.InviteBy
import app.belay.ui.OnBack
import app.belay.ui.ScrollingScreen
import app.belay.ui.kit.BelayIcons
import app.belay.ui.kit.Loading
import app.belay.ui.kit.ProblemNote
import app.belay.ui.kit.Sentence
import app.belay.ui.theme.Space

/** Two people in different places: make four words or a link, or take up those of the other. */
@Composable
fun ApartScreen(model: ApartModel) {
    val words = model.services.words
    val needs = model.needs
    OnBack(needs != null, model::notNow)
    ScrollingScreen(model.services, title = words.pairingTitle, foot = needs?.let { { GoOn(it) } }) {
        if (needs != null) return@ScrollingScreen AskedFirst(needs)
        Column(verticalArrangement = Arrangement.spacedBy(Space.l)) {
            Sentence(words.pairingApart)
            BigChoice(BelayIcons.phone, words.pairingWordsMake, words.pairingWordsMakeHelp) {
                model.make(InviteBy.WORDS)
            }
            BigChoice(BelayIcons.share, words.pairingLinkMake, words.pairingLinkMakeHelp) { model.make(InviteBy.LINK) }
            BigChoice(BelayIcons.edit, words.pairingHaveWords, words.pairingAcceptHelp, model::enter)
            if (model.act.busy) Loading(words)
            model.act.problem?.let { ProblemNote(it) }
        }
    }
}
