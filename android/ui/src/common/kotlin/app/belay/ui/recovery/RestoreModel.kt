package app.belay.ui.recovery

import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.setValue
import app.belay.core.BelayCoreInterface
import app.belay.core.BelayException
import app.belay.core.NewRestored
import app.belay.core.RestoredView
import app.belay.ui.Doing
import app.belay.ui.PickedFile
import app.belay.ui.Shell
import app.belay.ui.onboarding.StoreDoor
import kotlinx.coroutines.CoroutineScope

/** Somebody who came back, and what came back with the words. */
class Restored(val core: BelayCoreInterface, val view: RestoredView)

/** Where the sealed copy lies. */
enum class CopyPlace { RELAY, FILE, NEAR }

/** Comes back on an empty device: the words or pieces of them, and the place where the sealed copy lies. */
class RestoreModel(
    private val door: StoreDoor,
    val shell: Shell,
    private val scope: CoroutineScope,
    val typed: WordsTyped = WordsTyped(),
    private val onOpen: (BelayCoreInterface) -> Unit
) {
    /** Where the sealed copy lies. */
    var place: CopyPlace by mutableStateOf(CopyPlace.RELAY)
        private set

    /** The relay's address. */
    var relay: String by mutableStateOf("")
        private set

    /** The address is plain HTTP to another machine; the person is asked. */
    var asksPlainHttp: Boolean by mutableStateOf(false)
        private set

    /** The person said yes. */
    var allowsPlainHttp: Boolean by mutableStateOf(false)

    /** The file that was chosen. */
    var file: PickedFile? by mutableStateOf(null)
        private set

    /** What the device that hands over shows, where it is not found by itself. */
    var address: String by mutableStateOf("")

    /** What the new device is called. */
    var deviceName: String by mutableStateOf("")

    /** What came back; null before. */
    var restored: Restored? by mutableStateOf(null)
        private set

    /** The person's other devices, of which one may be gone; null where there is none. */
    var lost: LostDevices? by mutableStateOf(null)
        private set

    val act = Doing(scope, shell.words)

    /** Whether there is enough to try. */
    val canTry: Boolean get() = typed.isThere && hasPlace && !act.busy

    private val hasPlace: Boolean
        get() = when (place) {
            CopyPlace.RELAY -> relay.isNotBlank() && (!asksPlainHttp || allowsPlainHttp)
            CopyPlace.FILE -> file != null
            CopyPlace.NEAR -> true
        }

    /** Chooses where the copy lies; what was typed or chosen for another place stays. */
    fun choose(place: CopyPlace) {
        this.place = place
        act.problem = null
    }

    /** Takes the relay's address. */
    fun typeRelay(text: String) {
        relay = text
        asksPlainHttp = false
        allowsPlainHttp = false
    }

    /** Lets the person choose the file. */
    fun chooseFile() = act.run {
        val chosen = shell.platform.attaching.pickFile() ?: return@run
        dropFile()
        file = chosen
    }

    /** Looks for the sealed copy and brings back what it opens. Where it does not, nothing is left on this device. */
    fun restore() = act.run(caught = ::isUnderstood) {
        val words = typed.words()
        val new = NewRestored(words, deviceName.trim().ifEmpty { null })
        val back = when (place) {
            CopyPlace.RELAY -> door.restore(new, relay.trim(), allowsPlainHttp)
            CopyPlace.FILE -> door.restoreFromFile(new, checkNotNull(file).path)
            CopyPlace.NEAR -> door.restoreNear(new, address.trim().ifEmpty { null }, shell.platform.discovery())
        }
        dropFile()
        if (back.view.otherDevices > 0uL) lost = LostDevices(back.core, shell, scope, words)
        restored = back
        typed.forget()
    }

    /** Goes to what came back. */
    fun open() {
        lost?.forget()
        restored?.let { onOpen(it.core) }
    }

    /** Turns back; nothing that was typed or chosen is kept. */
    fun leave() {
        act.stop()
        typed.forget()
        dropFile()
    }

    private fun dropFile() {
        file?.let { shell.platform.dropFile(it.path) }
        file = null
    }

    private fun isUnderstood(error: Exception): Boolean {
        asksPlainHttp = error is BelayException.Unavailable && error.reason == "relay-plain-http"
        return asksPlainHttp || typed.understands(error)
    }
}
