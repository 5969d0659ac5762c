package app.belay.ui.onboarding

import androidx.compose.runtime.Composable
import androidx.compose.runtime.DisposableEffect
import androidx.compose.runtime.remember
import app.belay.ui.BelayApp
import app.belay.ui.HandOver
import app.belay.ui.Navigator
import app.belay.ui.OnBack
import app.belay.ui.Route
import app.belay.ui.ScreenModels
import app.belay.ui.Services

/** What the screens over an open store have: what they are handed, and the models of those one can come back to. */
class OpenStore(val services: Services) : AutoCloseable {
    val models = ScreenModels(services)

    override fun close() {
        models.clear()
        services.close()
    }
}

/**
 * What the screens of the open store have; null while none is open. A window that shows something else for a while
 * - Help now, the lock - remembers it above that, and finds every page as it was left.
 */
@Composable
fun rememberOpenStore(model: OpeningModel, navigator: Navigator, handOver: HandOver = HandOver()): OpenStore? {
    val core = (model.state as? Opening.Open)?.core ?: return null
    val store = remember(core) { OpenStore(Services(core, model.shell, navigator, model::closed, handOver)) }
    DisposableEffect(store) { onDispose { store.close() } }
    return store
}

/**
 * Belay from its first moment: begins, opens, or says what is in the way; then the app over the open store,
 * until everything in it is deleted. [onHelp] shows Help now without a store.
 */
@Composable
fun BelayRoot(
    model: OpeningModel,
    navigator: Navigator,
    handOver: HandOver = HandOver(),
    store: OpenStore? = rememberOpenStore(model, navigator, handOver),
    onHelp: () -> Unit
) {
    when (val state = model.state) {
        is Opening.Open -> if (store != null) {
            OnBack(navigator.canGoBack) { navigator.back() }
            BelayApp(store.services, store.models)
        }

        Opening.Welcome -> OnboardingScreen(model.onboarding, { navigator.go(Route.OwnDevices) }, onHelp)

        is Opening.Waiting -> {
            val back = { state.join.turnBack(model::begin) }
            OnBack(step = back)
            JoinPage(state.join, onHelp, back)
        }

        else -> OpeningScreen(model, onHelp)
    }
}
