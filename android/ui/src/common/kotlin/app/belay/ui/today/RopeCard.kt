package app.belay.ui.today

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.size
import androidx.compose.material3.Icon
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import app.belay.core.PartnerCheckInView
import app.belay.core.PartnerTodayView
import app.belay.core.PartnershipStandingView
import app.belay.core.ResponseKind
import app.belay.ui.Route
import app.belay.ui.Services
import app.belay.ui.kit.ActionChip
import app.belay.ui.kit.AsOf
import app.belay.ui.kit.BelayIcons
import app.belay.ui.kit.Card
import app.belay.ui.kit.CardTitle
import app.belay.ui.kit.Chips
import app.belay.ui.kit.IconAction
import app.belay.ui.kit.Quiet
import app.belay.ui.responseKind
import app.belay.ui.theme.Belay
import app.belay.ui.theme.Size
import app.belay.ui.theme.Space

/** The kinds that stand in the one row; the rest is on the partner's page. */
private val QUICK_ANSWERS = listOf(ResponseKind.I_HEAR_YOU, ResponseKind.ENCOURAGEMENT, ResponseKind.THANK_YOU)

/** What a partner shared last, how old that is, and a kind answer. */
@Composable
fun RopeCard(services: Services, model: TodayModel, view: PartnerTodayView) {
    val words = services.words
    val partner = view.partner
    val last = view.last
    Card {
        Row(horizontalArrangement = Arrangement.spacedBy(Space.m), verticalAlignment = Alignment.CenterVertically) {
            Icon(BelayIcons.rope, contentDescription = null, Modifier.size(Size.icon), tint = Belay.colors.rope)
            CardTitle(partner.name, Modifier.weight(1f))
            IconAction(
                BelayIcons.forward,
                words.todayRopeOpen(partner.name),
                { services.navigator.go(Route.Partner(partner.space)) }
            )
        }
        AsOf(words.freshness(view, services.formats))
        if (partner.mayBeBehind && partner.standing == PartnershipStandingView.ACTIVE) Quiet(words.todayRopeBehind)
        if (partner.paused) Quiet(words.todayRopePaused(partner.name))
        if (last != null) {
            LastShared(services, last)
            if (partner.standing == PartnershipStandingView.ACTIVE) Answers(services, model, view)
        }
    }
}

@Composable
private fun LastShared(services: Services, last: PartnerCheckInView) {
    val words = services.words
    Column(verticalArrangement = Arrangement.spacedBy(Space.s)) {
        SharedCheckInParts(services, last.checkIn)
        for (answer in last.responses) {
            val said = answer.response.text ?: words.responseKind(answer.response.kind)
            Quiet(words.todayAnswered(if (answer.own) words.todayYou else answer.from, said))
        }
    }
}

@Composable
private fun Answers(services: Services, model: TodayModel, view: PartnerTodayView) {
    Chips {
        for (kind in QUICK_ANSWERS) {
            ActionChip(services.words.responseKind(kind), { model.answer(view, kind) })
        }
    }
}
