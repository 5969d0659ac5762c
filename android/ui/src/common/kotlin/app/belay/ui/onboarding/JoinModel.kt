package app.belay.ui.onboarding

import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.setValue
import app.belay.core.BelayCoreInterface
import app.belay.core.WordsObserver
import app.belay.ui.Doing
import app.belay.ui.Shell
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.launch

/** Makes this device one of a person who uses Belay on another one. */
class JoinModel(
    private val door: StoreDoor,
    val shell: Shell,
    private val scope: CoroutineScope,
    private val onOpen: (BelayCoreInterface) -> Unit
) {
    /** The code of the other device, as scanned or typed. */
    var text: String by mutableStateOf("")

    /** What must stand on both screens; empty before the devices have met. */
    var words: List<String> by mutableStateOf(emptyList())
        private set

    val act = Doing(scope, shell.words)

    private var core: BelayCoreInterface? = null

    /** Scans the code and joins. */
    fun scan() = act.run {
        text = shell.platform.scanQr() ?: return@run
        meet()
    }

    /** Joins with what was typed. */
    fun join() = act.run { meet() }

    private suspend fun meet() {
        words = emptyList()
        val waiting = core ?: door.createOwnDevice(null).also { core = it }
        waiting.joinAsOwnDevice(
            text.trim(),
            object : WordsObserver {
                override fun showWords(words: List<String>) {
                    scope.launch { this@JoinModel.words = words }
                }
            }
        )
        onOpen(waiting)
    }
}
