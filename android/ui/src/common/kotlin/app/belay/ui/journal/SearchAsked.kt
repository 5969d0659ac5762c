package app.belay.ui.journal

/** What somebody looks for: words as they were typed, and choices that narrow it down. */
data class SearchAsked(
    val text: String = "",
    val moods: Set<Int> = emptySet(),
    val tags: List<String> = emptyList(),
    /** Titles of goals. */
    val goals: List<String> = emptyList(),
    val from: String? = null,
    val until: String? = null
) {
    /** How many choices narrow it down. */
    val choices: Int get() = moods.size + tags.size + goals.size + listOfNotNull(from, until).size

    /** Nothing is looked for. */
    val isEmpty: Boolean get() = text.isBlank() && choices == 0

    /** As the core reads it. The choices stand first: a quotation mark that is still open holds until the end. */
    val question: String
        get() = buildList {
            moods.sorted().forEach { add("mood:$it") }
            tags.forEach { add("tag:${it.quoted()}") }
            goals.forEach { add("goal:${it.quoted()}") }
            from?.let { add("from:$it") }
            until?.let { add("until:$it") }
            if (text.isNotBlank()) add(text.trim())
        }.joinToString(" ")

    /** Each field with its name, for a draft. */
    fun fields(): List<Pair<String, String>> = buildList {
        moods.sorted().forEach { add(MOOD to it.toString()) }
        tags.forEach { add(TAG to it) }
        goals.forEach { add(GOAL to it) }
        from?.let { add(FROM to it) }
        until?.let { add(UNTIL to it) }
    }

    /** Never the words. */
    override fun toString(): String = "SearchAsked"

    companion object {
        private const val MOOD = "mood"
        private const val TAG = "tag"
        private const val GOAL = "goal"
        private const val FROM = "from"
        private const val UNTIL = "until"

        /** What [fields] and the words gave. */
        fun of(draft: PageDraft): SearchAsked {
            val all = { name: String -> draft.fields.filter { it.first == name }.map { it.second } }
            return SearchAsked(
                text = draft.body,
                moods = all(MOOD).mapNotNull { it.toIntOrNull() }.toSet(),
                tags = all(TAG),
                goals = all(GOAL),
                from = draft[FROM].ifEmpty { null },
                until = draft[UNTIL].ifEmpty { null }
            )
        }

        /** One phrase, whatever stands in it: marks inside would end it. */
        private fun String.quoted(): String = "\"${map { if (it in MARKS) ' ' else it }.joinToString("")}\""

        private const val MARKS = "\"“”„«»"
    }
}
