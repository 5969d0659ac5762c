package app.belay.ui.testkit

import app.belay.core.BelayCoreInterface
import app.belay.core.SpaceId
import kotlinx.coroutines.async
import kotlinx.coroutines.coroutineScope

private const val TERMS = 1u

/** Two people agree to the terms and pair in person over a relay; the space they share. */
suspend fun pair(shower: BelayCoreInterface, scanner: BelayCoreInterface, relay: RelayProcess): SpaceId =
    coroutineScope {
        for (person in listOf(shower, scanner)) {
            person.agreeToShare(TERMS)
            person.setRelay(relay.origin, allowPlainHttp = true)
        }
        val invitation = shower.invite()
        val shown = async { shower.awaitPartner(invitation.id) }
        scanner.acceptInvitation(invitation.text)
        shown.await().partner.space
    }
