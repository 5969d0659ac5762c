package app.belay.ui.onboarding

import androidx.compose.runtime.Composable
import androidx.compose.runtime.DisposableEffect
import androidx.compose.runtime.remember
import app.belay.core.BelayCoreInterface
import app.belay.ui.BelayApp
import app.belay.ui.HandOver
import app.belay.ui.Navigator
import app.belay.ui.OnBack
import app.belay.ui.Services

/**
 * Belay from its first moment: begins, opens, or says what is in the way; then the app over the open store,
 * until everything in it is deleted. [locked] is Help now without a store.
 */
@Composable
fun BelayRoot(model: OpeningModel, navigator: Navigator, handOver: HandOver = HandOver(), onHelp: () -> Unit) {
    when (val state = model.state) {
        is Opening.Open -> OpenStore(model, state.core, navigator, handOver)

        Opening.Welcome -> {
            val onboarding = remember(model) {
                OnboardingModel(model.door, model.shell, model.shell.scope, model::take)
            }
            OnboardingScreen(onboarding, onHelp)
        }

        else -> OpeningScreen(model, onHelp)
    }
}

@Composable
private fun OpenStore(model: OpeningModel, core: BelayCoreInterface, navigator: Navigator, handOver: HandOver) {
    val services = remember(core) { Services(core, model.shell, navigator, model::closed, handOver) }
    DisposableEffect(services) { onDispose { services.close() } }
    OnBack(navigator.canGoBack) { navigator.back() }
    BelayApp(services)
}
