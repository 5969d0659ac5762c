package app.belay.ui

import androidx.compose.runtime.Composable
import androidx.compose.runtime.DisposableEffect
import androidx.compose.runtime.compositionLocalOf
import androidx.compose.runtime.remember
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.SupervisorJob
import kotlinx.coroutines.cancel
import kotlinx.coroutines.job
import kotlinx.coroutines.plus

/** The models of the screens one can come back to: each lives as long as its route is in a stack. */
class ScreenModels(private val services: Services) {
    private class Kept(val model: Any, val scope: CoroutineScope)

    private val kept = mutableMapOf<Route, Kept>()

    /** The model of [route], made by [make] the first time with a scope that ends with the screen. */
    @Suppress("UNCHECKED_CAST") // one route has one screen, and one screen one kind of model
    fun <M : Any> of(route: Route, make: (CoroutineScope) -> M): M = kept.getOrPut(route) {
        val scope = services.scope + SupervisorJob(services.scope.coroutineContext.job)
        Kept(make(scope), scope)
    }.model as M

    /** Lets go of models whose screens are in no stack any more. */
    fun keep(alive: Set<Route>) {
        val gone = kept.keys - alive
        for (route in gone) kept.remove(route)?.scope?.cancel()
    }

    /** Lets go of all. */
    fun clear() = keep(emptySet())
}

/** Models that go when nothing is shown with them any more. */
@Composable
fun rememberScreenModels(services: Services): ScreenModels {
    val models = remember(services) { ScreenModels(services) }
    DisposableEffect(models) { onDispose { models.clear() } }
    return models
}

/** The models of the app that is shown. */
val LocalScreenModels = compositionLocalOf<ScreenModels?> { null }

/** The model of the screen at [route]; kept while one goes on and comes back. */
@Composable
fun <M : Any> screenModel(route: Route, make: (CoroutineScope) -> M): M {
    val models = checkNotNull(LocalScreenModels.current) { "screens are shown inside BelayApp" }
    return remember(route, models) { models.of(route, make) }
}
