package app.belay.ui

import app.belay.core.CheckInField
import app.belay.core.CheckInTemplate
import app.belay.core.Emotion
import app.belay.core.Need
import app.belay.core.ResponseKind
import app.belay.words.Words

private val MOOD_IDS = listOf("very_hard", "hard", "in_between", "good", "very_good")

/** The word of a step of the scale, 1 to 5. */
fun Words.mood(step: Int): String = said(moodsText(MOOD_IDS[step - 1]), MOOD_IDS[step - 1])

private val ENERGY_IDS = listOf("empty", "low", "steady", "strong", "full")

/** The word of a step of energy, 1 to 5. */
fun Words.energy(step: Int): String = said(energiesText(ENERGY_IDS[step - 1]), ENERGY_IDS[step - 1])

/** What a check-in asks: freely, in the morning, in the evening. */
fun Words.template(template: CheckInTemplate): String = said(templatesText(template.name), template.name)

/** A feeling in this language. */
fun Words.emotion(emotion: Emotion): String = said(feelingsText(emotion.name), emotion.name)

/** Feelings beside each other; no sentence, so that none has to bend. */
fun Words.feelings(emotions: List<Emotion>): String = emotions.joinToString(" · ", transform = ::emotion)

/** What kind of answer is welcome. */
fun Words.need(need: Need): String = said(needsText(need.name), need.name)

/** A kind of answer. */
fun Words.responseKind(kind: ResponseKind): String = said(responsesText(kind.name), kind.name)

/** A part of a check-in, as in "Sam sees: mood, win". */
fun Words.checkInField(field: CheckInField): String = said(fieldsText("check_in_${field.name}"), field.name)

/** Things in a row: "mood, win and plan". */
fun Words.list(parts: List<String>): String = when (parts.size) {
    0 -> ""
    1 -> parts[0]
    2 -> commonAnd(parts[0], parts[1])
    else -> commonComma(parts[0], list(parts.drop(1)))
}

private fun said(text: String?, id: String): String = checkNotNull(text) { "the words for $id are missing" }
