package app.belay.ui.pairing

import androidx.compose.runtime.remember
import app.belay.core.BelayException
import app.belay.core.InvitationStateView
import app.belay.ui.Navigator
import app.belay.ui.Route
import app.belay.ui.people.invitation
import app.belay.ui.people.miraAndHers
import app.belay.ui.people.nobody
import app.belay.ui.testkit.Shot
import app.belay.ui.testkit.Shots
import app.belay.ui.testkit.testServices

private const val LINK = "https://relay.example/pair/#4WQZ7K2MTA9XGE5H"

/** Adding a person: what it needs, together, apart, an invitation that waits. */
val pairingShots: List<Shot> = listOf(
    Shots.app("pair-needs", { FakePairing(nobody) }, Route.People, Route.Pair),
    Shots.app("pair-together", { FakePairing() }, Route.People, Route.PairTogether),
    Shot("pair-code") { shell ->
        val services = remember { testServices(FakePairing(), shell, onPair()) }
        TogetherScreen(remember { TogetherModel(services, shell.scope).apply { show() } })
    },
    Shot("pair-mistyped") { shell ->
        val core = remember { FakePairing().apply { code = { throw notAnInvitation } } }
        core.words = { throw BelayException.InvalidInput("invitation", "unknown_word") }
        val services = remember { testServices(core, shell, onPair()) }
        val model = remember {
            EnterModel(services, shell.scope).apply {
                type("abandon abilty able about")
                accept()
            }
        }
        EnterScreen(model)
    },
    Shots.app("pair-apart", { FakePairing() }, Route.People, Route.PairApart),
    Shots.app("pair-enter", { FakePairing() }, Route.People, Route.EnterInvitation),
    Shots.app("invitation-words", { FakePairing() }, Route.People, Route.OpenInvitation("invitation-1")),
    Shots.app("invitation-link", { FakePairing(waiting(LINK)) }, Route.People, Route.OpenInvitation("invitation-1")),
    Shots.app("invitation-over", { FakePairing(expired()) }, Route.People, Route.OpenInvitation("invitation-1"))
)

private fun waiting(text: String) = miraAndHers.copy(invitations = listOf(invitation(text = text)))

private fun expired() = miraAndHers.copy(invitations = listOf(invitation(InvitationStateView.EXPIRED, text = null)))

private fun onPair() = Navigator().apply {
    go(Route.People)
    go(Route.Pair)
}
