package app.belay.ui.theme

import androidx.compose.ui.unit.Dp
import androidx.compose.ui.unit.dp
import app.belay.design.Tokens

/** Distances of the tokens. */
object Space {
    val xs: Dp = Tokens.Spaces.xs.dp
    val s: Dp = Tokens.Spaces.s.dp
    val m: Dp = Tokens.Spaces.m.dp
    val l: Dp = Tokens.Spaces.l.dp
    val xl: Dp = Tokens.Spaces.xl.dp
    val xxl: Dp = Tokens.Spaces.xxl.dp
    val xxxl: Dp = Tokens.Spaces.xxxl.dp
}

/** Corners of the tokens. */
object Corner {
    val card: Dp = Tokens.Corners.card.dp
    val sheet: Dp = Tokens.Corners.sheet.dp
}

/** Sizes that are rules, not taste. */
object Size {
    /** Nothing that is tapped is smaller. */
    val touch: Dp = Tokens.target.dp
    val icon: Dp = 24.dp
    val outline: Dp = 1.dp

    /** A line of text is never wider: about 68 characters. */
    val measure: Dp = 600.dp

    /** From here on a rail stands beside the page instead of a bar below it. */
    val railFrom: Dp = 600.dp

    /** From here on a place and what was opened from it stand side by side. */
    val twoPanesFrom: Dp = 900.dp
}
