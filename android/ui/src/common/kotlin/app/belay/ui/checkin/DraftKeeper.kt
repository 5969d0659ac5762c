package app.belay.ui.checkin

import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.setValue
import app.belay.ui.Problem
import app.belay.ui.Services
import app.belay.ui.problemOf
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.job
import kotlinx.coroutines.launch
import kotlinx.coroutines.sync.Mutex
import kotlinx.coroutines.sync.withLock

/**
 * Keeps what stands on a page with every keystroke: the newest state is always the next to be written, one
 * write at a time. It works in the scope of the shell, so that leaving the page at once loses nothing.
 */
class DraftKeeper(private val services: Services, scope: CoroutineScope, private val keep: suspend () -> Unit) {
    /** Why the newest state could not be kept; the page still has it. */
    var problem: Problem? by mutableStateOf(null)
        private set

    private val changed = Channel<Unit>(Channel.CONFLATED)
    private val writing = Mutex()
    private var usedUp = false

    init {
        services.scope.launch { for (change in changed) writing.withLock { if (!usedUp) keepNow() } }
        scope.coroutineContext.job.invokeOnCompletion { changed.close() }
    }

    /** Something on the page is new. */
    fun changed() {
        changed.trySend(Unit)
    }

    /** Does [write], which uses the draft up; afterwards nothing is kept any more. */
    suspend fun <T> usedUpBy(write: suspend () -> T): T = writing.withLock { write().also { usedUp = true } }

    @Suppress("TooGenericExceptionCaught") // whatever it was must reach the person
    private suspend fun keepNow() {
        problem = try {
            keep()
            null
        } catch (stopped: CancellationException) {
            throw stopped
        } catch (error: Exception) {
            problemOf(error, services.words)
        }
    }
}
