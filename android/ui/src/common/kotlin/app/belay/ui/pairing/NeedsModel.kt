package app.belay.ui.pairing

import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.setValue
import app.belay.core.BelayException
import app.belay.core.ChangeArea
import app.belay.core.PeopleView
import app.belay.core.SettingsEdit
import app.belay.ui.Doing
import app.belay.ui.Loader
import app.belay.ui.Services
import app.belay.ui.settings.RelayForm
import app.belay.ui.value
import kotlinx.coroutines.CoroutineScope

/**
 * What two people need before the first sharing, and nothing that is there already: a name to show, a relay to
 * meet at, an age statement, terms. Asked here and not at the beginning.
 */
class NeedsModel(
    val services: Services,
    scope: CoroutineScope,
    /** Whether a relay of one's own is needed too; an invitation that is taken up says where it leads. */
    private val needsRelay: Boolean = true,
    /** What was begun before this was asked, and goes on when it is there. */
    private val goOnWith: (() -> Unit)? = null
) {
    val people: Loader<PeopleView> = Loader(services, scope, AREAS) { services.core.people() }

    var name: String by mutableStateOf("")
    var isOldEnough: Boolean by mutableStateOf(false)
    var agrees: Boolean by mutableStateOf(false)

    /** The relay's address, where none is chosen. */
    val relay = RelayForm(services, scope)

    val act = Doing(scope, services.words)

    /** Whether everything is there. */
    val isReady: Boolean get() = people.state.value?.let { !asksName(it) && !asksRelay(it) && !it.agreement.needed } ==
        true

    /** Whether what is asked for was given. */
    val canGoOn: Boolean
        get() {
            val now = people.state.value ?: return false
            return (!asksName(now) || name.isNotBlank()) &&
                (!asksRelay(now) || relay.address.isNotBlank()) &&
                (!now.agreement.needed || (isOldEnough && agrees))
        }

    fun asksName(people: PeopleView): Boolean = people.displayName.isNullOrBlank()

    fun asksRelay(people: PeopleView): Boolean = needsRelay && people.relay == null

    /** Takes all of it. What one step took stays when another is in the way. */
    fun goOn() = act.run(caught = relay::asksAboutPlainHttp) {
        val now = people.state.value ?: return@run
        if (asksName(now)) services.core.editSettings(SettingsEdit(displayName = name.trim()))
        if (asksRelay(now)) relay.save()
        if (now.agreement.needed) services.core.agreeToShare(now.agreement.termsVersion)
        goOnWith?.invoke() ?: people.reload()
    }

    private companion object {
        val AREAS = setOf(ChangeArea.PARTNERS, ChangeArea.SETTINGS)
    }
}

/** The core knows no relay yet. */
internal val Exception.isNoRelay: Boolean get() = this is BelayException.Unavailable && reason == "no-relay"
