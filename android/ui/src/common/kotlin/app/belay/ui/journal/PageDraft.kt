package app.belay.ui.journal

import app.belay.core.DraftView

/**
 * What was typed into a page that is no entry, as one text that the core keeps among its drafts, sealed as they
 * are: a head between two lines of dashes that begins with the page's [kind], and the words of the [body] below.
 */
data class PageDraft(val kind: String, val fields: List<Pair<String, String>> = emptyList(), val body: String = "") {
    /** The first value called [name], or nothing. */
    operator fun get(name: String): String = fields.firstOrNull { it.first == name }?.second.orEmpty()

    /** The one text; [read] gives the same draft back. */
    fun write(): String {
        val head = (listOf(KIND to kind) + fields).map { (name, value) -> "$name$BETWEEN${value.escaped()}" }
        return (listOf(FENCE) + head + FENCE).joinToString("\n") + "\n" + body
    }

    /** Never the words. */
    override fun toString(): String = "PageDraft($kind)"

    companion object {
        private const val FENCE = "---"
        private const val KIND = "kind"
        private const val BETWEEN = ": "
        private const val BEGIN = "$FENCE\n$KIND$BETWEEN"

        /** Reads what [write] gave; null for any other text: it is an entry's. */
        fun read(text: String): PageDraft? {
            if (!text.startsWith(BEGIN)) return null
            val lines = text.split('\n')
            val end = (1 until lines.size).firstOrNull { lines[it] == FENCE } ?: return null
            val head = lines.subList(1, end).map { line ->
                val at = line.indexOf(BETWEEN)
                if (at < 0) return null
                line.take(at) to line.drop(at + BETWEEN.length).unescaped()
            }
            return PageDraft(head.first().second, head.drop(1), lines.drop(end + 1).joinToString("\n"))
        }
    }
}

/** Whether it is what was typed into an entry. */
val DraftView.isEntry: Boolean get() = PageDraft.read(text) == null

/** A head has one line a field, and gives each back as it was. */
private fun String.escaped(): String = replace("\\", "\\\\").replace("\n", "\\n")

private fun String.unescaped(): String = ESCAPED.replace(this) { if (it.value == "\\n") "\n" else it.value.takeLast(1) }

private val ESCAPED = Regex("""\\.""")
