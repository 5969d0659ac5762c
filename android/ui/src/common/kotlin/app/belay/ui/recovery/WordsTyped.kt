package app.belay.ui.recovery

import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.setValue
import app.belay.core.BelayException
import app.belay.core.MistypedWordView
import app.belay.core.TypedWordsView
import app.belay.core.checkWords
import app.belay.core.wordsOfShares
import app.belay.ui.pairing.withWord

/** What every piece begins with, in either case. */
private val PIECE = Regex("BELAY-SHARE:", RegexOption.IGNORE_CASE)

/**
 * The 24 words as a person types them, or pieces of them that trusted people kept. Kept in memory only, never as a
 * draft: whoever reads them can read everything.
 */
class WordsTyped(
    private val check: (String) -> TypedWordsView = ::checkWords,
    private val joined: (List<String>) -> String = ::wordsOfShares
) {
    /** What stands in the field. */
    var text: String by mutableStateOf("")
        private set

    /** What the words look like so far; null before the first, and for pieces. */
    var looks: TypedWordsView? by mutableStateOf(null)
        private set

    /** Words that are in no list, each with the nearest that is. */
    val mistyped: List<MistypedWordView> get() = looks?.mistyped.orEmpty()

    /** Whether there is something to try. */
    val isThere: Boolean get() = text.isNotBlank()

    /** Takes what was typed, and looks at it. */
    fun type(typed: String) {
        text = typed
        looks = if (typed.isBlank() || PIECE.containsMatchIn(typed)) null else check(typed)
    }

    /** Puts the nearest word of the list in the place of the one that was typed. */
    fun useNearest(slip: MistypedWordView) = type(text.withWord(slip.position.toInt(), slip.nearest))

    /** The words, also out of pieces. */
    fun words(): String = pieces().let { if (it.isEmpty()) text.trim() else joined(it) }

    /** What the core can try as it is: words, or pieces one a line. */
    fun asTyped(): String = pieces().joinToString("\n").ifEmpty { text.trim() }

    /** The pieces among what was typed. One may be pasted over several lines; what stands before it is no part of it. */
    private fun pieces(): List<String> {
        val pieces = mutableListOf<StringBuilder>()
        var isOpen = false
        for (line in text.lines()) {
            val starts = PIECE.findAll(line).map { it.range.first }.toList()
            val before = line.substring(0, starts.firstOrNull() ?: line.length)
            isOpen = isOpen && before.isNotBlank()
            if (isOpen && starts.isEmpty()) pieces.last().append(before)
            for ((at, start) in starts.withIndex()) {
                pieces += StringBuilder(line.substring(start, starts.getOrElse(at + 1) { line.length }))
                isOpen = true
            }
        }
        return pieces.map { piece -> piece.filterNot(Char::isWhitespace).toString() }
    }

    /** Whether an error is a slip that can be shown; it is then, the last word with the others. */
    fun understands(error: Exception): Boolean {
        if (error !is BelayException.InvalidInput || error.rule != "unknown_word") return false
        looks = check("$text ")
        return mistyped.isNotEmpty()
    }

    /** Forgets what was typed. */
    fun forget() = type("")

    /** Never the words. */
    override fun toString(): String = "WordsTyped"
}
