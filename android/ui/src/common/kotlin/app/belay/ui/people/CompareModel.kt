package app.belay.ui.people

import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.setValue
import app.belay.core.ChangeArea
import app.belay.core.PartnerView
import app.belay.core.SpaceId
import app.belay.ui.Doing
import app.belay.ui.Loader
import app.belay.ui.Route
import app.belay.ui.Services
import app.belay.ui.value
import kotlinx.coroutines.CoroutineScope

/** The four words of a partnership, and what came of comparing them. */
class CompareModel(val services: Services, scope: CoroutineScope, val space: SpaceId) {
    val partner: Loader<PartnerView> = Loader(services, scope, setOf(ChangeArea.PARTNERS)) {
        services.core.partner(space).partner
    }

    /** What was just said; null before. */
    var same: Boolean? by mutableStateOf(null)
        private set

    val act = Doing(scope, services.words)

    /** The name to say. */
    val name: String get() = nameOf(partner.state.value, services.words)

    /** Both met without a relay: what they share goes over where they find each other on one network. */
    var hasNoRelay: Boolean by mutableStateOf(false)
        private set

    /** Notes how it ended. */
    fun answer(same: Boolean) = act.run {
        partner.set(services.core.markCompared(space, same))
        hasNoRelay = same && services.core.status().spaces.any { it.space == space && it.relays.isEmpty() }
        this.same = same
    }

    /** Goes to the partner's page. */
    fun toPage() = services.navigator.replace(Route.Partner(space))
}
