package app.belay.ui.help

import app.belay.core.CrisisLineView
import app.belay.core.LineChannel
import app.belay.core.LineFor
import app.belay.ui.Shell
import app.belay.words.Words
import java.time.LocalDate
import java.time.Year
import java.time.YearMonth
import java.time.format.DateTimeFormatter
import java.time.format.FormatStyle

private const val YEAR_CHARS = 4
private const val MONTH_CHARS = 7

/** LineChannel, hours, languages and for whom, each as its sources have it. */
fun facts(words: Words, line: CrisisLineView): List<String> {
    if (line.lineFor == LineFor.EMERGENCY) return emptyList()
    return listOfNotNull(
        channelWord(words, line.channel).takeIf { line.dial == null && line.textTo == null },
        line.hours?.let(words::helpHours) ?: words.helpHoursUnknown,
        line.languages?.let(words::helpLanguages),
        words.helpForWhom(line.forWhom).takeIf { line.lineFor != LineFor.ALL }
    )
}

/** "Source of 2 June 2026, read on 22 November 2026". */
fun dated(shell: Shell, line: CrisisLineView): String {
    val checked = whole(shell).format(LocalDate.parse(line.checkedOn))
    val date = line.sourceDate ?: return shell.words.helpUndated(checked)
    return shell.words.helpDated(dateOf(shell, date), checked)
}

/** A day, month or year, no more exact than its source. */
private fun dateOf(shell: Shell, date: String): String = when (date.length) {
    YEAR_CHARS -> Year.parse(date).toString()
    MONTH_CHARS -> shell.formats.month(YearMonth.parse(date).toString())
    else -> whole(shell).format(LocalDate.parse(date))
}

private fun whole(shell: Shell) = DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG).withLocale(shell.locale)

private fun channelWord(words: Words, channel: LineChannel): String = when (channel) {
    LineChannel.CALL -> words.helpChannelCall
    LineChannel.TEXT -> words.helpChannelText
    LineChannel.CHAT -> words.helpChannelChat
    LineChannel.WEB -> words.helpChannelWeb
}
