package app.belay.ui.recovery

import androidx.compose.runtime.Composable
import androidx.compose.runtime.remember
import app.belay.core.RestoredView
import app.belay.ui.Route
import app.belay.ui.Shell
import app.belay.ui.onboarding.FakeCoreWithWords
import app.belay.ui.onboarding.FakeDoor
import app.belay.ui.onboarding.recoveryWords
import app.belay.ui.people.SAM
import app.belay.ui.testkit.Shot
import app.belay.ui.testkit.Shots
import app.belay.ui.testkit.TestPlatform
import app.belay.ui.testkit.picked
import app.belay.ui.testkit.testServices

private const val FILE_BYTES = 412_000

/** Coming back after a loss, and what is done before one. */
val recoveryShots: List<Shot> = listOf(
    Shots.app("come-back", { FakeRecovery(kept = keptForSam) }, Route.People, Route.ComeBack),
    Shots.app("come-back-missing", { FakeRecovery(notKept) }, Route.People, Route.ComeBack),
    Shots.app("new-words", { FakeRecovery() }, Route.People, Route.NewWords),
    Shots.app("pieces", { FakeRecovery() }, Route.People, Route.Pieces),
    Shot("pieces-made") { shell ->
        val services = remember { testServices(FakeRecovery(), shell) }
        val model = remember { PiecesModel(services, shell.scope, quiet()) }
        remember {
            model.toggle(SAM)
            model.onPaper = 2
            model.typed.type(recoveryWords.joinToString(" "))
            model.make()
        }
        PiecesScreen(model)
    },
    Shot("pieces-back") { shell ->
        val services = remember { testServices(FakeRecovery(), shell) }
        PiecesScreen(remember { PiecesModel(services, shell.scope, quiet()).apply { askBack(true) } })
    },
    Shot("restore") { shell -> Restoring(shell, FakeDoor()) { } },
    Shot("restore-mistyped") { shell ->
        Restoring(shell, FakeDoor()) {
            typed.type("canvas lemon orbti tunnel gentle harbor maple silver pencil ribbon anchor meadow")
            typeRelay("https://relay.example")
        }
    },
    Shot("restore-turned-round") { shell ->
        Restoring(shell, FakeDoor()) { typed.type(recoveryWords.reversed().joinToString(" ")) }
    },
    Shot("restore-file") { shell ->
        (shell.platform as TestPlatform).attaching.file = picked("letters.belay", ByteArray(FILE_BYTES))
        Restoring(shell, FakeDoor()) {
            typed.type(recoveryWords.joinToString(" "))
            choose(CopyPlace.FILE)
            chooseFile()
        }
    },
    Shot("restore-lost") { shell ->
        val door = FakeDoor().apply { copies = { Restored(FakeLost(), RestoredView(2u, 0u, 2u)) } }
        Restoring(shell, door) {
            typed.type(recoveryWords.joinToString(" "))
            typeRelay("https://relay.example")
            restore()
            lost?.toggle("device-Mira’s phone")
        }
    },
    Shot("restore-back") { shell ->
        val door = FakeDoor().apply { copies = { Restored(FakeCoreWithWords(), RestoredView(2u, 0u, 0u)) } }
        Restoring(shell, door) {
            typed.type(recoveryWords.joinToString(" "))
            typeRelay("https://relay.example")
            restore()
        }
    }
)

private fun quiet() = WordsTyped(::looksLike) { it.joinToString(" ") }

@Composable
private fun Restoring(shell: Shell, door: FakeDoor, go: RestoreModel.() -> Unit) {
    val model = remember { RestoreModel(door, shell, shell.scope, quiet()) { }.apply(go) }
    RestorePage(model, onHelp = {}, onBack = {}, onDevices = {})
}
