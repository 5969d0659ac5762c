package app.belay.ui

import app.belay.words.Words
import kotlinx.coroutines.CancellationException

/**
 * Does what a person asked for. What went wrong comes back as a [Problem] they can act on; whoever calls keeps
 * everything that was typed.
 */
@Suppress("TooGenericExceptionCaught") // whatever went wrong must reach the person, and end no scope
suspend fun attempt(words: Words, command: suspend () -> Unit): Problem? = try {
    command()
    null
} catch (stopped: CancellationException) {
    throw stopped
} catch (error: Exception) {
    problemOf(error, words)
}
