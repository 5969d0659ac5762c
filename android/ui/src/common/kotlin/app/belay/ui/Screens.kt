package app.belay.ui

import androidx.compose.foundation.layout.Column
import androidx.compose.runtime.Composable
import app.belay.ui.checkin.CheckInModel
import app.belay.ui.checkin.CheckInScreen
import app.belay.ui.goals.GoalEditorModel
import app.belay.ui.goals.GoalEditorScreen
import app.belay.ui.goals.GoalModel
import app.belay.ui.goals.GoalScreen
import app.belay.ui.goals.GoalsModel
import app.belay.ui.goals.GoalsScreen
import app.belay.ui.journal.DeletedModel
import app.belay.ui.journal.DeletedScreen
import app.belay.ui.journal.EntryEditorModel
import app.belay.ui.journal.EntryEditorScreen
import app.belay.ui.journal.EntryModel
import app.belay.ui.journal.EntryScreen
import app.belay.ui.journal.JournalModel
import app.belay.ui.journal.JournalScreen
import app.belay.ui.journal.MonthModel
import app.belay.ui.journal.MonthScreen
import app.belay.ui.journal.ShareModel
import app.belay.ui.journal.ShareScreen
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

        Route.Journal -> JournalScreen(services, screenModel(route) { JournalModel(services, it) })

        is Route.JournalMonth ->
            MonthScreen(services, screenModel(route) { MonthModel(services, it, route.month) })

        is Route.JournalEntry ->
            EntryScreen(services, screenModel(route) { EntryModel(services, it, route.name) })

        is Route.JournalEditor -> EntryEditorScreen(
            services,
            screenModel(route) { EntryEditorModel(services, it, route.name, route.on, route.draft) }
        )

        is Route.SharePassage -> ShareScreen(
            services,
            screenModel(route) { ShareModel(services, it, route.name, route.from, route.to) }
        )

        Route.JournalDeleted -> DeletedScreen(services, screenModel(route) { DeletedModel(services, it) })

        Route.Goals -> GoalsScreen(services, screenModel(route) { GoalsModel(services, it) })

        is Route.Goal -> GoalScreen(services, screenModel(route) { GoalModel(services, it, route.name) })

        is Route.GoalEditor -> GoalEditorScreen(services, screenModel(route) { GoalEditorModel(services, it) })

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
