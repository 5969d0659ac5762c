package app.belay.ui.journal

import androidx.compose.foundation.text.KeyboardOptions
import androidx.compose.runtime.Composable
import androidx.compose.ui.text.input.ImeAction
import app.belay.ui.Shell
import app.belay.ui.kit.ActionChip
import app.belay.ui.kit.BelayIcons
import app.belay.ui.kit.Body
import app.belay.ui.kit.Chip
import app.belay.ui.kit.Chips
import app.belay.ui.kit.FieldRow
import app.belay.ui.kit.MoodPicker
import app.belay.ui.kit.PrimaryButton
import app.belay.ui.kit.Quiet
import app.belay.ui.kit.QuietButton
import app.belay.ui.kit.Sheet

/** Words to find the entry by: those it has, and a field for another. */
@Composable
internal fun TagSheet(shell: Shell, model: EntryEditorModel, onClose: () -> Unit) {
    val words = shell.words
    val add = { model.addTag(model.fields.halfTag) }
    Sheet(words, words.journalBarTag, onClose) {
        if (model.fields.tags.isNotEmpty()) {
            Chips {
                for (tag in model.fields.tags) {
                    ActionChip(words.journalTagRemove(tag), { model.removeTag(tag) }, icon = BelayIcons.close)
                }
            }
        }
        FieldRow(
            words.journalTagLabel,
            model.fields.halfTag,
            { model.change(model.fields.copy(halfTag = it)) },
            singleLine = true,
            keyboard = KeyboardOptions(imeAction = ImeAction.Done)
        )
        if (model.tagsToOffer.isNotEmpty()) {
            Quiet(words.journalTagsLately)
            Chips { for (tag in model.tagsToOffer) ActionChip(tag, { model.addTag(tag) }, icon = BelayIcons.add) }
        }
        QuietButton(words.journalTagAdd, add, icon = BelayIcons.add, enabled = model.fields.halfTag.isNotBlank())
        PrimaryButton(words.journalDone, {
            add()
            onClose()
        })
    }
}

/** How it felt, or nothing about that. */
@Composable
internal fun MoodSheet(shell: Shell, model: EntryEditorModel, onClose: () -> Unit) {
    val words = shell.words
    Sheet(words, words.journalBarMood, onClose) {
        MoodPicker(words, model.fields.mood?.toInt(), {
            model.change(model.fields.copy(mood = it.toUByte()))
            onClose()
        })
        QuietButton(words.journalMoodNone, {
            model.change(model.fields.copy(mood = null))
            onClose()
        })
    }
}

/** The goals it is about. */
@Composable
internal fun GoalSheet(shell: Shell, model: EntryEditorModel, onClose: () -> Unit) {
    val words = shell.words
    Sheet(words, words.journalGoalsQuestion, onClose) {
        if (model.goals.isEmpty()) Body(words.journalGoalsNone)
        Chips {
            for (goal in model.goals) {
                Chip(goal.title, goal.name in model.fields.goals, { model.toggleGoal(goal.name) })
            }
        }
        PrimaryButton(words.journalDone, onClose)
    }
}
