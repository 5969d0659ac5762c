package app.belay.desktop

import androidx.compose.foundation.isSystemInDarkTheme
import androidx.compose.runtime.Composable
import androidx.compose.runtime.DisposableEffect
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.rememberCoroutineScope
import androidx.compose.runtime.setValue
import androidx.compose.ui.unit.DpSize
import androidx.compose.ui.unit.dp
import androidx.compose.ui.window.Window
import androidx.compose.ui.window.WindowState
import androidx.compose.ui.window.application
import app.belay.ui.DeviceClock
import app.belay.ui.Loadable
import app.belay.ui.Navigator
import app.belay.ui.Shell
import app.belay.ui.attempt
import app.belay.ui.help.LockedHelpApp
import app.belay.ui.kit.Loaded
import app.belay.ui.onboarding.BelayRoot
import app.belay.ui.onboarding.Opening
import app.belay.ui.onboarding.OpeningModel
import app.belay.ui.onboarding.rememberOpenStore
import app.belay.ui.problemOf
import app.belay.ui.theme.BelayTheme
import app.belay.words.wordsFor
import java.util.Locale
import kotlin.system.exitProcess
import kotlinx.coroutines.CancellationException

private const val WRONG_USAGE = 2

/** Belay in a window. */
fun main(line: Array<String>) {
    val arguments = Arguments.of(line.toList())
    if (arguments == null) {
        System.err.println(USAGE)
        exitProcess(WRONG_USAGE)
    }
    application {
        Window(
            onCloseRequest = ::exitApplication,
            state = WindowState(size = DpSize(arguments.width.dp, arguments.height.dp)),
            title = listOfNotNull("Belay", arguments.name).joinToString(" · ")
        ) { DesktopApp(arguments) }
    }
}

/** The app over the folder of [arguments], from its first moment on; Help now lies above all of it. */
@Composable
fun DesktopApp(arguments: Arguments) {
    val scope = rememberCoroutineScope()
    val shell = remember {
        val locale = arguments.language?.let(Locale::forLanguageTag) ?: Locale.getDefault()
        Shell(wordsFor(locale.toLanguageTag()), DesktopPlatform(arguments.language), DeviceClock, locale, scope)
    }
    var opening by remember { mutableStateOf<Loadable<OpeningModel>>(Loadable.Loading) }
    var tries by remember { mutableStateOf(0) }
    LaunchedEffect(tries) { opening = begun(arguments, shell) }
    BelayTheme(dark = arguments.dark ?: isSystemInDarkTheme()) {
        Loaded(shell.words, opening, { tries++ }) { model -> Begun(model, arguments) }
    }
}

@Composable
private fun Begun(model: OpeningModel, arguments: Arguments) {
    val navigator = remember(model) { Navigator() }
    var showsHelp by remember { mutableStateOf(false) }
    // Above Help now, under which what was begun stays as it is.
    val store = rememberOpenStore(model, navigator)
    KeepInTouch(model)
    if (showsHelp) {
        LockedHelpApp(model.shell, storeFolder(arguments.dir).toString(), store?.services?.core) { showsHelp = false }
    } else {
        BelayRoot(model, navigator, store = store) { showsHelp = true }
    }
}

/** Syncs, and meets whoever is near where the person wants that, for as long as a store is open. */
@Composable
private fun KeepInTouch(model: OpeningModel) {
    val core = (model.state as? Opening.Open)?.core ?: return
    LaunchedEffect(core) { attempt(model.shell.words) { model.shell.near.keep(core, discovery = null) } }
    DisposableEffect(core) {
        val subscription = core.keepInTouch(ShownByTheScreens)
        onDispose {
            subscription.cancel()
            subscription.close()
        }
    }
}

@Suppress("TooGenericExceptionCaught") // whatever it was must be seen in the window
private suspend fun begun(arguments: Arguments, shell: Shell): Loadable<OpeningModel> = try {
    val door = desktopDoor(arguments.dir)
    begin(arguments, door)
    Loadable.Ready(OpeningModel(door, shell, shell.scope))
} catch (stopped: CancellationException) {
    throw stopped
} catch (error: Exception) {
    Loadable.Failed(problemOf(error, shell.words))
}
