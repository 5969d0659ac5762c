package app.belay.ui

import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.BoxWithConstraints
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.RowScope
import androidx.compose.foundation.layout.fillMaxHeight
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.imePadding
import androidx.compose.foundation.layout.safeDrawingPadding
import androidx.compose.foundation.layout.widthIn
import androidx.compose.material3.VerticalDivider
import androidx.compose.runtime.Composable
import androidx.compose.runtime.CompositionLocalProvider
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.remember
import androidx.compose.runtime.saveable.rememberSaveableStateHolder
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import app.belay.ui.kit.BottomBar
import app.belay.ui.kit.Rail
import app.belay.ui.kit.UndoBar
import app.belay.ui.settings.RemovedBanner
import app.belay.ui.theme.Belay
import app.belay.ui.theme.Size

/**
 * The whole app over an open store: bar or rail by the width there is, one pane or two, and in them the
 * screens of the navigator's stack, with their [models].
 */
@Composable
fun BelayApp(services: Services, models: ScreenModels = rememberScreenModels(services)) {
    val navigator = services.navigator
    LaunchedEffect(navigator.alive) { models.keep(navigator.alive) }
    CompositionLocalProvider(LocalScreenModels provides models) {
        BoxWithConstraints(Modifier.fillMaxSize().safeDrawingPadding().imePadding()) {
            when {
                maxWidth >= Size.twoPanesFrom -> Wide(services, panes = 2)
                maxWidth >= Size.railFrom -> Wide(services, panes = 1)
                else -> Narrow(services)
            }
            UndoBar(services.words, services.undo, Modifier.align(Alignment.BottomCenter).widthIn(max = Size.measure))
        }
    }
}

@Composable
private fun Narrow(services: Services) {
    val navigator = services.navigator
    Column(Modifier.fillMaxSize()) {
        RemovedBanner(services)
        Pane(services, navigator.current, Modifier.weight(1f).fillMaxWidth())
        // A page that was opened has the whole screen: its own action sits in the thumb's reach.
        if (navigator.stack.size == 1) BottomBar(services.words, navigator.tab, navigator::show)
    }
}

@Composable
private fun Wide(services: Services, panes: Int) {
    val navigator = services.navigator
    Column(Modifier.fillMaxSize()) {
        RemovedBanner(services)
        Row(Modifier.weight(1f)) { Panes(services, navigator, panes) }
    }
}

@Composable
private fun RowScope.Panes(services: Services, navigator: Navigator, panes: Int) {
    Rail(services.words, navigator.tab, navigator::show)
    VerticalDivider(color = Belay.colors.hairline)
    if (panes == 2 && navigator.stack.size > 1) {
        Pane(services, navigator.stack.first(), Modifier.weight(1f).fillMaxHeight(), besideAnother = true)
        VerticalDivider(color = Belay.colors.hairline)
    }
    Pane(services, navigator.current, Modifier.weight(1f).fillMaxHeight())
}

@Composable
private fun Pane(services: Services, route: Route, modifier: Modifier, besideAnother: Boolean = false) {
    val holder = rememberSaveableStateHolder()
    val shown = remember { mutableSetOf<String>() }
    val alive = services.navigator.alive
    LaunchedEffect(alive, route) {
        // What was typed on a page that was left goes with it.
        val gone = shown - alive.mapTo(mutableSetOf(), Route::saved)
        gone.forEach(holder::removeState)
        shown -= gone
        shown += route.saved()
    }
    CompositionLocalProvider(LocalBesideAnother provides besideAnother) {
        Box(modifier) { holder.SaveableStateProvider(route.saved()) { Screen(services, route) } }
    }
}
