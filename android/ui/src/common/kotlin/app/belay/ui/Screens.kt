package app.belay.ui

import androidx.compose.runtime.Composable
import app.belay.ui.bundle.BundleModel
import app.belay.ui.bundle.BundleScreen
import app.belay.ui.checkin.CheckInModel
import app.belay.ui.checkin.CheckInScreen
import app.belay.ui.goals.GoalEditorModel
import app.belay.ui.goals.GoalEditorScreen
import app.belay.ui.goals.GoalModel
import app.belay.ui.goals.GoalScreen
import app.belay.ui.goals.GoalsAwayModel
import app.belay.ui.goals.GoalsAwayScreen
import app.belay.ui.goals.GoalsModel
import app.belay.ui.goals.GoalsScreen
import app.belay.ui.help.GroundingModel
import app.belay.ui.help.GroundingScreen
import app.belay.ui.help.HelpModel
import app.belay.ui.help.HelpScreen
import app.belay.ui.help.OpenHelp
import app.belay.ui.help.TrustedPeopleModel
import app.belay.ui.help.TrustedPeopleScreen
import app.belay.ui.journal.DeletedModel
import app.belay.ui.journal.DeletedScreen
import app.belay.ui.journal.EntryEditorModel
import app.belay.ui.journal.EntryEditorScreen
import app.belay.ui.journal.EntryModel
import app.belay.ui.journal.EntryScreen
import app.belay.ui.journal.HistoryModel
import app.belay.ui.journal.HistoryScreen
import app.belay.ui.journal.JournalModel
import app.belay.ui.journal.JournalScreen
import app.belay.ui.journal.MonthModel
import app.belay.ui.journal.MonthScreen
import app.belay.ui.journal.SearchModel
import app.belay.ui.journal.SearchScreen
import app.belay.ui.journal.ShareModel
import app.belay.ui.journal.ShareScreen
import app.belay.ui.near.NearbyModel
import app.belay.ui.near.NearbyScreen
import app.belay.ui.onboarding.RecoveryScreen
import app.belay.ui.onboarding.recoveryModel
import app.belay.ui.pairing.ApartModel
import app.belay.ui.pairing.ApartScreen
import app.belay.ui.pairing.EnterModel
import app.belay.ui.pairing.EnterScreen
import app.belay.ui.pairing.InvitationModel
import app.belay.ui.pairing.InvitationScreen
import app.belay.ui.pairing.NeedsModel
import app.belay.ui.pairing.PairScreen
import app.belay.ui.pairing.TogetherModel
import app.belay.ui.pairing.TogetherScreen
import app.belay.ui.people.CompareModel
import app.belay.ui.people.CompareScreen
import app.belay.ui.people.PartnerModel
import app.belay.ui.people.PartnerScreen
import app.belay.ui.people.PeopleModel
import app.belay.ui.people.PeopleScreen
import app.belay.ui.people.SeeModel
import app.belay.ui.people.SeeScreen
import app.belay.ui.reach.BoundaryCardModel
import app.belay.ui.reach.BoundaryCardScreen
import app.belay.ui.recovery.ComeBackModel
import app.belay.ui.recovery.ComeBackScreen
import app.belay.ui.recovery.NewWordsModel
import app.belay.ui.recovery.NewWordsScreen
import app.belay.ui.recovery.PiecesModel
import app.belay.ui.recovery.PiecesScreen
import app.belay.ui.selfcheck.SelfCheckModel
import app.belay.ui.selfcheck.SelfCheckScreen
import app.belay.ui.settings.AgreementScreen
import app.belay.ui.settings.DeleteModel
import app.belay.ui.settings.DeleteScreen
import app.belay.ui.settings.DevicesModel
import app.belay.ui.settings.DevicesScreen
import app.belay.ui.settings.RelayModel
import app.belay.ui.settings.RelayScreen
import app.belay.ui.settings.SettingsModel
import app.belay.ui.settings.SettingsScreen
import app.belay.ui.today.TodayModel
import app.belay.ui.today.TodayScreen
import kotlinx.coroutines.CoroutineScope

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

        is Route.EntryHistory ->
            HistoryScreen(services, screenModel(route) { HistoryModel(services, it, route.name) })

        is Route.SharePassage -> ShareScreen(
            services,
            screenModel(route) { ShareModel(services, it, route.name, route.from, route.to) }
        )

        Route.JournalDeleted -> DeletedScreen(services, screenModel(route) { DeletedModel(services, it) })

        Route.JournalSearch -> SearchScreen(services, screenModel(route) { SearchModel(services, it) })

        Route.Goals -> GoalsScreen(services, screenModel(route) { GoalsModel(services, it) })

        is Route.Goal -> GoalScreen(services, screenModel(route) { GoalModel(services, it, route.name) })

        Route.GoalEditor -> GoalEditorScreen(services, screenModel(route) { GoalEditorModel(services, it) })

        is Route.GoalEdit ->
            GoalEditorScreen(services, screenModel(route) { GoalEditorModel(services, it, route.name) })

        Route.GoalsAway -> GoalsAwayScreen(services, screenModel(route) { GoalsAwayModel(services, it) })

        Route.People -> PeopleScreen(screenModel(route) { PeopleModel(services, it) })

        is Route.Partner -> PartnerScreen(screenModel(route) { PartnerModel(services, it, route.space) })

        is Route.WhatTheySee -> SeeScreen(screenModel(route) { SeeModel(services, it, route.space) })

        is Route.BoundaryCard ->
            BoundaryCardScreen(screenModel(route) { BoundaryCardModel(services, it, route.space) })

        is Route.CompareWords -> CompareScreen(screenModel(route) { CompareModel(services, it, route.space) })

        Route.Pair -> PairScreen(screenModel(route) { NeedsModel(services, it, needsRelay = false) })

        Route.PairTogether -> TogetherScreen(screenModel(route) { TogetherModel(services, it) })

        Route.PairApart -> ApartScreen(screenModel(route) { ApartModel(services, it) })

        Route.EnterInvitation -> EnterScreen(screenModel(route) { EnterModel(services, it) })

        is Route.OpenInvitation -> InvitationScreen(screenModel(route) { InvitationModel(services, it, route.id) })

        Route.Agreement -> AgreementScreen(screenModel(route) { NeedsModel(services, it) })

        Route.Settings -> SettingsScreen(screenModel(route) { SettingsModel(services, it) })

        Route.RelaySettings -> RelayScreen(screenModel(route) { RelayModel(services, it) })

        Route.OwnDevices -> DevicesScreen(screenModel(route) { DevicesModel(services, it) })

        Route.Nearby -> NearbyScreen(screenModel(route) { NearbyModel(services, it) })

        Route.Bundle -> BundleScreen(screenModel(route) { BundleModel(services, it) })

        Route.RecoveryWords -> RecoveryScreen(services, screenModel(route) { recoveryModel(services, it) })

        Route.ComeBack -> ComeBackScreen(screenModel(route) { ComeBackModel(services, it) })

        Route.NewWords -> NewWordsScreen(screenModel(route) { NewWordsModel(services, it) })

        Route.Pieces -> PiecesScreen(screenModel(route) { PiecesModel(services, it) })

        Route.SelfCheck -> SelfCheckScreen(screenModel(route) { SelfCheckModel(services, it) })

        Route.DeleteEverything -> DeleteScreen(screenModel(route) { DeleteModel(services, it) })

        Route.HelpNow -> HelpScreen(
            services.shell,
            screenModel(route) {
                services.helpModel(it)
            },
            services.backOrNull()
        )

        Route.TrustedPeople -> TrustedPeopleScreen(services, screenModel(route) { TrustedPeopleModel(services, it) })

        Route.GroundingSteps ->
            GroundingScreen(
                services.shell,
                screenModel(route) {
                    GroundingModel(services.shell)
                },
                services.backOrNull()
            )
    }
}

private fun Services.helpModel(scope: CoroutineScope) = HelpModel(
    shell,
    OpenHelp(core) { formats.dayOf(clock.nowMs()) },
    scope,
    choosePeople = { navigator.go(Route.TrustedPeople) },
    ground = { navigator.go(Route.GroundingSteps) }
)
