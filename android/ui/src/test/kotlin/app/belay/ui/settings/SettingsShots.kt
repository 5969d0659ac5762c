package app.belay.ui.settings

import androidx.compose.runtime.remember
import app.belay.core.BelayException
import app.belay.ui.Route
import app.belay.ui.onboarding.FakeCoreWithWords
import app.belay.ui.people.SAM
import app.belay.ui.people.nobody
import app.belay.ui.selfcheck.SelfCheckModel
import app.belay.ui.selfcheck.SelfCheckScreen
import app.belay.ui.testkit.Shot
import app.belay.ui.testkit.Shots
import app.belay.ui.testkit.testServices

/** Settings and what stands behind them. */
val settingsShots: List<Shot> = listOf(
    Shots.app("settings", { FakeSettings() }, Route.People, Route.Settings),
    Shots.app("settings-relay", { FakeSettings() }, Route.People, Route.RelaySettings),
    Shots.app("settings-relay-none", { FakeSettings(nobody) }, Route.People, Route.RelaySettings),
    Shots.app("settings-devices", { FakeSettings() }, Route.People, Route.OwnDevices),
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
