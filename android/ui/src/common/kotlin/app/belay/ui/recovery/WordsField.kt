package app.belay.ui.recovery

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.text.KeyboardOptions
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.LiveRegionMode
import androidx.compose.ui.semantics.liveRegion
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.text.input.KeyboardCapitalization
import androidx.compose.ui.text.input.KeyboardType
import app.belay.core.TypedWordsVerdict
import app.belay.core.TypedWordsView
import app.belay.ui.kit.BelayIcons
import app.belay.ui.kit.Body
import app.belay.ui.kit.Card
import app.belay.ui.kit.CardActions
import app.belay.ui.kit.CardTone
import app.belay.ui.kit.FieldRow
import app.belay.ui.kit.Quiet
import app.belay.ui.kit.QuietButton
import app.belay.ui.kit.StateLine
import app.belay.ui.theme.Belay
import app.belay.ui.theme.Space
import app.belay.words.Words

private const val LINES = 4

/** Slips that are shown at once; the next ones follow when these are put right. */
private const val SLIPS_SHOWN = 2

/** Where the 24 words are typed, or pieces of them; what is wrong with them is said while they are typed. */
@Composable
fun WordsField(words: Words, typed: WordsTyped, label: String = words.recoveryDrillField) {
    // A keyboard of passwords learns nothing and suggests nothing.
    val silent = KeyboardOptions(
        capitalization = KeyboardCapitalization.None,
        autoCorrectEnabled = false,
        keyboardType = KeyboardType.Password
    )
    Column(verticalArrangement = Arrangement.spacedBy(Space.s)) {
        FieldRow(label, typed.text, typed::type, minLines = LINES, keyboard = silent)
        typed.looks?.let { Looks(words, typed, it) }
    }
}

@Composable
private fun Looks(words: Words, typed: WordsTyped, looks: TypedWordsView) {
    when (looks.verdict) {
        TypedWordsVerdict.GO_ON -> Quiet(words.restoreWordsSoFar(looks.typed.toInt()))

        TypedWordsVerdict.MISTYPED -> Slips(words, typed)

        TypedWordsVerdict.TOO_MANY -> StateLine(
            BelayIcons.info,
            words.restoreWordsTooMany((looks.typed - looks.needed).toInt()),
            said(),
            Belay.colors.clay
        )

        TypedWordsVerdict.WRONG_TOGETHER ->
            StateLine(BelayIcons.info, words.restoreWordsTogether, said(), Belay.colors.clay)

        TypedWordsVerdict.WHOLE ->
            StateLine(BelayIcons.check, words.restoreWordsRight, said(), Belay.colors.primary)
    }
}

@Composable
private fun Slips(words: Words, typed: WordsTyped) {
    for (slip in typed.mistyped.take(SLIPS_SHOWN)) {
        Card(said(), tone = CardTone.SUPPORT) {
            Body(words.recoveryMistyped(slip.position.toString(), slip.nearest))
            CardActions { QuietButton(words.pairingMistypedUse(slip.nearest), { typed.useNearest(slip) }) }
        }
    }
}

private fun said() = Modifier.semantics { liveRegion = LiveRegionMode.Polite }
