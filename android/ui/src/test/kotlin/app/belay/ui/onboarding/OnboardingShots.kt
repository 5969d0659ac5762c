package app.belay.ui.onboarding

import androidx.compose.runtime.Composable
import androidx.compose.runtime.remember
import app.belay.core.BelayException
import app.belay.ui.Shell
import app.belay.ui.testkit.Shot

/** Beginning, recovery words, and what can be in the way of opening. */
val onboardingShots: List<Shot> = listOf(
    Shot("onboarding-1-welcome") { Onboarding(it) { } },
    Shot("onboarding-2-limits") { Onboarding(it) { next() } },
    Shot("onboarding-3-you") { shell ->
        Onboarding(shell) {
            next()
            next()
            name = "Mira"
        }
    },
    Shot("onboarding-4-recovery") { shell ->
        Onboarding(shell) {
            next()
            next()
            make()
        }
    },
    Shot("onboarding-5-check") { shell ->
        Onboarding(shell) {
            next()
            next()
            make()
            recovery?.written()
            recovery?.run { type(asked.first(), recoveryWords[asked.first() - 1]) }
        }
    },
    Shot("opening-passphrase") { shell ->
        Opened(shell, FakeDoor(isThere = true, asksPassphrase = true) { throw BelayException.WrongSecret() }) {
            passphrase = "a long sentence"
            unlock()
        }
    },
    Shot("opening-key-lost") { Opened(it, refusing(BelayException.Locked())) { } },
    Shot("opening-key-away") { shell ->
        Opened(shell, refusing(BelayException.Locked()).apply { isKeyGone = false }) { }
    },
    Shot("opening-damaged") { Opened(it, refusing(BelayException.DataDamaged("/belay/damaged-2026-03-03"))) { } },
    Shot("opening-newer") { Opened(it, refusing(BelayException.NewerData())) { } },
    Shot("opening-being-deleted") { shell ->
        val door = refusing(BelayException.Unavailable("being-deleted"))
        Opened(shell, door) {
            door.left = door.left.copy(troubles = listOf("offline"))
            finish()
        }
    }
)

private fun refusing(error: BelayException) = FakeDoor(isThere = true, open = { throw error })

@Composable
private fun Onboarding(shell: Shell, go: OnboardingModel.() -> Unit) {
    val model = remember { OnboardingModel(FakeDoor(), shell, shell.scope) { }.apply(go) }
    OnboardingScreen(model) { }
}

@Composable
private fun Opened(shell: Shell, door: StoreDoor, go: OpeningModel.() -> Unit) {
    val model = remember { OpeningModel(door, shell, shell.scope).apply(go) }
    OpeningScreen(model) { }
}
