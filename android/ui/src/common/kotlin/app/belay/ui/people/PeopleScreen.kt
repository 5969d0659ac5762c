package app.belay.ui.people

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import app.belay.core.OpenInvitationView
import app.belay.core.PartnerView
import app.belay.core.PeopleView
import app.belay.ui.Route
import app.belay.ui.ScrollingScreen
import app.belay.ui.kit.BelayIcons
import app.belay.ui.kit.Card
import app.belay.ui.kit.CardTitle
import app.belay.ui.kit.CardTone
import app.belay.ui.kit.EmptyState
import app.belay.ui.kit.Heading
import app.belay.ui.kit.LinkRow
import app.belay.ui.kit.Loaded
import app.belay.ui.kit.PrimaryButton
import app.belay.ui.kit.ProblemNote
import app.belay.ui.kit.Quiet
import app.belay.ui.kit.QuietButton
import app.belay.ui.kit.StateLine
import app.belay.ui.kit.flush
import app.belay.ui.pairing.stateOf
import app.belay.ui.theme.Space
import app.belay.ui.value

/** Everyone one shares with, and behind the own name the settings. */
@Composable
fun PeopleScreen(model: PeopleModel) {
    val services = model.services
    val people = model.people.state.value
    val foot: (@Composable () -> Unit)? = if (people?.partners.isNullOrEmpty()) {
        null
    } else {
        { PrimaryButton(services.words.peopleAdd, { model.go(Route.Pair) }) }
    }
    ScrollingScreen(services, foot = foot?.let { { it() } }) {
        model.people.problem?.let { ProblemNote(it) }
        Loaded(services.words, model.people.state, model.people::reload) {
            Column(verticalArrangement = Arrangement.spacedBy(Space.l)) {
                OwnName(model, it)
                if (it.partners.isEmpty()) Nobody(model) else Partners(model, it.partners)
                if (it.invitations.isNotEmpty()) Invitations(model, it.invitations)
                More(model, it)
            }
        }
    }
}

@Composable
private fun OwnName(model: PeopleModel, people: PeopleView) {
    val words = model.services.words
    val name = people.displayName?.let(words::peopleOwnName) ?: words.peopleOwnWithoutName
    LinkRow(name, { model.go(Route.Settings) }, note = words.peopleOwnSettings, icon = BelayIcons.settings)
    if (people.recoveryWordsDue) {
        Card(tone = CardTone.SUPPORT) {
            StateLine(BelayIcons.key, words.peopleRecoveryDue)
            QuietButton(words.peopleRecoveryDueAction, { model.go(Route.RecoveryWords) }, Modifier.flush())
        }
    }
}

@Composable
private fun Nobody(model: PeopleModel) {
    val words = model.services.words
    EmptyState(
        words.peopleEmptyTitle,
        more = words.peopleEmptyBody,
        action = words.peopleAdd,
        onAction = { model.go(Route.Pair) }
    )
}

@Composable
private fun Partners(model: PeopleModel, partners: List<PartnerView>) {
    Column(verticalArrangement = Arrangement.spacedBy(Space.m)) {
        for (partner in partners) PartnerCard(model.services, partner) { model.open(partner.space) }
    }
}

@Composable
private fun Invitations(model: PeopleModel, invitations: List<OpenInvitationView>) {
    val (words, formats) = model.services.words to model.services.formats
    Column(verticalArrangement = Arrangement.spacedBy(Space.m)) {
        Heading(words.peopleInvitationsTitle)
        for (invitation in invitations) {
            val day = formats.shortDay(formats.dayOf(invitation.madeAtMs))
            Card(onClick = { model.openInvitation(invitation.id) }, onClickLabel = words.pairingInvitationOpen) {
                CardTitle(words.stateOf(invitation))
                Quiet(
                    if (invitation.madeHere) {
                        words.pairingInvitationMadeOn(day)
                    } else {
                        words.pairingInvitationAcceptedOn(day)
                    }
                )
            }
        }
    }
}

@Composable
private fun More(model: PeopleModel, people: PeopleView) {
    val words = model.services.words
    Column {
        Heading(words.peopleMoreTitle)
        val relay = people.relay?.let(words::peopleRelayLine) ?: words.peopleRelayNone
        LinkRow(relay, { model.go(Route.RelaySettings) })
        LinkRow(
            words.peopleDevicesTitle,
            { model.go(Route.OwnDevices) },
            note = words.peopleDevicesLine(people.ownDevices.size.coerceAtLeast(1))
        )
        if (people.partnershipsElsewhere > 0uL) Quiet(words.peopleElsewhere(people.partnershipsElsewhere.toInt()))
        LinkRow(words.peopleSelfCheck, { model.go(Route.SelfCheck) }, note = words.peopleSelfCheckHelp)
    }
}
