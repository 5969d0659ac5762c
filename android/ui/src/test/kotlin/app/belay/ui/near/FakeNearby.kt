package app.belay.ui.near

import app.belay.core.BelayException
import app.belay.core.ChangeArea
import app.belay.core.Discovery
import app.belay.core.InvitationView
import app.belay.core.LanEndingView
import app.belay.core.LanMeetingView
import app.belay.core.LanReport
import app.belay.core.MetDeviceView
import app.belay.core.NearbyObserver
import app.belay.core.NearbyView
import app.belay.core.NoHandle
import app.belay.core.SettingsPageView
import app.belay.core.Subscription
import app.belay.ui.people.HOUR_MS
import app.belay.ui.people.SAM
import app.belay.ui.settings.FakeSettings
import app.belay.ui.testkit.EVENING_MS

/** A core that meets others when the test says so. */
class FakeNearby(on: Boolean = false, met: List<MetDeviceView> = emptyList()) : FakeSettings() {
    private var view = NearbyView(on, met)

    /** Who listens for meetings now. */
    var observer: NearbyObserver? = null
        private set

    override suspend fun nearby(): NearbyView = refuses?.let { throw it } ?: view

    override suspend fun settingsPage(): SettingsPageView = super.settingsPage().copy(nearby = view)

    override suspend fun setNearby(on: Boolean): NearbyView {
        refuses?.let { throw it }
        asked += "nearby $on"
        view = view.copy(on = on)
        changed(ChangeArea.SETTINGS)
        return view
    }

    override fun keepNear(observer: NearbyObserver, discovery: Discovery?): Subscription {
        this.observer = observer
        return object : Subscription(NoHandle) {
            override fun cancel() {
                asked += "left"
            }

            override fun close() = Unit
        }
    }

    /** Somebody is met. */
    fun meet(ending: LanEndingView) {
        val meeting = LanMeetingView(SAM, "Sam", "phone", ending, null, 1u, 2u, 0u, 2u)
        observer?.onReport(LanReport(listOf(meeting), 0u))
    }

    /** Nobody can be met here. */
    fun forbid(error: BelayException?) = observer?.onStopped(error)

    override suspend fun inviteOwnDeviceNear(): InvitationView = inviteOwnDevice().also {
        asked += "device in the room"
    }
}

/** Sam and a tablet, met this evening and yesterday. */
val samAndTheTablet = listOf(
    MetDeviceView(SAM, "Sam", "phone", EVENING_MS - 12 * HOUR_MS / 60),
    MetDeviceView("self", null, "tablet", EVENING_MS - 26 * HOUR_MS)
)
