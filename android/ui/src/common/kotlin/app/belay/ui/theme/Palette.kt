package app.belay.ui.theme

import androidx.compose.ui.graphics.Color
import app.belay.design.Palette as TokenPalette
import app.belay.design.Tokens

/** The colours of one theme, named as the tokens are. Text and ground pairs are checked where the tokens are made. */
class Palette(tokens: TokenPalette) {
    val bg = Color(tokens.bg)
    val surface = Color(tokens.surface)
    val surface2 = Color(tokens.surface2)
    val ink = Color(tokens.ink)
    val ink2 = Color(tokens.ink2)
    val line = Color(tokens.line)
    val primary = Color(tokens.primary)
    val onPrimary = Color(tokens.onPrimary)
    val primarySoft = Color(tokens.primarySoft)
    val onPrimarySoft = Color(tokens.onPrimarySoft)
    val rope = Color(tokens.rope)
    val ropeSoft = Color(tokens.ropeSoft)
    val onRopeSoft = Color(tokens.onRopeSoft)
    val sky = Color(tokens.sky)
    val skySoft = Color(tokens.skySoft)
    val onSkySoft = Color(tokens.onSkySoft)
    val clay = Color(tokens.clay)
    val claySoft = Color(tokens.claySoft)
    val onClaySoft = Color(tokens.onClaySoft)

    /** What stands on [clay]. */
    val onClay = bg

    /** Between things that are apart anyhow: it carries no meaning, so it may be faint. */
    val hairline = surface2

    /** Behind a sheet. */
    val shade = Color.Black
    private val moods = tokens.moods.map { Color(it) }

    /** The colour of a step of the scale, 1 to 5. */
    fun mood(step: Int): Color = moods[step - 1]
}

/** Warm paper by day. */
val lightPalette = Palette(Tokens.light)

/** The same by night. */
val darkPalette = Palette(Tokens.dark)
