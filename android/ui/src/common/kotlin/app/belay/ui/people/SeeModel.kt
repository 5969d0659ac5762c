package app.belay.ui.people

import app.belay.core.ChangeArea
import app.belay.core.CheckInField
import app.belay.core.SeenGoalView
import app.belay.core.SpaceId
import app.belay.core.TheySeeView
import app.belay.ui.Doing
import app.belay.ui.Loader
import app.belay.ui.Route
import app.belay.ui.Services
import app.belay.ui.value
import kotlinx.coroutines.CoroutineScope

/** One list, one switch each. Nothing that was written before changes. */
class SeeModel(val services: Services, scope: CoroutineScope, val space: SpaceId) {
    /** What one partner can see: their usual fields, and this person's goals. */
    val seen: Loader<TheySeeView> = Loader(services, scope, AREAS) { services.core.theySee(space) }

    val act = Doing(scope, services.words)

    /** The name to say. */
    val name: String get() = nameOf(seen.state.value?.partner, services.words)

    /** Shows or hides a part of what is written from now on. */
    fun set(field: CheckInField, shown: Boolean) {
        val now = seen.state.value ?: return
        val fields = now.usualFields - field + listOfNotNull(field.takeIf { shown })
        act.run {
            val partner = services.core.setUsualFields(space, fields)
            seen.set(now.copy(partner = partner, usualFields = partner.usualFields))
        }
    }

    /** Opens a goal, where it is chosen who sees it. */
    fun open(goal: SeenGoalView) = services.navigator.go(Route.Goal(goal.name))

    private companion object {
        val AREAS = setOf(ChangeArea.PARTNERS, ChangeArea.GOALS)
    }
}
