package app.belay.ui.settings

import androidx.compose.runtime.Composable
import androidx.compose.runtime.remember
import app.belay.core.ArrivalView
import app.belay.core.BelayException
import app.belay.core.DeviceStandingView
import app.belay.core.RemovedDeviceView
import app.belay.core.TwiceAdviceView
import app.belay.ui.Route
import app.belay.ui.Shell
import app.belay.ui.onboarding.FakeCoreWithWords
import app.belay.ui.people.HOUR_MS
import app.belay.ui.people.SAM
import app.belay.ui.people.nobody
import app.belay.ui.selfcheck.SelfCheckModel
import app.belay.ui.selfcheck.SelfCheckScreen
import app.belay.ui.testkit.EVENING_MS
import app.belay.ui.testkit.Shot
import app.belay.ui.testkit.Shots
import app.belay.ui.testkit.testServices

/** Settings and what stands behind them. */
val settingsShots: List<Shot> = listOf(
    Shots.app("settings", { FakeSettings() }, Route.People, Route.Settings),
    Shots.app("settings-relay", { FakeSettings() }, Route.People, Route.RelaySettings),
    Shots.app("settings-relay-none", { FakeSettings(nobody) }, Route.People, Route.RelaySettings),
    Shots.app("settings-devices", { FakeSettings() }, Route.People, Route.OwnDevices),
    Shots.app("settings-devices-arriving", { arriving() }, Route.People, Route.OwnDevices),
    Shots.app("settings-devices-gone", { gone() }, Route.People, Route.OwnDevices),
    Shots.app("settings-devices-gone-banner", { gone() }, Route.People),
    Shots.app("settings-devices-twice", { twice() }, Route.People, Route.OwnDevices),
    Shot("settings-device-remove") { shell -> Devices(shell) { care.remove(theOther) } },
    Shot("settings-device-hand-over") { shell ->
        val core = FakeSettings()
        val services = remember { testServices(core, shell) }
        val model = remember { DevicesModel(services, shell.scope).apply { handing.start() } }
        remember { core.handsOverTo?.onReady("192.0.2.7:40123") }
        DevicesScreen(model)
    },
    Shot("settings-device-rename") { shell -> Devices(shell) { care.rename(theOther) } },
    Shots.app("settings-delete", { FakeSettings() }, Route.People, Route.DeleteEverything),
    Shots.app("settings-terms", { FakeSettings() }, Route.People, Route.Agreement),
    Shots.app("settings-recovery", { FakeCoreWithWords() }, Route.People, Route.RecoveryWords),
    Shots.app("settings-error", { FakeSettings().apply { refuses = BelayException.StorageFull() } }, Route.Settings),
    Shots.app("self-check", { FakeSettings() }, Route.People, Route.SelfCheck),
    Shot("self-check-details") { shell ->
        val services = remember { testServices(FakeSettings(), shell) }
        SelfCheckScreen(remember { SelfCheckModel(services, shell.scope).apply { fold(SAM) } })
    }
)

private val DevicesModel.theOther get() = checkNotNull(devices.loaded).devices.last().device

@Composable
private fun Devices(shell: Shell, act: DevicesModel.() -> Unit) {
    val services = remember { testServices(FakeSettings(), shell) }
    DevicesScreen(remember { DevicesModel(services, shell.scope).apply(act) })
}

private fun arriving() = FakeSettings().apply {
    arriving = ArrivalView(1_204u, 3_650u)
    removed = listOf(RemovedDeviceView("d", "Old phone", EVENING_MS - 5 * 24 * HOUR_MS, 2u))
}

private fun gone() = FakeSettings().apply { standing = DeviceStandingView.Removed("Tablet", EVENING_MS - HOUR_MS) }

/** Both of Mira’s devices have a copy somewhere. */
private fun twice() = FakeSettings().apply {
    twice = mapOf(
        devices[0].device to TwiceAdviceView.REMOVE_FROM_ANOTHER,
        devices[1].device to TwiceAdviceView.REMOVE_AND_ADD_AGAIN
    )
}
