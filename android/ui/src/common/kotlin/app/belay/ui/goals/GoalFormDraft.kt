package app.belay.ui.goals

import app.belay.core.LifeArea
import app.belay.core.Weekday
import app.belay.ui.journal.PageDraft

private const val TITLE = "title"
private const val COUNTING = "counting"
private const val AMOUNT = "amount"
private const val UNIT = "unit"
private const val STEP = "step"
private const val HALF_STEP = "half-step"
private const val SINCE = "since"
private const val RHYTHM = "rhythm"
private const val DAYS = "days"
private const val PER_WEEK = "per-week"
private const val PER_MONTH = "per-month"
private const val EVERY = "every"
private const val DATE = "date"
private const val BY = "by"
private const val STARTS = "starts"
private const val ENDS = "ends"
private const val OBSTACLE = "obstacle"
private const val IF_THIS = "if"
private const val THEN_THAT = "then"
private const val STRENGTHS = "strengths"
private const val RESOURCES = "resources"
private const val AREA = "area"

/** Each field with its name, for a draft; why stands below them. */
internal fun GoalForm.fields(): List<Pair<String, String>> = listOf(
    TITLE to title,
    COUNTING to counting.name,
    AMOUNT to amount,
    UNIT to unit,
    HALF_STEP to halfStep,
    SINCE to since.orEmpty(),
    RHYTHM to rhythm.name,
    DAYS to days.sorted().joinToString(" ") { it.name },
    PER_WEEK to perWeek.toString(),
    PER_MONTH to perMonth.toString(),
    EVERY to every.toString(),
    BY to by.orEmpty(),
    STARTS to startsOn.orEmpty(),
    ENDS to endsOn.orEmpty(),
    OBSTACLE to obstacle,
    IF_THIS to ifThis,
    THEN_THAT to thenThat,
    STRENGTHS to strengths,
    RESOURCES to resources,
    AREA to area?.name.orEmpty()
) + steps.map { STEP to it } + dates.map { DATE to it }

/** What [fields] and the words below them gave. */
internal fun goalFormOf(draft: PageDraft): GoalForm {
    val plain = GoalForm()
    val all = { name: String -> draft.fields.filter { it.first == name }.map { it.second } }
    return GoalForm(
        title = draft[TITLE],
        why = draft.body,
        counting = Counting.entries.firstOrNull { it.name == draft[COUNTING] } ?: plain.counting,
        amount = draft[AMOUNT],
        unit = draft[UNIT],
        steps = all(STEP),
        halfStep = draft[HALF_STEP],
        since = draft[SINCE].ifEmpty { null },
        rhythm = Rhythm.entries.firstOrNull { it.name == draft[RHYTHM] } ?: plain.rhythm,
        days = Weekday.entries.filter { it.name in draft[DAYS].split(' ') }.toSet(),
        perWeek = draft[PER_WEEK].toIntOrNull() ?: plain.perWeek,
        perMonth = draft[PER_MONTH].toIntOrNull() ?: plain.perMonth,
        every = draft[EVERY].toIntOrNull() ?: plain.every,
        dates = all(DATE),
        by = draft[BY].ifEmpty { null },
        startsOn = draft[STARTS].ifEmpty { null },
        endsOn = draft[ENDS].ifEmpty { null },
        obstacle = draft[OBSTACLE],
        ifThis = draft[IF_THIS],
        thenThat = draft[THEN_THAT],
        strengths = draft[STRENGTHS],
        resources = draft[RESOURCES],
        area = LifeArea.entries.firstOrNull { it.name == draft[AREA] }
    )
}
