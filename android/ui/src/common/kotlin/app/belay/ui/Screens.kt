package app.belay.ui

import androidx.compose.foundation.layout.Column
import androidx.compose.runtime.Composable
import app.belay.ui.checkin.CheckInModel
import app.belay.ui.checkin.CheckInScreen
import app.belay.ui.kit.EmptyState
import app.belay.ui.kit.Page
import app.belay.ui.kit.TopBar
import app.belay.ui.today.TodayModel
import app.belay.ui.today.TodayScreen

/** Which screen a route is. One line a screen. */
@Composable
fun Screen(services: Services, route: Route) {
    when (route) {
        Route.Today -> TodayScreen(services, screenModel(route) { TodayModel(services, it) })
        is Route.CheckIn -> CheckInScreen(services, screenModel(route) { CheckInModel(services, it, route) })
        else -> NotHere(services)
    }
}

@Composable
private fun NotHere(services: Services) {
    Column {
        TopBar(services, onBack = services.backOrNull())
        Page { EmptyState(services.words.frameNotHereYet) }
    }
}
