package app.belay.ui

import app.belay.core.BelayException
import app.belay.words.Words

/**
 * What a person is told when something could not be done: what happened, what is safe, what to do. [code] is
 * the core's stable code, for screens that can offer more than words; [field] the part of a form it is about.
 */
data class Problem(
    val code: String,
    val title: String,
    val advice: String,
    val detail: String? = null,
    val field: String? = null
) {
    /** Whether the same may go well a moment later. */
    val canRetry: Boolean get() = code !in FINAL

    private companion object {
        val FINAL = setOf("newer-data", "data-damaged", "closed", "invalid-input", "not-found")
    }
}

/** The words for whatever the core or the program answered. The one place where an error becomes words. */
fun problemOf(error: Throwable, words: Words): Problem {
    val (code, detail) = codeOf(error)
    val field = (error as? BelayException.InvalidInput)?.field
    // What is true of a text may be said otherwise of a file.
    val ofField = field?.let { "$code-${it}_$detail" }
    val ids = listOfNotNull(ofField, detail?.let { "$code-$it" }, code)
    val id = ids.first { words.errorsText(it) != null }
    return Problem(
        code = code,
        title = checkNotNull(words.errorsText(id)) { "every code has its words" },
        advice = checkNotNull(words.errorsText("${id}_do")) { "every error has its advice" },
        detail = detail,
        field = field
    )
}

private fun codeOf(error: Throwable): Pair<String, String?> = when (error) {
    is BelayException.InvalidInput -> "invalid-input" to error.rule

    is BelayException.NotFound -> "not-found" to error.what

    is BelayException.Locked -> "locked" to null

    is BelayException.WrongSecret -> "wrong-secret" to null

    is BelayException.Offline -> "offline" to null

    is BelayException.RelayRefused -> "relay-refused" to error.code

    is BelayException.NewerData -> "newer-data" to null

    is BelayException.DataDamaged -> "data-damaged" to null

    is BelayException.StorageFull -> "storage-full" to null

    is BelayException.Unavailable -> "unavailable" to error.reason

    is BelayException.Closed -> "closed" to null

    is BelayException.Internal -> "internal" to error.code

    // The kind of fault, never its words: those may hold anything.
    else -> "internal" to error::class.simpleName
}
