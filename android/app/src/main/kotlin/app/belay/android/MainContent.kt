package app.belay.android

import android.content.Intent
import androidx.activity.compose.BackHandler
import androidx.compose.foundation.isSystemInDarkTheme
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.safeDrawingPadding
import androidx.compose.runtime.Composable
import androidx.compose.runtime.CompositionLocalProvider
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.remember
import androidx.compose.runtime.saveable.rememberSaveableStateHolder
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.LocalContext
import androidx.lifecycle.Lifecycle
import androidx.lifecycle.compose.LocalLifecycleOwner
import androidx.lifecycle.repeatOnLifecycle
import app.belay.android.lock.LockScreen
import app.belay.core.BelayCoreInterface
import app.belay.ui.BackSteps
import app.belay.ui.HandOver
import app.belay.ui.LocalBackSteps
import app.belay.ui.Navigator
import app.belay.ui.OnBack
import app.belay.ui.Shell
import app.belay.ui.help.LockedHelpApp
import app.belay.ui.onboarding.BelayRoot
import app.belay.ui.onboarding.Opening
import app.belay.ui.onboarding.OpeningModel
import app.belay.ui.onboarding.rememberOpenStore
import app.belay.ui.theme.BelayTheme
import kotlinx.coroutines.launch

/** What the window shows: Help now above all, then the lock, then Belay from its first moment on. */
@Composable
fun MainContent(
    opening: OpeningModel,
    navigator: Navigator,
    handOver: HandOver,
    belay: BelayApplication,
    showsHelp: Boolean,
    onHelp: (Boolean) -> Unit,
    onUnlock: () -> Unit
) {
    val shell = opening.shell
    val steps = remember { BackSteps() }
    // Above the lock and Help now, under which what was begun stays as it is.
    val store = rememberOpenStore(opening, navigator, handOver)
    val places = rememberSaveableStateHolder()
    BackHandler(steps.any) { steps.back() }
    CompositionLocalProvider(LocalBackSteps provides steps) {
        BelayTheme(isSystemInDarkTheme(), shell.platform.reducedMotion) {
            when {
                showsHelp -> Padded {
                    OnBack { onHelp(false) }
                    LockedHelpApp(
                        shell,
                        belay.storeFolder.path,
                        store?.services?.core?.takeUnless {
                            belay.lock.locked
                        }
                    ) {
                        onHelp(false)
                    }
                }

                belay.lock.locked -> {
                    LaunchedEffect(Unit) { onUnlock() }
                    Padded { LockScreen(shell.words, onUnlock) { onHelp(true) } }
                }

                else -> places.SaveableStateProvider("belay") {
                    BelayRoot(opening, navigator, handOver, store) { onHelp(true) }
                }
            }
        }
    }
    (opening.state as? Opening.Open)?.let { InTouch(it.core, belay, shell) }
    TimeMoves(shell)
}

@Composable
private fun Padded(content: @Composable () -> Unit) = Box(Modifier.fillMaxSize().safeDrawingPadding()) { content() }

/** Keeps in touch with the relay and with who is near as long as the window is in sight, also under the lock. */
@Composable
private fun InTouch(core: BelayCoreInterface, belay: BelayApplication, shell: Shell) {
    val lifecycle = LocalLifecycleOwner.current.lifecycle
    LaunchedEffect(core, lifecycle) {
        lifecycle.repeatOnLifecycle(Lifecycle.State.STARTED) {
            launch { belay.keepNear.stay(core, shell.near) }
            belay.foreground.stay(core)
        }
    }
}

/** Tells the screens that the day or the zone may be another: when the window is back in sight, and when it is. */
@Composable
private fun TimeMoves(shell: Shell) {
    val context = LocalContext.current
    val lifecycle = LocalLifecycleOwner.current.lifecycle
    LaunchedEffect(shell, lifecycle) {
        var cameBack = false
        lifecycle.repeatOnLifecycle(Lifecycle.State.STARTED) {
            if (cameBack) shell.timeMoved.emit(Unit)
            cameBack = true
            context.broadcasts(TIME_CHANGES).collect(shell.timeMoved::emit)
        }
    }
}

private val TIME_CHANGES =
    listOf(Intent.ACTION_TIMEZONE_CHANGED, Intent.ACTION_TIME_CHANGED, Intent.ACTION_DATE_CHANGED)
