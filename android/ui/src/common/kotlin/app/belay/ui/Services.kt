package app.belay.ui

import app.belay.core.BelayCoreInterface
import app.belay.ui.attachments.PickKeeper
import app.belay.words.Words
import kotlinx.coroutines.CoroutineScope

/** What a screen model is handed once a store is open. */
class Services(
    val core: BelayCoreInterface,
    val shell: Shell,
    val navigator: Navigator = Navigator(),
    private val onLeave: () -> Unit = {},
    /** What one screen gives the next. */
    val handOver: HandOver = HandOver()
) : AutoCloseable {
    /** One subscription for all screens; see [Loader]. */
    val changes: ChangeStream = ChangeStream(core, shell.timeMoved)

    /** What was just done, and the way back; it stays while one goes from screen to screen. */
    val undo: Undo = Undo(shell.scope, shell.words)

    /** What was chosen for entries and is in none yet. */
    val picks: PickKeeper = PickKeeper(shell.platform)

    val words: Words get() = shell.words
    val platform: Platform get() = shell.platform
    val clock: UiClock get() = shell.clock
    val formats: Formats get() = shell.formats
    val scope: CoroutineScope get() = shell.scope

    /** Everything in the store was deleted: there is nothing left to show over it. */
    fun leaveStore() {
        picks.clear()
        onLeave()
    }

    /** Ends the subscription; the core itself is closed by whoever opened it. */
    override fun close() = changes.close()
}
