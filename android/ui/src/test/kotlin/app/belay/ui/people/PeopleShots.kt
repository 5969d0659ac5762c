package app.belay.ui.people

import androidx.compose.runtime.Composable
import androidx.compose.runtime.remember
import app.belay.core.ComparisonView
import app.belay.core.PartnershipStandingView
import app.belay.ui.Navigator
import app.belay.ui.Route
import app.belay.ui.Shell
import app.belay.ui.testkit.Shot
import app.belay.ui.testkit.Shots
import app.belay.ui.testkit.testServices

/** People, a partner's page, what they see, the four words. */
val peopleShots: List<Shot> = listOf(
    Shots.app("people", { FakePeople() }, Route.People),
    Shots.app("people-nobody", { FakePeople(nobody) }, Route.People),
    Shots.app("partner", { FakePeople() }, Route.People, Route.Partner(SAM)),
    Shots.app("partner-paused", { FakePeople(page = emptyPage(paused = true)) }, Route.People, Route.Partner(SAM)),
    Shots.app("partner-waiting", { FakePeople(page = waitingPage()) }, Route.People, Route.Partner(SAM)),
    Shot("partner-answer") { shell -> OnPage(shell) { answer(samsCheckIn.name) } },
    Shot("partner-resume") { shell -> OnPage(shell) { ask(PartnerQuestion.Resume(2)) } },
    Shot("partner-leave") { shell -> OnPage(shell) { ask(PartnerQuestion.Leave) } },
    Shots.app("what-they-see", { FakePeople() }, Route.People, Route.WhatTheySee(SAM)),
    Shots.app("compare-words", { FakePeople(page = notCompared()) }, Route.People, Route.CompareWords(SAM))
)

private fun emptyPage(paused: Boolean) = samsPage(
    partner().copy(paused = paused, comparison = ComparisonView.NOT_COMPARED, mayBeBehind = true, asOfAtMs = null)
).copy(checkIns = emptyList(), goals = emptyList(), passages = emptyList())

private fun waitingPage() = emptyPage(paused = false).let {
    it.copy(partner = it.partner.copy(standing = PartnershipStandingView.WAITING, person = null))
}

private fun notCompared() = samsPage(partner().copy(comparison = ComparisonView.NOT_COMPARED))

@Composable
private fun OnPage(shell: Shell, go: PartnerModel.() -> Unit) {
    val model = remember {
        val services = testServices(FakePeople(), shell, Navigator().apply { go(Route.People) })
        services.navigator.go(Route.Partner(SAM))
        PartnerModel(services, shell.scope, SAM).apply(go)
    }
    PartnerScreen(model)
}
