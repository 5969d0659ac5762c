package app.belay.ui.people

import app.belay.core.ChangeArea
import app.belay.core.CheckInField
import app.belay.core.GoalView
import app.belay.core.PartnerView
import app.belay.core.SpaceId
import app.belay.ui.Doing
import app.belay.ui.Loader
import app.belay.ui.Route
import app.belay.ui.Services
import app.belay.ui.value
import kotlinx.coroutines.CoroutineScope

/** What one partner can see: their usual fields, and this person's goals. */
data class Seen(val partner: PartnerView, val goals: List<GoalView>)

/** One list, one switch each. Nothing that was written before changes. */
class SeeModel(val services: Services, scope: CoroutineScope, val space: SpaceId) {
    val seen: Loader<Seen> = Loader(services, scope, AREAS) {
        Seen(services.core.partner(space).partner, services.core.goals())
    }

    val act = Doing(scope, services.words)

    /** The name to say. */
    val name: String get() = nameOf(seen.state.value?.partner, services.words)

    /** Shows or hides a part of what is written from now on. */
    fun set(field: CheckInField, shown: Boolean) {
        val now = seen.state.value ?: return
        val fields = now.partner.usualFields - field + listOfNotNull(field.takeIf { shown })
        act.run { seen.set(now.copy(partner = services.core.setUsualFields(space, fields))) }
    }

    /** Opens a goal, where it is chosen who sees it. */
    fun open(goal: GoalView) = services.navigator.go(Route.Goal(goal.name))

    private companion object {
        val AREAS = setOf(ChangeArea.PARTNERS, ChangeArea.GOALS)
    }
}
