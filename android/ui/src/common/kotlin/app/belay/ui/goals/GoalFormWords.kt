package app.belay.ui.goals

import app.belay.core.CivilDay
import app.belay.core.Goal
import app.belay.core.LifeArea
import app.belay.core.Measure
import app.belay.core.PauseReason
import app.belay.ui.Shell
import app.belay.words.Words
import java.math.BigDecimal
import java.text.NumberFormat

private const val DECIMALS = 3

/** How a goal counts, on a chip. */
internal fun countingWords(words: Words, counting: Counting): String = when (counting) {
    Counting.YES_NO -> words.goalFormCountsYesNo
    Counting.AT_LEAST -> words.goalFormCountsAtLeast
    Counting.AT_MOST -> words.goalFormCountsAtMost
    Counting.AVOID -> words.goalFormCountsAvoid
    Counting.STEPS -> words.goalFormCountsSteps
    Counting.DAYS -> words.goalFormCountsDays
}

/** How often, on a chip. */
internal fun rhythmWords(words: Words, rhythm: Rhythm): String = when (rhythm) {
    Rhythm.DAILY -> words.goalFormOftenDaily
    Rhythm.WORKDAYS -> words.goalsScheduleWorkdays
    Rhythm.WEEKEND -> words.goalsScheduleWeekend
    Rhythm.CHOSEN -> words.goalFormOftenWeekdays
    Rhythm.WEEK -> words.goalFormOftenWeek
    Rhythm.MONTH -> words.goalFormOftenMonth
    Rhythm.EVERY -> words.goalFormOftenEvery
    Rhythm.DATES -> words.goalFormOftenDates
    Rhythm.ONCE -> words.goalFormOftenOnce
}

/** A part of life. */
internal fun areaWords(words: Words, area: LifeArea): String = when (area) {
    LifeArea.BODY -> words.goalFormAreaBody
    LifeArea.MIND -> words.goalFormAreaMind
    LifeArea.RECOVERY -> words.goalFormAreaRecovery
    LifeArea.PEOPLE -> words.goalFormAreaPeople
    LifeArea.CARE -> words.goalFormAreaCare
    LifeArea.WORK -> words.goalFormAreaWork
    LifeArea.HOME -> words.goalFormAreaHome
    LifeArea.LEARNING -> words.goalFormAreaLearning
    LifeArea.JOY -> words.goalFormAreaJoy
    LifeArea.MEANING -> words.goalFormAreaMeaning
}

/** Why something rests. */
internal fun pauseReasonWords(words: Words, reason: PauseReason): String = when (reason) {
    PauseReason.HOLIDAY -> words.goalFormPauseHoliday
    PauseReason.ILL -> words.goalFormPauseIll
    PauseReason.REST -> words.goalFormPauseRest
}

/** "At least 20 pages"; null where nothing is measured. */
internal fun measureWords(shell: Shell, measure: Measure): String? = when (measure) {
    is Measure.AtLeast -> shell.words.goalFormAtLeast(amountSaid(shell, measure.amount), measure.unit)
    is Measure.AtMost -> shell.words.goalFormAtMost(amountSaid(shell, measure.amount), measure.unit)
    is Measure.Avoid -> shell.words.goalFormCountsAvoid
    else -> null
}

/** The word for what is counted; null where nothing is. */
internal fun unitOf(measure: Measure): String? = when (measure) {
    is Measure.AtLeast -> measure.unit
    is Measure.AtMost -> measure.unit
    else -> null
}

/** "2.5" as the person's language writes it. */
internal fun amountSaid(shell: Shell, thousandths: Long): String =
    NumberFormat.getNumberInstance(shell.locale).apply { maximumFractionDigits = DECIMALS }
        .format(BigDecimal.valueOf(thousandths, DECIMALS))

/** Since when a goal is put away, or let go. */
internal fun endedWords(shell: Shell, goal: Goal, on: CivilDay): String {
    val day = shell.formats.shortDay(on)
    return if (goal.letGo) shell.words.goalFormGoneSince(day) else shell.words.goalFormAwaySince(day)
}
