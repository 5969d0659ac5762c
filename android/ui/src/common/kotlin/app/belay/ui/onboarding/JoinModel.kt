package app.belay.ui.onboarding

import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.setValue
import app.belay.core.BelayCoreInterface
import app.belay.core.BelayException
import app.belay.core.WordsObserver
import app.belay.ui.Doing
import app.belay.ui.Shell
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.NonCancellable
import kotlinx.coroutines.launch
import kotlinx.coroutines.sync.Mutex
import kotlinx.coroutines.sync.withLock
import kotlinx.coroutines.withContext

/**
 * Makes this device one of a person who uses Belay on another one, with an empty store that waits: made here, or
 * [waiting] since the app was ended in the middle of it.
 */
class JoinModel(
    private val door: StoreDoor,
    val shell: Shell,
    private val scope: CoroutineScope,
    waiting: BelayCoreInterface? = null,
    private val onOpen: (BelayCoreInterface) -> Unit
) {
    /** The code of the other device, as scanned or typed. */
    var text: String by mutableStateOf("")

    /** What must stand on both screens; empty before the devices have met. */
    var words: List<String> by mutableStateOf(emptyList())
        private set

    val act = Doing(scope, shell.words)

    private var core: BelayCoreInterface? = waiting
    private val turn = Mutex()

    /** Scans the code and joins. */
    fun scan() = act.run {
        text = shell.platform.scanQr() ?: return@run
        meet()
    }

    /** Joins with what was typed. */
    fun join() = act.run { meet() }

    /**
     * No after all, also while the other device is waited for: the empty store goes, so that this device can begin
     * by itself; then [turned].
     */
    fun turnBack(turned: () -> Unit) {
        act.stop()
        words = emptyList()
        act.run {
            turn.withLock {
                core?.let { erase(it) }
                core = null
            }
            turned()
        }
    }

    private suspend fun meet() {
        words = emptyList()
        val waiting = emptyStore()
        waiting.joinAsOwnDevice(
            text.trim(),
            object : WordsObserver {
                override fun showWords(words: List<String>) {
                    scope.launch { if (core != null) this@JoinModel.words = words }
                }
            }
        )
        onOpen(waiting)
    }

    /** What was made is known here even when nobody waits for it any more: [turnBack] takes it away again. */
    private suspend fun emptyStore(): BelayCoreInterface = withContext(NonCancellable) {
        turn.withLock { core ?: door.createOwnDevice(null).also { core = it } }
    }

    private suspend fun erase(waiting: BelayCoreInterface) {
        try {
            waiting.shutdown()
        } catch (_: BelayException.Closed) {
            // An erasing that could not be done is done again.
        }
        door.eraseNow()
    }
}
