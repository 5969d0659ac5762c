package app.belay.ui.settings

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.text.selection.SelectionContainer
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import app.belay.ui.kit.BelayIcons
import app.belay.ui.kit.Body
import app.belay.ui.kit.Card
import app.belay.ui.kit.CardActions
import app.belay.ui.kit.CardTone
import app.belay.ui.kit.ChoiceButton
import app.belay.ui.kit.ProblemNote
import app.belay.ui.kit.Quiet
import app.belay.ui.kit.QuietButton
import app.belay.ui.kit.StateLine
import app.belay.ui.theme.Space
import app.belay.words.Words

/** The way to hand over to a device that comes back in this room, and how that goes. */
@Composable
internal fun HandingOverPart(words: Words, handing: HandingOver) {
    Column(verticalArrangement = Arrangement.spacedBy(Space.xs)) {
        if (handing.isOn) {
            Waiting(words, handing)
        } else {
            ChoiceButton(words.handOverBegin, handing::start, Modifier.fillMaxWidth())
            Quiet(words.handOverHelp)
        }
        handing.problem?.let { ProblemNote(it) }
    }
}

@Composable
private fun Waiting(words: Words, handing: HandingOver) {
    Card(tone = CardTone.SUPPORT) {
        StateLine(BelayIcons.near, words.handOverWaiting)
        handing.address?.let { address ->
            Quiet(words.handOverAddressHere)
            SelectionContainer { Body(address) }
        }
        if (handing.met) StateLine(BelayIcons.check, words.handOverCame)
        CardActions { QuietButton(words.pairingStop, handing::stop) }
    }
}
