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

    /** The page has something that is not kept yet. */
    @Volatile
    private var isNew = false

    init {
        services.scope.launch { for (change in changed) writing.withLock { if (isNew && !usedUp) keepNow() } }
        scope.coroutineContext.job.invokeOnCompletion { changed.close() }
    }

    /** Something on the page is new. */
    fun changed() {
        isNew = true
        changed.trySend(Unit)
    }

    /** Does [write], which uses the draft up; afterwards nothing is kept any more. */
    suspend fun <T> usedUpBy(write: suspend () -> T): T = writing.withLock { write().also { usedUp = true } }

    /** Does [write], after which the page and what is kept are the same; a write on its way comes before it. */
    suspend fun setBy(write: suspend () -> Unit) = writing.withLock {
        write()
        isNew = false
    }

    @Suppress("TooGenericExceptionCaught") // whatever it was must reach the person
    private suspend fun keepNow() {
        isNew = false
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
