package app.belay.ui.settings

import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.setValue
import app.belay.core.ChangeArea
import app.belay.core.SettingsEdit
import app.belay.core.SettingsPageView
import app.belay.core.ZoneChoice
import app.belay.ui.Doing
import app.belay.ui.Loader
import app.belay.ui.Route
import app.belay.ui.Services
import app.belay.ui.value
import kotlinx.coroutines.CoroutineScope

/** What a person set for themselves. Each choice is saved as it is made; what is typed, by its own button. */
class SettingsModel(val services: Services, scope: CoroutineScope) {
    val page: Loader<SettingsPageView> = Loader(services, scope, setOf(ChangeArea.SETTINGS)) {
        services.core.settingsPage()
    }

    /** The name as typed; null while it was not touched. */
    var typedName: String? by mutableStateOf(null)

    /** The zone as typed; null while it was not touched. */
    var typedZone: String? by mutableStateOf(null)

    /** A zone of its own is being chosen. */
    var choosesZone: Boolean by mutableStateOf(false)
        private set

    val name = Doing(scope, services.words)
    val zone = Doing(scope, services.words)
    val other = Doing(scope, services.words)

    /** The app's language: null follows the device. */
    var language: String? by mutableStateOf(services.platform.language)
        private set

    /** Whether the app asks for the device's lock. */
    var appLock: Boolean by mutableStateOf(services.platform.appLock)
        private set

    /** Whether the device says quietly that something has come. */
    var tells: Boolean by mutableStateOf(services.platform.tells)
        private set

    /** Saves the name; it goes to everyone one shares with. */
    fun saveName() {
        val typed = typedName?.trim() ?: return
        name.run {
            edit(SettingsEdit(displayName = typed))
            typedName = null
        }
    }

    /** Follows the device again, or opens the field for a zone of its own. */
    fun followDevice(follow: Boolean) {
        choosesZone = !follow
        val isFixed = page.state.value?.settings?.settings?.zoneName != null
        if (follow && isFixed) zone.run { edit(SettingsEdit(zone = ZoneChoice.Device)) }
    }

    /** Saves a zone of its own. */
    fun saveZone() {
        val typed = typedZone?.trim() ?: return
        zone.run {
            edit(SettingsEdit(zone = ZoneChoice.Fixed(typed)))
            typedZone = null
        }
    }

    /** The hour at which the day begins. */
    fun setDayStart(hour: Int) = other.run { edit(SettingsEdit(dayStart = hour.toUByte())) }

    /** How long a shared copy waits before it leaves. */
    fun setHold(seconds: Int) = other.run { edit(SettingsEdit(holdSeconds = seconds.toUInt())) }

    /** The app's language. */
    fun choose(tag: String?) {
        services.platform.language = tag
        language = tag
    }

    /** Asks for the device's lock, or does not. */
    fun lock(asks: Boolean) {
        services.platform.appLock = asks
        appLock = services.platform.appLock
    }

    /** Says it, or does not; the system may ask first. */
    fun tell(wanted: Boolean) = other.run { tells = services.platform.tell(wanted) }

    /** Goes to another screen. */
    fun go(route: Route) = services.navigator.go(route)

    /** Lets devices find each other on one network, or no more. */
    fun findOthers(on: Boolean) = other.run {
        val nearby = services.core.setNearby(on)
        page.state.value?.let { page.set(it.copy(nearby = nearby)) }
    }

    private suspend fun edit(change: SettingsEdit) {
        val settings = services.core.editSettings(change)
        page.state.value?.let { page.set(it.copy(settings = settings)) }
    }
}
