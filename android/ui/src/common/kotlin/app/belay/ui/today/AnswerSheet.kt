package app.belay.ui.today

import androidx.compose.runtime.Composable
import app.belay.ui.kit.ActionChip
import app.belay.ui.kit.Chips
import app.belay.ui.kit.FieldRow
import app.belay.ui.kit.Heading
import app.belay.ui.kit.PrimaryButton
import app.belay.ui.kit.ProblemNote
import app.belay.ui.kit.Sheet
import app.belay.ui.people.AnswerModel
import app.belay.ui.responseKind
import app.belay.words.Words

private const val STARTERS_SHOWN = 4

/** A kind answer: own words, or words to begin with; nothing is sent by itself. */
@Composable
fun AnswerSheet(words: Words, answer: AnswerModel) {
    val name = answer.to.name
    Sheet(words, words.todayAnswerTo(name, words.responseKind(answer.kind)), answer::close) {
        answer.act.problem?.let { ProblemNote(it) }
        FieldRow(words.todayAnswerWords, answer.text, answer::write)
        Heading(words.todayAnswerStarters)
        Chips { for (line in answer.starters.take(STARTERS_SHOWN)) ActionChip(line, { answer.write(line) }) }
        PrimaryButton(words.todayAnswerSend(name), answer::send, enabled = !answer.act.busy)
    }
}
