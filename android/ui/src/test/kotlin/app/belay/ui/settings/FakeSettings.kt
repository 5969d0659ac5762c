package app.belay.ui.settings

import app.belay.core.ArrivalView
import app.belay.core.AskingDeviceView
import app.belay.core.BelayException
import app.belay.core.DeviceId
import app.belay.core.DeviceStandingView
import app.belay.core.DevicesPageView
import app.belay.core.Discovery
import app.belay.core.InvitationView
import app.belay.core.NearbyObserver
import app.belay.core.NoHandle
import app.belay.core.OwnDeviceRowView
import app.belay.core.OwnDeviceStateView
import app.belay.core.OwnDeviceView
import app.belay.core.PeopleView
import app.belay.core.ProgressObserver
import app.belay.core.RemovedDeviceView
import app.belay.core.SettingsEdit
import app.belay.core.SettingsView
import app.belay.core.Subscription
import app.belay.core.SyncReport
import app.belay.core.TwiceAdviceView
import app.belay.core.ZoneChoice
import app.belay.ui.pairing.CODE
import app.belay.ui.people.FakePeople
import app.belay.ui.people.HOUR_MS
import app.belay.ui.people.miraAndHers
import app.belay.ui.testkit.EVENING_MS

private const val DAY_MS = 24 * HOUR_MS

/** A core with Mira's settings and devices. */
open class FakeSettings(people: PeopleView = miraAndHers) : FakePeople(people) {
    var nobodyAnswers: BelayException? = null
    var copyAt: String? = null
    var devices = listOf(
        OwnDeviceView("device-Mira’s phone", "Mira’s phone", true, null, EVENING_MS - 400 * DAY_MS),
        OwnDeviceView("device-Tablet", "Tablet", false, EVENING_MS - 3 * HOUR_MS, EVENING_MS - 30 * DAY_MS)
    )
    var report = SyncReport(
        envelopesSent = 2u,
        envelopesReceived = 1u,
        itemsReceived = 1u,
        envelopesRefused = 0u,
        editedAfterDeletion = 0u,
        invitations = emptyList(),
        troubles = emptyList()
    )

    override suspend fun settings(): SettingsView = refuses?.let { throw it } ?: settings

    override suspend fun editSettings(edit: SettingsEdit): SettingsView {
        refuses?.let { throw it }
        asked += "settings $edit"
        val zone = edit.zone
        val now = settings.settings
        settings = settings.copy(
            settings = now.copy(
                displayName = edit.displayName ?: now.displayName,
                dayStart = edit.dayStart ?: now.dayStart,
                holdSeconds = edit.holdSeconds ?: now.holdSeconds,
                zoneName = if (zone == null) now.zoneName else (zone as? ZoneChoice.Fixed)?.name
            )
        )
        return settings
    }

    override suspend fun selfCopy(): String? = copyAt

    override suspend fun setSelfCopy(keep: Boolean) {
        refuses?.let { throw it }
        copyAt = if (keep) people.relay else null
    }

    var removed: List<RemovedDeviceView> = emptyList()
    var standing: DeviceStandingView = DeviceStandingView.Active
    var arriving: ArrivalView? = null
    var twice: Map<DeviceId, TwiceAdviceView> = emptyMap()

    /** Who waits to be told of a device that comes back here. */
    var handsOverTo: NearbyObserver? = null

    override fun handOver(observer: NearbyObserver, discovery: Discovery?): Subscription {
        refuses?.let { throw it }
        handsOverTo = observer
        return object : Subscription(NoHandle) {
            override fun cancel() {
                handsOverTo = null
            }

            override fun close() = Unit
        }
    }

    override suspend fun deviceStanding(): DeviceStandingView = standing

    override suspend fun devicesPage(): DevicesPageView {
        val isOne = standing == DeviceStandingView.Active
        return DevicesPageView(
            standing = standing,
            devices = devices.map { row(it, isOne) },
            removed = removed,
            arriving = arriving,
            twice = twice[devices.first().device],
            partnershipsElsewhere = 0u,
            sealedCopyAt = "relay.example",
            mayAdd = isOne,
            mayTakeIn = isOne
        )
    }

    private fun row(device: OwnDeviceView, isOne: Boolean) = OwnDeviceRowView(
        device = device,
        state = if (device.asOfAtMs == null &&
            !device.thisDevice
        ) {
            OwnDeviceStateView.NotHeardOf
        } else {
            OwnDeviceStateView.InUse
        },
        twice = twice[device.device],
        mayRename = isOne,
        mayRemove = isOne && !device.thisDevice
    )

    override suspend fun renameOwnDevice(device: DeviceId, name: String): List<OwnDeviceView> {
        refuses?.let { throw it }
        devices = devices.map { if (it.device == device) it.copy(name = name) else it }
        return devices
    }

    override suspend fun revokeOwnDevice(device: DeviceId): List<OwnDeviceView> {
        refuses?.let { throw it }
        val gone = devices.first { it.device == device }
        devices = devices - gone
        removed = listOf(RemovedDeviceView(device, gone.name, EVENING_MS, 3u))
        return devices
    }

    override suspend fun takeInFromRemovedDevice(device: DeviceId): ULong {
        val waiting = removed.first { it.device == device }.waiting
        removed = removed.map { it.copy(waiting = 0u) }
        return waiting
    }

    override suspend fun ownDevices(): List<OwnDeviceView> = devices

    override suspend fun inviteOwnDevice(): InvitationView {
        refuses?.let { throw it }
        return InvitationView("device-1", CODE, EVENING_MS + HOUR_MS / 6)
    }

    override suspend fun awaitOwnDevice(invitationId: String): AskingDeviceView =
        nobodyAnswers?.let { throw it } ?: AskingDeviceView(7u, listOf("ribbon", "harvest", "window", "candle"))

    override suspend fun admitAskingDevice(id: ULong, name: String): List<OwnDeviceView> {
        refuses?.let { throw it }
        devices = devices + OwnDeviceView(device = "c", name = name, thisDevice = false, asOfAtMs = null)
        return devices
    }

    override suspend fun turnDeviceAway(id: ULong) {
        asked += "turn away $id"
    }

    override suspend fun deleteEverything() {
        refuses?.let { throw it }
        asked += "delete everything"
    }

    override suspend fun sync(observer: ProgressObserver?): SyncReport = refuses?.let { throw it } ?: report
}
