package app.belay.android

import app.belay.core.BelayCoreInterface
import app.belay.core.BelayException
import app.belay.core.Discovery
import app.belay.core.NewPerson
import app.belay.core.NewRestored
import app.belay.ui.onboarding.StoreDoor
import app.belay.ui.recovery.Restored
import kotlinx.coroutines.NonCancellable
import kotlinx.coroutines.sync.Mutex
import kotlinx.coroutines.sync.withLock
import kotlinx.coroutines.withContext

/**
 * The one open store of this process, for the screen and for jobs in the background alike: whoever comes first
 * opens it, through [door]. It stays open until the process ends or the store is gone.
 */
class CoreHolder(private val door: StoreDoor) : StoreDoor by door {
    private val turn = Mutex()
    private var core: BelayCoreInterface? = null

    /** The store that is open now, without opening one. */
    val opened: BelayCoreInterface? get() = core

    /** Nobody is asked for the passphrase of a store that is open: another window of this process opened it. */
    override suspend fun needsPassphrase(): Boolean = !(core?.isOpen() ?: false) && door.needsPassphrase()

    override suspend fun create(new: NewPerson): BelayCoreInterface = make { door.create(new) }

    override suspend fun createOwnDevice(passphrase: String?): BelayCoreInterface =
        make { door.createOwnDevice(passphrase) }

    override suspend fun restore(new: NewRestored, relay: String, allowPlainHttp: Boolean): Restored =
        back { door.restore(new, relay, allowPlainHttp) }

    override suspend fun restoreFromFile(new: NewRestored, path: String): Restored =
        back { door.restoreFromFile(new, path) }

    override suspend fun restoreNear(new: NewRestored, address: String?, discovery: Discovery?): Restored =
        back { door.restoreNear(new, address, discovery) }

    override suspend fun openWithWords(words: String): BelayCoreInterface = make { door.openWithWords(words) }

    override suspend fun open(passphrase: String?): BelayCoreInterface = withContext(NonCancellable) {
        turn.withLock { core?.takeIf { it.isOpen() } ?: door.open(passphrase).also { core = it } }
    }

    /** Opens the store where nobody has to be asked anything; null where there is none, or a passphrase is wanted. */
    suspend fun openQuietly(): BelayCoreInterface? = if (exists() && !needsPassphrase()) open(null) else null

    override suspend fun eraseNow() {
        turn.withLock { core = null }
        door.eraseNow()
    }

    /**
     * Never gives the store that is open already: whoever makes one chose a name and a passphrase for it. What is
     * there refuses. A window that goes meanwhile tears nothing: the next one finds the new store open.
     */
    private suspend fun make(store: suspend () -> BelayCoreInterface): BelayCoreInterface =
        withContext(NonCancellable) { turn.withLock { store().also { core = it } } }

    private suspend fun back(restored: suspend () -> Restored): Restored =
        withContext(NonCancellable) { turn.withLock { restored().also { core = it.core } } }

    /** Everything may have been deleted through it: it is closed then, and another one can be opened. */
    private suspend fun BelayCoreInterface.isOpen(): Boolean = try {
        settings()
        true
    } catch (_: BelayException.Closed) {
        false
    }
}
