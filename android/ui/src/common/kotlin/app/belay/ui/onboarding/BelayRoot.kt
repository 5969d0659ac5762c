package app.belay.ui.onboarding

import androidx.compose.runtime.Composable
import androidx.compose.runtime.DisposableEffect
import androidx.compose.runtime.remember
import app.belay.core.BelayCoreInterface
import app.belay.ui.BelayApp
import app.belay.ui.Navigator
import app.belay.ui.Services

/**
 * Belay from its first moment: begins, opens, or says what is in the way; then the app over the open store,
 * until everything in it is deleted. [locked] is Help now without a store.
 */
@Composable
fun BelayRoot(model: OpeningModel, navigator: Navigator, onHelp: () -> Unit) {
    when (val state = model.state) {
        is Opening.Open -> OpenStore(model, state.core, navigator)

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
private fun OpenStore(model: OpeningModel, core: BelayCoreInterface, navigator: Navigator) {
    val services = remember(core) { Services(core, model.shell, navigator, model::closed) }
    DisposableEffect(services) { onDispose { services.close() } }
    BelayApp(services)
}
