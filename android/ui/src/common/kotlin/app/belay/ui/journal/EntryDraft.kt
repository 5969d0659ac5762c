package app.belay.ui.journal

import app.belay.core.DocName
import app.belay.ui.attachments.KeptPick

/**
 * What is typed into an entry, as one text that a draft can keep: the words of the body as they are, and above
 * them, only where there is more, a head between two lines of dashes, as Markdown files have it.
 */
data class EntryDraft(
    val title: String = "",
    val body: String = "",
    val on: String? = null,
    val mood: UByte? = null,
    val tags: List<String> = emptyList(),
    val goals: List<DocName> = emptyList(),
    /** A tag that is still being typed: kept with the rest, and part of no entry. */
    val halfTag: String = "",
    /** The question it is written by, word for word. */
    val prompt: String? = null,
    /** What it was begun from, as the core names it. */
    val template: String? = null,
    /** What was chosen to go in: kept with the rest, and part of the entry once it is saved. */
    val picks: List<KeptPick> = emptyList()
) {
    /** Nothing was typed or chosen that would be worth keeping. */
    val isEmpty: Boolean
        get() = title.isBlank() && body.isBlank() && tags.isEmpty() && goals.isEmpty() && mood == null &&
            halfTag.isBlank() && picks.isEmpty() && prompt == null

    /** Without what only a draft holds: what an entry can be compared with. */
    val asEntry: EntryDraft get() = copy(halfTag = "", prompt = null, template = null, picks = emptyList())

    /** The one text; [read] gives the same draft back. */
    fun write(): String {
        val head = buildList {
            if (title.isNotEmpty()) add("$TITLE$title")
            if (on != null) add("$ON$on")
            if (mood != null) add("$MOOD$mood")
            tags.forEach { add("$TAG$it") }
            goals.forEach { add("$GOAL$it") }
            if (halfTag.isNotBlank()) add("$HALF_TAG$halfTag")
            if (prompt != null) add("$PROMPT$prompt")
            if (template != null) add("$TEMPLATE$template")
            picks.forEach { add("$PICK${it.write()}") }
        }
        if (head.isEmpty() && !body.startsWith(FENCE)) return body
        return (listOf(FENCE) + head + FENCE).joinToString("\n") + "\n" + body
    }

    /** Never the words. */
    override fun toString(): String = "EntryDraft"

    companion object {
        private const val FENCE = "---"
        private const val TITLE = "title: "
        private const val ON = "on: "
        private const val MOOD = "mood: "
        private const val TAG = "tag: "
        private const val GOAL = "goal: "
        private const val HALF_TAG = "half-tag: "
        private const val PROMPT = "prompt: "
        private const val TEMPLATE = "template: "
        private const val PICK = "pick: "

        /** Reads what [write] gave; any other text is the body, word for word. */
        fun read(text: String): EntryDraft {
            val plain = EntryDraft(body = text)
            if (!text.startsWith("$FENCE\n")) return plain
            var draft = EntryDraft()
            var at = FENCE.length + 1
            while (true) {
                val end = text.indexOf('\n', at)
                if (end < 0) return plain
                val line = text.substring(at, end)
                at = end + 1
                if (line == FENCE) return draft.copy(body = text.substring(at))
                draft = draft.with(line) ?: return plain
            }
        }

        private fun EntryDraft.with(line: String): EntryDraft? = when {
            line.startsWith(TITLE) -> copy(title = line.removePrefix(TITLE))
            line.startsWith(ON) -> copy(on = line.removePrefix(ON))
            line.startsWith(MOOD) -> line.removePrefix(MOOD).toUByteOrNull()?.let { copy(mood = it) }
            line.startsWith(TAG) -> copy(tags = tags + line.removePrefix(TAG))
            line.startsWith(GOAL) -> copy(goals = goals + line.removePrefix(GOAL))
            line.startsWith(HALF_TAG) -> copy(halfTag = line.removePrefix(HALF_TAG))
            line.startsWith(PROMPT) -> copy(prompt = line.removePrefix(PROMPT))
            line.startsWith(TEMPLATE) -> copy(template = line.removePrefix(TEMPLATE))
            line.startsWith(PICK) -> KeptPick.read(line.removePrefix(PICK))?.let { copy(picks = picks + it) }
            else -> null
        }
    }
}
