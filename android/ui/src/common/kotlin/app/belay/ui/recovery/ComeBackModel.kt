package app.belay.ui.recovery

import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateMapOf
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.setValue
import app.belay.core.ChangeArea
import app.belay.core.KeptShareView
import app.belay.core.RecoveryView
import app.belay.core.SpaceId
import app.belay.ui.Doing
import app.belay.ui.Loader
import app.belay.ui.Route
import app.belay.ui.Services
import kotlinx.coroutines.CoroutineScope

/** How coming back stands, and what this person keeps for others. */
class ComeBack(val recovery: RecoveryView, val kept: List<KeptShareView>)

/** What would come back if this phone were gone, what is missing, and trying it. */
class ComeBackModel(
    val services: Services,
    scope: CoroutineScope,
    /** The words of a try; forgotten with the page. */
    val typed: WordsTyped = WordsTyped()
) {
    val page: Loader<ComeBack> = Loader(services, scope, AREAS) {
        ComeBack(services.core.recovery(), services.core.keptShares())
    }

    /** The field for a try is open. */
    var tries: Boolean by mutableStateOf(false)
        private set

    /** The last try was right. */
    var isRight: Boolean by mutableStateOf(false)
        private set

    /** Pieces that are shown, by the space of whom they are kept for. */
    val shown = mutableStateMapOf<SpaceId, String>()

    val drill = Doing(scope, services.words)
    val act = Doing(scope, services.words)

    /** Opens the field. */
    fun begin() {
        tries = true
        isRight = false
    }

    /** Closes it, and forgets what was typed. */
    fun close() {
        tries = false
        typed.forget()
    }

    /** Tries what was typed; nothing changes but the date of the last try. */
    fun check() = drill.run(caught = typed::understands) {
        show(services.core.drill(typed.asTyped()))
        close()
        isRight = true
    }

    /** After how many days it is asked again; null never. */
    fun remind(days: UInt?) = act.run { show(services.core.setDrillReminder(days)) }

    /** Shows the piece that is kept for somebody. */
    fun showKept(space: SpaceId) = act.run { shown[space] = services.core.keptShare(space) }

    /** Hands a piece to the system. */
    fun send(text: String) = services.platform.shareText(text)

    /** Goes to another screen. */
    fun go(route: Route) = services.navigator.go(route)

    private fun show(recovery: RecoveryView) {
        page.set(ComeBack(recovery, page.loaded?.kept.orEmpty()))
    }

    private companion object {
        val AREAS = setOf(ChangeArea.SETTINGS, ChangeArea.DEVICES, ChangeArea.PARTNERS)
    }
}
