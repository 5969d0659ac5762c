package app.belay.ui.settings

import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.setValue
import app.belay.core.ChangeArea
import app.belay.core.RelayPageView
import app.belay.ui.Doing
import app.belay.ui.Loader
import app.belay.ui.Services
import kotlinx.coroutines.CoroutineScope

/** The relay that new partnerships use, and the sealed copy for own devices. */
class RelayModel(val services: Services, scope: CoroutineScope) {
    val places: Loader<RelayPageView> = Loader(services, scope, setOf(ChangeArea.SETTINGS, ChangeArea.DEVICES)) {
        services.core.relayPage()
    }

    val form = RelayForm(services, scope)

    val act = Doing(scope, services.words)

    private var wantsAnother: Boolean by mutableStateOf(false)

    /** Whether another address is being typed, now or before the app was ended. */
    val changes: Boolean get() = wantsAnother || form.address.isNotEmpty()

    /** Opens the field. */
    fun change() {
        wantsAnother = true
    }

    /** Takes the address. */
    fun save() = form.choose {
        wantsAnother = false
        places.reload()
    }

    /** Uses no relay for new partnerships. */
    fun remove() = act.run {
        services.core.setRelay(null, false)
        places.reload()
    }

    /** Keeps a sealed copy there, or no longer. */
    fun keepCopy(keep: Boolean) = act.run {
        services.core.setSelfCopy(keep)
        places.reload()
    }
}
