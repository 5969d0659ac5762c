package app.belay.ui.testkit

import androidx.compose.runtime.Composable
import androidx.compose.runtime.CompositionLocalProvider
import androidx.compose.ui.ImageComposeScene
import androidx.compose.ui.platform.LocalLayoutDirection
import androidx.compose.ui.unit.Density
import androidx.compose.ui.unit.LayoutDirection
import androidx.compose.ui.use
import app.belay.core.BelayCoreInterface
import app.belay.ui.BelayApp
import app.belay.ui.Navigator
import app.belay.ui.Route
import app.belay.ui.Services
import app.belay.ui.Shell
import app.belay.ui.theme.BelayTheme
import app.belay.words.Words
import app.belay.words.WordsDe
import app.belay.words.WordsEn
import app.belay.words.WordsPseudo
import java.io.File
import java.util.Locale
import org.jetbrains.skia.EncodedImageFormat
import org.jetbrains.skia.Image

/** Pixels of a dp; `-Dshots.density=1` draws small pictures. */
private val density = System.getProperty("shots.density")?.toFloat() ?: 2f
private const val FIRST_FRAME = 0L
private const val FRAMES = 12
private const val FRAME_NS = 100_000_000L

/** One way to look at a screen. */
enum class Variant(
    val words: Words = WordsEn,
    val locale: Locale = Locale.UK,
    val dark: Boolean = false,
    val fontScale: Float = 1f,
    val direction: LayoutDirection = LayoutDirection.Ltr,
    val widthDp: Int = 412,
    val heightDp: Int = 915
) {
    LIGHT,
    DARK(dark = true),
    LARGE(fontScale = 2f),
    DE(words = WordsDe, locale = Locale.GERMANY),
    LARGE_DE(words = WordsDe, locale = Locale.GERMANY, fontScale = 2f),
    PSEUDO(words = WordsPseudo),
    RTL(direction = LayoutDirection.Rtl),
    TABLET(widthDp = 1280, heightDp = 800)
}

/** A picture to take: what is shown is made anew for each [Variant]. */
class Shot(val name: String, val content: @Composable (Shell) -> Unit)

/** Every picture there is. A screen's author registers here, in an `add` of an own file (see [screenShots]). */
object Shots {
    /** All pictures, by name. */
    val all: List<Shot> by lazy { screenShots.flatten().sortedBy(Shot::name) }

    /** The whole app at [route], over what [core] says. */
    fun app(name: String, core: () -> BelayCoreInterface, vararg route: Route): Shot = Shot(name) { shell ->
        BelayApp(Services(core(), shell, Navigator().apply { route.forEach(::go) }))
    }

    /** Draws [shot] as [variant] and returns the picture, written to target/screens. */
    fun draw(shot: Shot, variant: Variant): File {
        val out = File("target/screens/${shot.name}-${variant.name.lowercase()}.png")
        out.parentFile.mkdirs()
        out.writeBytes(checkNotNull(render(shot, variant).encodeToData(EncodedImageFormat.PNG)).bytes)
        return out
    }

    private fun render(shot: Shot, variant: Variant): Image {
        val shell = testShell(variant.words, variant.locale)
        return ImageComposeScene(
            width = (variant.widthDp * density).toInt(),
            height = (variant.heightDp * density).toInt(),
            density = Density(density, variant.fontScale)
        ) {
            CompositionLocalProvider(LocalLayoutDirection provides variant.direction) {
                BelayTheme(variant.dark) { shot.content(shell) }
            }
        }.use { scene ->
            var image = scene.render(FIRST_FRAME)
            // Some frames later everything that loads at once is there, and nothing moves.
            for (frame in 1..FRAMES) image = scene.render(frame * FRAME_NS)
            image
        }
    }
}
