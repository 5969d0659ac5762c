package app.belay.ui.checkin

import androidx.compose.foundation.layout.Column
import androidx.compose.runtime.Composable
import app.belay.core.CheckInField
import app.belay.core.CheckInFormView
import app.belay.core.FormPartnerView
import app.belay.core.PreviewView
import app.belay.core.SharedCheckIn
import app.belay.ui.Services
import app.belay.ui.checkInField
import app.belay.ui.kit.ActionChip
import app.belay.ui.kit.BelayIcons
import app.belay.ui.kit.CardTone
import app.belay.ui.kit.Chips
import app.belay.ui.kit.Quiet
import app.belay.ui.list

/** Who will see what of this one, before it is saved: a chip a partner, and each opens exactly that. */
@Composable
fun ShareStrip(services: Services, model: CheckInModel, form: CheckInFormView) {
    Column {
        if (form.partners.isEmpty()) Quiet(services.words.checkInShareNobody)
        Chips {
            for (partner in form.partners) {
                ActionChip(
                    sees(services, model, partner),
                    { model.previewOf = partner.space },
                    icon = BelayIcons.eye,
                    tone = CardTone.ROPE
                )
            }
        }
    }
}

/** "Sam sees: mood, win and 2 goals". */
private fun sees(services: Services, model: CheckInModel, partner: FormPartnerView): String {
    val words = services.words
    val preview = model.previews.firstOrNull { it.space == partner.space }
    val parts = when {
        model.previews.isNotEmpty() -> preview?.let { seenParts(services, it) }.orEmpty()
        else -> model.fieldsOf(partner).sorted().map(words::checkInField)
    }
    return when {
        partner.wordsDiffer -> words.checkInSeesWordsDiffer(partner.name)
        partner.paused -> words.checkInSeesPaused(partner.name)
        parts.isEmpty() -> words.checkInSeesNothing(partner.name)
        else -> words.checkInSees(partner.name, words.list(parts))
    }
}

private fun seenParts(services: Services, preview: PreviewView): List<String> {
    val words = services.words
    val fields = preview.checkIn?.let(::filledFields).orEmpty().map(words::checkInField)
    val goals = preview.outcomes.size
    return if (goals == 0) fields else fields + words.checkInGoalsCount(goals)
}

/** The fields of a shared copy that say something. */
fun filledFields(shared: SharedCheckIn): List<CheckInField> = listOfNotNull(
    CheckInField.MOOD.takeIf { shared.mood != null },
    CheckInField.EMOTIONS.takeIf { shared.emotions.isNotEmpty() },
    CheckInField.ENERGY.takeIf { shared.energy != null },
    CheckInField.WIN.takeIf { shared.win != null },
    CheckInField.STRUGGLE.takeIf { shared.struggle != null },
    CheckInField.PLAN.takeIf { shared.plan != null },
    CheckInField.NEED.takeIf { shared.need != null },
    CheckInField.NOTE.takeIf { shared.note != null }
)
