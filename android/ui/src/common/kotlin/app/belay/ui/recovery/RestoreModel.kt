package app.belay.ui.recovery

import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.setValue
import app.belay.core.BelayCoreInterface
import app.belay.core.BelayException
import app.belay.core.NewRestored
import app.belay.core.RestoredView
import app.belay.ui.Doing
import app.belay.ui.Shell
import app.belay.ui.onboarding.StoreDoor
import kotlinx.coroutines.CoroutineScope

/** Somebody who came back, and what came back with the words. */
class Restored(val core: BelayCoreInterface, val view: RestoredView)

/** Comes back on an empty device: the words or pieces of them, and the relay that kept the sealed copy. */
class RestoreModel(
    private val door: StoreDoor,
    val shell: Shell,
    scope: CoroutineScope,
    val typed: WordsTyped = WordsTyped(),
    private val onOpen: (BelayCoreInterface) -> Unit
) {
    /** The relay's address. */
    var relay: String by mutableStateOf("")
        private set

    /** The address is plain HTTP to another machine; the person is asked. */
    var asksPlainHttp: Boolean by mutableStateOf(false)
        private set

    /** The person said yes. */
    var allowsPlainHttp: Boolean by mutableStateOf(false)

    /** What the new device is called. */
    var deviceName: String by mutableStateOf("")

    /** What came back; null before. */
    var restored: Restored? by mutableStateOf(null)
        private set

    val act = Doing(scope, shell.words)

    /** Whether there is enough to try. */
    val canTry: Boolean
        get() = typed.isThere && relay.isNotBlank() && (!asksPlainHttp || allowsPlainHttp) && !act.busy

    /** Takes the relay's address. */
    fun typeRelay(text: String) {
        relay = text
        asksPlainHttp = false
        allowsPlainHttp = false
    }

    /** Looks for the sealed copy and brings back what it opens. Where it does not, nothing is left on this device. */
    fun restore() = act.run(caught = ::isUnderstood) {
        val new = NewRestored(typed.words(), deviceName.trim().ifEmpty { null })
        restored = door.restore(new, relay.trim(), allowsPlainHttp)
        typed.forget()
    }

    /** Goes to what came back. */
    fun open() {
        restored?.let { onOpen(it.core) }
    }

    private fun isUnderstood(error: Exception): Boolean {
        asksPlainHttp = error is BelayException.Unavailable && error.reason == "relay-plain-http"
        return asksPlainHttp || typed.understands(error)
    }
}
