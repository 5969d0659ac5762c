package app.belay.ui.settings

import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.setValue
import app.belay.core.BelayException
import app.belay.ui.Doing
import app.belay.ui.Services
import app.belay.ui.journal.PageKeeper
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.launch

/**
 * The address of a relay as typed, and the question about one that is not encrypted on the way. What was typed and
 * not used is there again the next time, also after the app was killed.
 */
class RelayForm(private val services: Services, scope: CoroutineScope) {
    private val kept = PageKeeper(services, "relay")

    var address: String by mutableStateOf("")
        private set

    /** The address is plain HTTP to another machine; the person is asked. */
    var asksPlainHttp: Boolean by mutableStateOf(false)
        private set

    /** The person said yes. */
    var allowsPlainHttp: Boolean by mutableStateOf(false)

    val act = Doing(scope, services.words)

    init {
        scope.launch {
            val before = kept.takeUp()?.get(ADDRESS).orEmpty()
            if (address.isEmpty()) address = before else keep()
        }
    }

    /** Takes what was typed. */
    fun type(typed: String) {
        address = typed
        keep()
        asksPlainHttp = false
        allowsPlainHttp = false
        act.problem = null
    }

    /** Chooses it, with [Doing.problem] when that cannot be. */
    fun choose(after: suspend () -> Unit) = act.run(caught = ::asksAboutPlainHttp) {
        save()
        after()
    }

    /** Chooses it. */
    suspend fun save() {
        services.core.setRelay(address.trim(), allowsPlainHttp)
        type("")
    }

    /** Whether an error is the question about plain HTTP; it is asked then. */
    fun asksAboutPlainHttp(error: Exception): Boolean {
        asksPlainHttp = error is BelayException.Unavailable && error.reason == "relay-plain-http"
        return asksPlainHttp
    }

    private fun keep() = kept.keep(address.isNotBlank(), listOf(ADDRESS to address))

    private companion object {
        const val ADDRESS = "address"
    }
}
