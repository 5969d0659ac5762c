package app.belay.ui.testkit

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.rememberScrollState
import androidx.compose.foundation.verticalScroll
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import app.belay.core.DayMark
import app.belay.ui.Problem
import app.belay.ui.Shell
import app.belay.ui.Tab
import app.belay.ui.kit.ActionChip
import app.belay.ui.kit.BottomBar
import app.belay.ui.kit.Card
import app.belay.ui.kit.CardTitle
import app.belay.ui.kit.CardTone
import app.belay.ui.kit.Chip
import app.belay.ui.kit.Chips
import app.belay.ui.kit.ChoiceButton
import app.belay.ui.kit.FieldRow
import app.belay.ui.kit.Heading
import app.belay.ui.kit.Last14
import app.belay.ui.kit.LinkRow
import app.belay.ui.kit.Mark
import app.belay.ui.kit.MoodPicker
import app.belay.ui.kit.OutcomeMark
import app.belay.ui.kit.Page
import app.belay.ui.kit.PrimaryButton
import app.belay.ui.kit.ProblemNote
import app.belay.ui.kit.Quiet
import app.belay.ui.kit.QuietButton
import app.belay.ui.kit.Sentence
import app.belay.ui.kit.SwitchRow
import app.belay.ui.kit.TopBar
import app.belay.ui.kit.mark
import app.belay.ui.theme.Space

/** The pieces all screens are made of, on one page. */
val kitShots: List<Shot> = listOf(Shot("kit") { shell -> KitPage(shell) })

private val fortnight = listOf(
    DayMark.DONE, DayMark.NOT_DUE, DayMark.DONE, DayMark.PARTLY, DayMark.SKIPPED, DayMark.NOTHING, DayMark.DONE,
    DayMark.DONE, DayMark.NOT_DUE, DayMark.NOT_DONE, DayMark.DONE, DayMark.DONE, DayMark.DONE, DayMark.NOTHING
)

@Composable
private fun KitPage(shell: Shell) {
    val words = shell.words
    Column {
        TopBar(words, shell.formats.day(TUESDAY), onHelp = {}, onBack = {})
        Column(Modifier.weight(1f).verticalScroll(rememberScrollState())) {
            Page {
                Sentence("Evening. Sixty seconds?")
                MoodPicker(words, mood = 4, onMood = {})
                Chips {
                    Chip("calm", chosen = true, onToggle = {})
                    Chip("grateful", chosen = false, onToggle = {})
                    ActionChip("Sam sees: mood, 2 goals", onClick = {}, tone = CardTone.ROPE)
                }
                FieldRow(label = "A win", text = "Called my sister", onText = {})
                Card(tone = CardTone.MINE) {
                    CardTitle("Walk before work")
                    Last14(fortnight, "11 of the last 14")
                    Row(horizontalArrangement = Arrangement.spacedBy(Space.m)) {
                        for (mark in Mark.entries) OutcomeMark(mark, words.mark(mark))
                    }
                }
                Card {
                    Heading("Sam")
                    SwitchRow("Mood", checked = true, onChange = {}, note = "Sam sees this")
                    LinkRow("What Sam sees", onClick = {})
                    Quiet("as of 2 h ago, their Tuesday")
                }
                ProblemNote(Problem("offline", words.errorsOffline, words.errorsOfflineDo))
                PrimaryButton(words.commonSave, onClick = {})
                ChoiceButton(words.commonYes, onClick = {})
                QuietButton(words.commonNotNow, onClick = {})
            }
        }
        BottomBar(words, Tab.TODAY, onShow = {})
    }
}
