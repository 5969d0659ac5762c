package app.belay.ui.reach

import app.belay.core.BoundaryCard
import app.belay.core.Need
import app.belay.core.QuietHours
import app.belay.core.ResponseKind
import app.belay.core.SupportLevel
import app.belay.ui.journal.PageDraft

/** A boundary card while it is being written, with what is half typed. */
data class CardForm(
    val helps: String = "",
    val doesNotHelp: String = "",
    val quiet: List<QuietHours> = emptyList(),
    val from: String = "",
    val to: String = "",
    val nudges: Int = 0,
    val welcome: List<String> = emptyList(),
    val unwelcome: List<String> = emptyList(),
    val topic: String = "",
    val answers: List<ResponseKind> = emptyList(),
    val need: Need? = null,
    val night: SupportLevel? = null
) {
    /** Hours that are typed and not added yet belong to the card as much as those above. */
    private val allQuiet: List<QuietHours>
        get() = if (from.isBlank() && to.isBlank()) quiet else quiet + QuietHours(from.trim(), to.trim())

    /** The card as the core takes it. */
    val card: BoundaryCard
        get() = BoundaryCard(
            helps = helps.ifBlank { null },
            doesNotHelp = doesNotHelp.ifBlank { null },
            quiet = allQuiet,
            nudgesADay = nudges.toUByte(),
            welcome = welcome,
            unwelcome = unwelcome,
            answers = answers,
            need = need,
            reachAtNight = night
        )

    /** Each field with its name, for a draft; what helps stands below them. */
    fun fields(): List<Pair<String, String>> = listOf(
        NOT to doesNotHelp,
        FROM to from,
        TO to to,
        NUDGES to nudges.toString(),
        TOPIC to topic,
        ANSWERS to answers.joinToString(" ") { it.name },
        NEED to need?.name.orEmpty(),
        NIGHT to night?.name.orEmpty()
    ) + quiet.map { QUIET to "${it.from} ${it.to}" } + welcome.map { WELCOME to it } +
        unwelcome.map { UNWELCOME to it }

    /** Never the words. */
    override fun toString(): String = "CardForm"

    companion object {
        private const val NOT = "not"
        private const val FROM = "from"
        private const val TO = "to"
        private const val NUDGES = "nudges"
        private const val TOPIC = "topic"
        private const val ANSWERS = "answers"
        private const val NEED = "need"
        private const val NIGHT = "night"
        private const val QUIET = "quiet"
        private const val WELCOME = "welcome"
        private const val UNWELCOME = "unwelcome"

        /** What a card says. */
        fun of(card: BoundaryCard): CardForm = CardForm(
            helps = card.helps.orEmpty(),
            doesNotHelp = card.doesNotHelp.orEmpty(),
            quiet = card.quiet,
            nudges = card.nudgesADay.toInt(),
            welcome = card.welcome,
            unwelcome = card.unwelcome,
            answers = card.answers,
            need = card.need,
            night = card.reachAtNight
        )

        /** What [fields] and the words below them gave. */
        fun of(draft: PageDraft): CardForm {
            val all = { name: String -> draft.fields.filter { it.first == name }.map { it.second } }
            return CardForm(
                helps = draft.body,
                doesNotHelp = draft[NOT],
                quiet = all(QUIET).map { QuietHours(it.substringBefore(' '), it.substringAfter(' ')) },
                from = draft[FROM],
                to = draft[TO],
                nudges = draft[NUDGES].toIntOrNull() ?: 0,
                welcome = all(WELCOME),
                unwelcome = all(UNWELCOME),
                topic = draft[TOPIC],
                answers = ResponseKind.entries.filter { it.name in draft[ANSWERS].split(' ') },
                need = Need.entries.firstOrNull { it.name == draft[NEED] },
                night = SupportLevel.entries.firstOrNull { it.name == draft[NIGHT] }
            )
        }
    }
}
