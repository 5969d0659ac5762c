package app.belay.ui

import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.ColumnScope
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.rememberScrollState
import androidx.compose.foundation.verticalScroll
import androidx.compose.material3.HorizontalDivider
import androidx.compose.runtime.Composable
import androidx.compose.runtime.compositionLocalOf
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.LocalDensity
import androidx.compose.ui.semantics.clearAndSetSemantics
import app.belay.ui.kit.Page
import app.belay.ui.kit.TopBar
import app.belay.ui.theme.Belay
import app.belay.ui.theme.Space

private const val LARGE_TYPE = 1.3f

/** Whether this is a place with what was opened from it beside it: the way back and Help now stand there, once. */
val LocalBesideAnother = compositionLocalOf { false }

/** The way back where there is one: a place of the bottom bar has none. */
fun Services.backOrNull(): (() -> Unit)? = if (navigator.stack.size > 1) ({ navigator.back() }) else null

/** The top bar of every screen: [title] or the day, back, and Help now. */
@Composable
fun TopBar(services: Services, title: String? = null, onBack: (() -> Unit)? = services.backOrNull()) {
    val today = services.formats.day(services.shell.presentDay.value)
    val beside = LocalBesideAnother.current
    val noHelp = beside || services.navigator.current == Route.HelpNow
    val onHelp = if (noHelp) null else ({ services.navigator.go(Route.HelpNow) })
    TopBar(services.words, title ?: today, onHelp, onBack.takeUnless { beside })
}

/**
 * A screen as nearly all are: the bar, a page that scrolls, below it what stays in the thumb's reach
 * ([foot]), and over all of it a [sheet] where one is open.
 */
@Composable
fun ScrollingScreen(
    services: Services,
    title: String? = null,
    onBack: (() -> Unit)? = services.backOrNull(),
    foot: (@Composable ColumnScope.() -> Unit)? = null,
    sheet: (@Composable () -> Unit)? = null,
    content: @Composable ColumnScope.() -> Unit
) {
    Box(Modifier.fillMaxSize()) {
        // Behind a sheet nothing is read out: it would be read as if it could be reached.
        val page = if (sheet == null) Modifier else Modifier.clearAndSetSemantics { }
        Column(Modifier.fillMaxSize().then(page)) {
            TopBar(services, title, onBack)
            // Large type needs the whole page: what is below it scrolls along then.
            val footStays = LocalDensity.current.fontScale < LARGE_TYPE
            Column(Modifier.weight(1f).fillMaxWidth().verticalScroll(rememberScrollState())) {
                Page(content = content)
                if (foot != null && !footStays) Page(content = foot)
            }
            if (foot != null && footStays) {
                HorizontalDivider(color = Belay.colors.hairline)
                Page(Modifier.padding(top = Space.s), content = foot)
            }
        }
        if (sheet != null) sheet()
    }
}
