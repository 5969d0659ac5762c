package app.belay.ui.pairing

import app.belay.core.BelayException
import app.belay.core.ChangeArea
import app.belay.core.InvitationView
import app.belay.core.InviteBy
import app.belay.core.OpenInvitationView
import app.belay.core.PairedView
import app.belay.core.PeopleView
import app.belay.ui.people.FakePeople
import app.belay.ui.people.HOUR_MS
import app.belay.ui.people.invitation
import app.belay.ui.people.miraAndHers
import app.belay.ui.people.partner
import app.belay.ui.testkit.EVENING_MS
import kotlinx.coroutines.CompletableDeferred

/** The text of a code as it is: long, upper case, for the QR alphabet. */
const val CODE = "BELAY:PAIR/1/MFRGGZDFMZTWQ2LKNNWG23TPOBYXE43UOV3HO6DZPIYDCMRTGQ2TMNZYHE2DSMBSGM2DKNRXHA4TAMJSGM2DKNRX"

/** A core at which people meet, when the test says so. */
class FakePairing(people: PeopleView = miraAndHers) : FakePeople(people) {
    /** Completed when the other phone answers. */
    val answered = CompletableDeferred<PairedView>()

    /** What answers a code. */
    var code: () -> PairedView = { PairedView(partner()) }

    /** What answers words or a link. */
    var words: () -> OpenInvitationView = { invitation(text = null) }

    override suspend fun invite(): InvitationView {
        refuses?.let { throw it }
        return InvitationView("code-1", CODE, EVENING_MS + HOUR_MS / 6)
    }

    override suspend fun inviteNear(): InvitationView {
        refuses?.let { throw it }
        asked += "code in the room"
        return InvitationView("code-2", CODE, EVENING_MS + HOUR_MS / 6)
    }

    override suspend fun awaitPartner(invitationId: String): PairedView = answered.await()

    override suspend fun acceptInvitation(text: String): PairedView {
        asked += "code $text"
        return code()
    }

    override suspend fun acceptApart(text: String, relay: String?): OpenInvitationView {
        asked += "apart $text $relay"
        return words()
    }

    override suspend fun inviteApart(by: InviteBy): OpenInvitationView {
        refuses?.let { throw it }
        return invitation()
    }

    override suspend fun awaitPairing(id: String): PairedView = answered.await()

    override suspend fun cancelInvitation(id: String) {
        asked += "cancel"
        people = people.copy(invitations = emptyList())
        changed(ChangeArea.INVITATIONS)
    }
}

/** It is an invitation of something else. */
val notAnInvitation = BelayException.Unavailable("not-an-invitation")
