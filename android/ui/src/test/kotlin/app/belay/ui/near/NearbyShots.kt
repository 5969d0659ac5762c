package app.belay.ui.near

import androidx.compose.runtime.remember
import app.belay.core.BelayException
import app.belay.ui.Route
import app.belay.ui.testkit.Shot
import app.belay.ui.testkit.Shots
import app.belay.ui.testkit.testServices
import kotlinx.coroutines.launch

/** Meeting on one network: not yet, with who was met, and where nothing can be met. */
val nearbyShots: List<Shot> = listOf(
    Shots.app("nearby-off", { FakeNearby() }, Route.People, Route.Nearby),
    Shots.app("nearby-met", { FakeNearby(on = true, met = samAndTheTablet) }, Route.People, Route.Nearby),
    Shot("nearby-no-network") { shell ->
        val core = remember { FakeNearby(on = true) }
        val services = remember { testServices(core, shell) }
        remember { shell.scope.launch { shell.near.keep(core, null) } }
        remember { core.forbid(BelayException.Unavailable("no-network")) }
        NearbyScreen(remember { NearbyModel(services, shell.scope) })
    }
)
