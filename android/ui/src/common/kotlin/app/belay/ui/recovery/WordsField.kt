package app.belay.ui.recovery

import androidx.compose.foundation.text.KeyboardOptions
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.LiveRegionMode
import androidx.compose.ui.semantics.liveRegion
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.text.input.KeyboardCapitalization
import androidx.compose.ui.text.input.KeyboardType
import app.belay.ui.kit.Body
import app.belay.ui.kit.Card
import app.belay.ui.kit.CardTone
import app.belay.ui.kit.FieldRow
import app.belay.ui.kit.QuietButton
import app.belay.ui.kit.flush
import app.belay.words.Words

private const val LINES = 4

/** Where the 24 words are typed, or pieces of them; a slip is named with the word that may have been meant. */
@Composable
fun WordsField(words: Words, typed: WordsTyped, label: String = words.recoveryDrillField) {
    // A keyboard of passwords learns nothing and suggests nothing.
    val silent = KeyboardOptions(
        capitalization = KeyboardCapitalization.None,
        autoCorrectEnabled = false,
        keyboardType = KeyboardType.Password
    )
    FieldRow(label, typed.text, typed::type, minLines = LINES, keyboard = silent)
    val slip = typed.mistyped ?: return
    Card(Modifier.semantics { liveRegion = LiveRegionMode.Polite }, tone = CardTone.SUPPORT) {
        Body(words.recoveryMistyped(slip.position.toString(), slip.nearest))
        QuietButton(words.pairingMistypedUse(slip.nearest), typed::useNearest, Modifier.flush())
    }
}
