package app.belay.ui.bundle

import androidx.compose.runtime.Composable
import androidx.compose.runtime.remember
import app.belay.core.BundleFor
import app.belay.core.BundleWrittenView
import app.belay.ui.Route
import app.belay.ui.Shell
import app.belay.ui.people.SAM
import app.belay.ui.testkit.Shot
import app.belay.ui.testkit.Shots
import app.belay.ui.testkit.TestPlatform
import app.belay.ui.testkit.testServices

/** A file: before anything, made for Sam, and what one brought that ends too early. */
val bundleShots: List<Shot> = listOf(
    Shots.app("bundle", { FakeBundles() }, Route.People, Route.Bundle),
    Shot("bundle-made") { shell ->
        Bundle(shell, FakeBundles()) {
            choose(BundleFor.Partner(SAM))
            write()
        }
    },
    Shot("bundle-nothing") { shell ->
        Bundle(shell, FakeBundles(written = BundleWrittenView(0u, 0u, 1u, 0u))) {
            choose(BundleFor.Everybody)
            write()
        }
    },
    Shot("bundle-taken") { shell -> Bundle(shell, FakeBundles(read = cutShort)) { read() } }
)

@Composable
private fun Bundle(shell: Shell, core: FakeBundles, go: BundleModel.() -> Unit) {
    val services = remember { testServices(core, shell) }
    (shell.platform as TestPlatform).picked = "/handed/letters.belay"
    BundleScreen(remember { BundleModel(services, shell.scope).apply(go) })
}
