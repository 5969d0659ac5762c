package app.belay.ui.journal

import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.setValue
import app.belay.core.BelayCoreInterface
import app.belay.core.BelayException
import app.belay.core.DocName
import kotlinx.coroutines.sync.Mutex
import kotlinx.coroutines.sync.withLock

/**
 * Keeps what is being typed. Each keystroke asks; while one text is on its way to the disk, only the latest of
 * those that follow is kept for the next turn, so that typing never waits and the last word always arrives.
 */
class DraftKeeper(private val core: BelayCoreInterface, private val about: DocName?, kept: Long? = null) {
    private val turn = Mutex()
    private var id: Long? = kept
    private var latest: String? = null
    private var written: String? = null

    /** How it went with the latest text; `null` before the first. */
    var standing: Standing? by mutableStateOf(null)
        private set

    /** Where a text is. */
    enum class Standing { KEPT, NOT_KEPT }

    /** Keeps the text in place of the one before; with `null` there is nothing to keep any more. */
    suspend fun keep(text: String?) {
        latest = text
        turn.withLock {
            // A draft of an earlier process goes too, though nothing was written in this one.
            val isThere = if (latest == null) id == null else latest == written
            if (isThere) return
            val now = latest
            standing = try {
                replace(now)
                written = now
                if (now == null) null else Standing.KEPT
            } catch (_: BelayException) {
                Standing.NOT_KEPT
            }
        }
    }

    /** The new text is there before the old one goes: whatever happens in between, one of the two is kept. */
    private suspend fun replace(text: String?) {
        val before = id
        id = text?.let { core.keepDraft(about, it) }
        if (before == null) return
        try {
            core.dropDraft(before)
        } catch (_: BelayException.NotFound) {
            // It was let go of in the list meanwhile: nothing is left to drop.
        }
    }
}
