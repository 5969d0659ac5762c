package app.belay.ui.onboarding

import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.setValue
import app.belay.core.BelayCoreInterface
import app.belay.core.BelayException
import app.belay.core.NewPerson
import app.belay.ui.Doing
import app.belay.ui.Shell
import app.belay.ui.recovery.RestoreModel
import kotlinx.coroutines.CoroutineScope

/** The pages a person sees before the first check-in. */
enum class OnboardingStep { WELCOME, LIMITS, YOU, RECOVERY, JOIN, RESTORE }

/** Who may open Belay on this device. */
enum class LockChoice { NONE, DEVICE, PASSPHRASE }

/**
 * Beginning: what Belay is and is not, a name if one likes, the recovery words. No account, no question about
 * anything that is shared later.
 */
class OnboardingModel(
    private val door: StoreDoor,
    val shell: Shell,
    private val scope: CoroutineScope,
    /** A store lies here already: somebody began before, and it is looked at again. */
    private val onThere: () -> Unit = {},
    /** What was typed so far, also in a window that is gone: another language makes a new one. */
    private val typed: Beginning = Beginning(),
    private val onOpen: (BelayCoreInterface) -> Unit
) {
    /** The page. */
    var step: OnboardingStep by typed::step
        private set

    var name: String by typed::name
    var dayStart: Int by typed::dayStart
    var lock: LockChoice by typed::lock
    var passphrase: String by typed::passphrase
    var again: String by typed::again

    /** Making the store. */
    val making = Doing(scope, shell.words)

    /** The recovery words, once there is a store. */
    var recovery: RecoveryModel? by mutableStateOf(null)
        private set

    /** Making this device one of a person who uses Belay elsewhere. */
    val joining: JoinModel = JoinModel(door, shell, scope, onOpen = onOpen)

    init {
        typed.made?.let(::showWords)
    }

    /** Coming back with words after a loss. */
    val restoring: RestoreModel = RestoreModel(door, shell, scope, onOpen = onOpen)

    /** What is still wrong with the passphrase, in words; null when it can go on. */
    val passphraseProblem: String?
        get() = when {
            lock != LockChoice.PASSPHRASE -> null
            passphrase.isEmpty() -> shell.words.onboardingPassphraseNeeded
            again.isNotEmpty() && again != passphrase -> shell.words.onboardingPassphraseDiffers
            else -> null
        }

    /** Whether the store can be made now. */
    val canMake: Boolean
        get() = passphraseProblem == null && (lock != LockChoice.PASSPHRASE || again == passphrase)

    /** Goes to the next page. */
    fun next() {
        step = when (step) {
            OnboardingStep.WELCOME -> OnboardingStep.LIMITS
            OnboardingStep.LIMITS -> OnboardingStep.YOU
            else -> return
        }
    }

    /** Goes to the page before. False where there is none: a store that was made stays made. */
    fun back(): Boolean {
        when (step) {
            OnboardingStep.LIMITS -> step = OnboardingStep.WELCOME
            OnboardingStep.JOIN -> joining.turnBack { step = OnboardingStep.WELCOME }
            OnboardingStep.YOU -> step = OnboardingStep.LIMITS
            OnboardingStep.RESTORE -> if (restoring.restored == null) leaveRestoring() else return false
            else -> return false
        }
        return true
    }

    /** This is a further device of somebody who uses Belay already. */
    fun join() {
        step = OnboardingStep.JOIN
    }

    /** This person had Belay before, and has words. */
    fun restore() {
        step = OnboardingStep.RESTORE
    }

    private fun leaveRestoring() {
        restoring.leave()
        step = OnboardingStep.WELCOME
    }

    /** Makes the store, then shows the recovery words. */
    fun make() {
        if (!canMake) return
        making.run(caught = ::isThere) {
            val made = typed.made ?: door.create(newPerson()).also { typed.made = it }
            if (shell.platform.canLock) shell.platform.appLock = lock == LockChoice.DEVICE
            passphrase = ""
            again = ""
            showWords(made)
        }
    }

    private fun showWords(made: BelayCoreInterface) {
        recovery = RecoveryModel(made, shell.words, scope) { onOpen(made) }
        step = OnboardingStep.RECOVERY
    }

    private fun isThere(error: Exception): Boolean {
        val there = error is BelayException.Unavailable && error.reason == "already-exists"
        if (there) onThere()
        return there
    }

    private fun newPerson() = NewPerson(
        displayName = name.trim().ifEmpty { null },
        dayStart = dayStart.toUByte(),
        passphrase = passphrase.takeIf { lock == LockChoice.PASSPHRASE }
    )
}
