package app.belay.ui.people

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.size
import androidx.compose.material3.Icon
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import app.belay.core.ComparisonView
import app.belay.core.PartnerView
import app.belay.core.PartnershipStandingView
import app.belay.ui.Services
import app.belay.ui.kit.BelayIcons
import app.belay.ui.kit.Card
import app.belay.ui.kit.CardTitle
import app.belay.ui.kit.CardTone
import app.belay.ui.kit.StateLine
import app.belay.ui.theme.Belay
import app.belay.ui.theme.Size
import app.belay.ui.theme.Space

/** One partner, for the list. */
@Composable
fun PartnerCard(services: Services, partner: PartnerView, onOpen: () -> Unit) {
    val hasEnded = partner.hasEnded
    val tone = if (hasEnded || partner.standing == PartnershipStandingView.WAITING) CardTone.PLAIN else CardTone.ROPE
    Card(tone = tone, onClick = onOpen) {
        Row(
            horizontalArrangement = Arrangement.spacedBy(Space.m),
            verticalAlignment = Alignment.CenterVertically
        ) {
            if (tone == CardTone.ROPE) {
                Icon(BelayIcons.rope, contentDescription = null, Modifier.size(Size.icon), tint = Belay.colors.rope)
            }
            CardTitle(nameOf(partner, services.words), Modifier.weight(1f))
            Icon(BelayIcons.forward, contentDescription = null, Modifier.size(Size.icon), tint = Belay.colors.ink2)
        }
        PartnerState(services, partner)
    }
}

/** How it stands with a partner, in words: what is verified, how old it is, what is paused. */
@Composable
fun PartnerState(services: Services, partner: PartnerView) {
    val words = services.words
    when (partner.standing) {
        PartnershipStandingView.WAITING -> StateLine(BelayIcons.clock, words.peopleStandingWaiting)
        PartnershipStandingView.PARTNER_LEFT -> StateLine(BelayIcons.info, words.peopleStandingPartnerLeft)
        PartnershipStandingView.LEFT -> StateLine(BelayIcons.info, words.peopleStandingLeft)
        PartnershipStandingView.BLOCKED -> StateLine(BelayIcons.lock, words.peopleStandingBlocked)
        PartnershipStandingView.ACTIVE -> ActiveState(services, partner)
    }
}

@Composable
private fun ActiveState(services: Services, partner: PartnerView) {
    val words = services.words
    StateLine(BelayIcons.clock, asOf(services, partner))
    if (partner.mayBeBehind) StateLine(BelayIcons.info, words.peopleMayBeBehind)
    if (partner.paused) StateLine(BelayIcons.pause, words.peoplePaused)
    when (partner.comparison) {
        ComparisonView.SAME -> StateLine(BelayIcons.check, words.peopleComparedSame)

        ComparisonView.NOT_COMPARED -> StateLine(BelayIcons.eye, words.peopleComparedNotYet)

        ComparisonView.DIFFERENT -> StateLine(
            BelayIcons.close,
            words.peopleComparedDifferent,
            color = Belay.colors.clay
        )
    }
    if (partner.clockAhead) StateLine(BelayIcons.info, words.peopleClockAhead)
    if (partner.needsNewer > 0uL) StateLine(BelayIcons.info, words.peopleNeedsNewer(partner.needsNewer.toInt()))
    if (partner.parked > 0uL) StateLine(BelayIcons.info, words.peopleParked)
}

private fun asOf(services: Services, partner: PartnerView): String =
    partner.asOfAtMs?.let { services.words.peopleAsOf(services.formats.ago(it)) } ?: services.words.peopleAsOfNever

/** Whether nothing goes either way any more. */
val PartnerView.hasEnded: Boolean
    get() = standing == PartnershipStandingView.LEFT ||
        standing == PartnershipStandingView.BLOCKED ||
        standing == PartnershipStandingView.PARTNER_LEFT
