package app.belay.ui.theme

import androidx.compose.foundation.shape.RoundedCornerShape
import androidx.compose.material3.ColorScheme
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Shapes
import androidx.compose.material3.Surface
import androidx.compose.material3.Typography
import androidx.compose.material3.darkColorScheme
import androidx.compose.material3.lightColorScheme
import androidx.compose.runtime.Composable
import androidx.compose.runtime.CompositionLocalProvider
import androidx.compose.runtime.ReadOnlyComposable
import androidx.compose.runtime.staticCompositionLocalOf
import androidx.compose.ui.unit.dp

/** The colours of the present theme; the tokens' own names. */
val LocalPalette = staticCompositionLocalOf { lightPalette }

/** Whether things may move: false when the person asked for less motion. */
val LocalMotion = staticCompositionLocalOf { true }

/** Short ways to what the theme holds. */
object Belay {
    val colors: Palette
        @Composable @ReadOnlyComposable
        get() = LocalPalette.current
    val type: BelayType
        @Composable @ReadOnlyComposable
        get() = BelayType
}

/** Paper, ink, and one colour a meaning. */
@Composable
fun BelayTheme(dark: Boolean, reducedMotion: Boolean = false, content: @Composable () -> Unit) {
    val palette = if (dark) darkPalette else lightPalette
    CompositionLocalProvider(LocalPalette provides palette, LocalMotion provides !reducedMotion) {
        MaterialTheme(colorScheme = schemeOf(palette, dark), typography = typography(), shapes = shapes) {
            Surface(color = palette.bg, contentColor = palette.ink, content = content)
        }
    }
}

private fun schemeOf(palette: Palette, dark: Boolean): ColorScheme {
    val base = if (dark) darkColorScheme() else lightColorScheme()
    return base.copy(
        primary = palette.primary,
        onPrimary = palette.onPrimary,
        primaryContainer = palette.primarySoft,
        onPrimaryContainer = palette.onPrimarySoft,
        secondary = palette.rope,
        onSecondary = palette.surface,
        secondaryContainer = palette.ropeSoft,
        onSecondaryContainer = palette.onRopeSoft,
        tertiary = palette.sky,
        tertiaryContainer = palette.skySoft,
        onTertiaryContainer = palette.onSkySoft,
        error = palette.clay,
        errorContainer = palette.claySoft,
        onErrorContainer = palette.onClaySoft,
        background = palette.bg,
        onBackground = palette.ink,
        surface = palette.bg,
        onSurface = palette.ink,
        surfaceVariant = palette.surface2,
        onSurfaceVariant = palette.ink2,
        surfaceContainerLowest = palette.bg,
        surfaceContainerLow = palette.surface,
        surfaceContainer = palette.surface,
        surfaceContainerHigh = palette.surface,
        surfaceContainerHighest = palette.surface2,
        inverseSurface = palette.ink,
        inverseOnSurface = palette.bg,
        inversePrimary = palette.primarySoft,
        outline = palette.line,
        outlineVariant = palette.hairline
    )
}

private fun typography(): Typography = with(BelayType) {
    Typography(
        headlineMedium = display,
        headlineSmall = title,
        titleLarge = title,
        titleMedium = bodyStrong,
        titleSmall = labelStrong,
        bodyLarge = body,
        bodyMedium = label,
        bodySmall = caption,
        labelLarge = labelStrong,
        labelMedium = caption,
        labelSmall = caption
    )
}

private val shapes = Shapes(
    small = RoundedCornerShape(Corner.card),
    medium = RoundedCornerShape(Corner.card),
    large = RoundedCornerShape(Corner.sheet),
    extraLarge = RoundedCornerShape(Corner.sheet),
    extraSmall = RoundedCornerShape(8.dp)
)
