package app.belay.ui.checkin

import app.belay.core.CheckInField
import app.belay.core.CheckInFormView
import app.belay.core.CheckInTemplate
import app.belay.core.CheckInView
import app.belay.core.Emotion
import app.belay.core.Need
import app.belay.core.NewCheckIn
import app.belay.core.NewOutcome

/** What stands on the page now. Texts as typed: what is blank counts as not answered only when it is handed in. */
data class CheckInAnswers(
    val template: CheckInTemplate,
    val mood: Int? = null,
    val energy: Int? = null,
    val emotions: Set<Emotion> = emptySet(),
    val texts: Map<CheckInField, String> = emptyMap(),
    val need: Need? = null,
    val outcomes: Map<String, NewOutcome> = emptyMap(),
    /** Per partner what was chosen for this one; null as long as nobody touched a switch. */
    val audience: Map<String, Set<CheckInField>>? = null
) {
    /** What was typed into a field. */
    fun text(field: CheckInField): String = texts[field].orEmpty()

    /** As the core takes it; always about the day the page is about, however long it stays open. */
    fun handedIn(on: String): NewCheckIn = NewCheckIn(
        on = on,
        template = template,
        mood = mood?.toUByte(),
        emotions = emotions.toList(),
        energy = energy?.toUByte(),
        win = texts[CheckInField.WIN],
        struggle = texts[CheckInField.STRUGGLE],
        plan = texts[CheckInField.PLAN],
        need = need,
        note = texts[CheckInField.NOTE],
        outcomes = outcomes.values.toList(),
        audience = audience?.mapValues { it.value.toList() }
    )

    /** These, and where they say nothing what [before] said. */
    fun over(before: CheckInAnswers): CheckInAnswers = copy(
        mood = mood ?: before.mood,
        energy = energy ?: before.energy,
        emotions = before.emotions + emotions,
        texts = before.texts + texts.filterValues(String::isNotBlank),
        need = need ?: before.need,
        outcomes = before.outcomes + outcomes,
        audience = audience ?: before.audience
    )

    /** Never what somebody wrote. */
    override fun toString(): String = "CheckInAnswers(template=$template)"

    companion object {
        /** What the page begins with: the kept draft, the check-in that is changed, or nothing yet. */
        fun of(form: CheckInFormView): CheckInAnswers {
            val draft = form.draft
            val about = form.about
            return when {
                draft != null -> of(draft.new)
                about != null -> of(about)
                else -> CheckInAnswers(form.template)
            }
        }

        private fun of(new: NewCheckIn) = CheckInAnswers(
            template = new.template,
            mood = new.mood?.toInt(),
            energy = new.energy?.toInt(),
            emotions = new.emotions.toSet(),
            texts = texts(new.win, new.struggle, new.plan, new.note),
            need = new.need,
            outcomes = new.outcomes.associateBy { it.goal },
            audience = new.audience?.mapValues { it.value.toSet() }
        )

        private fun of(view: CheckInView): CheckInAnswers = with(view.checkIn) {
            CheckInAnswers(
                template = template,
                mood = mood?.toInt(),
                energy = energy?.toInt(),
                emotions = emotions.toSet(),
                texts = texts(win, struggle, plan, note),
                need = need
            )
        }

        private fun texts(win: String?, struggle: String?, plan: String?, note: String?) = listOf(
            CheckInField.WIN to win,
            CheckInField.STRUGGLE to struggle,
            CheckInField.PLAN to plan,
            CheckInField.NOTE to note
        ).mapNotNull { (field, text) -> text?.let { field to it } }.toMap()
    }
}
