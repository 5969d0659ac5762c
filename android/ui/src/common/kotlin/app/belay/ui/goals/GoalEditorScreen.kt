package app.belay.ui.goals

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.text.KeyboardOptions
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.text.input.KeyboardCapitalization
import app.belay.core.GoalField
import app.belay.core.PartnerView
import app.belay.core.Weekday
import app.belay.ui.ScrollingScreen
import app.belay.ui.Services
import app.belay.ui.Shell
import app.belay.ui.kit.BelayIcons
import app.belay.ui.kit.Caption
import app.belay.ui.kit.CardActions
import app.belay.ui.kit.Chip
import app.belay.ui.kit.Chips
import app.belay.ui.kit.FieldRow
import app.belay.ui.kit.Heading
import app.belay.ui.kit.Loaded
import app.belay.ui.kit.PrimaryButton
import app.belay.ui.kit.ProblemNote
import app.belay.ui.kit.Quiet
import app.belay.ui.kit.QuietButton
import app.belay.ui.kit.SwitchRow
import app.belay.ui.theme.Space
import app.belay.words.Words

/** Begins a goal: what, how often in words, why. Who sees it is folded and begins with nobody. */
@Composable
fun GoalEditorScreen(services: Services, model: GoalEditorModel) {
    val shell = services.shell
    val words = shell.words
    val sentences = KeyboardOptions(capitalization = KeyboardCapitalization.Sentences)
    ScrollingScreen(
        services,
        title = words.goalsBegin,
        foot = { PrimaryButton(words.goalsEditSave, model::save, enabled = model.canSave) }
    ) {
        model.problem?.let { ProblemNote(it) }
        FieldRow(words.goalsEditWhat, model.title, model::title, hint = words.goalsEditWhatHint, keyboard = sentences)
        HowOften(shell, model)
        FieldRow(words.goalsEditWhy, model.why, model::why, hint = words.goalsEditWhyHint, keyboard = sentences)
        WhoSees(shell, model)
    }
}

@Composable
private fun HowOften(shell: Shell, model: GoalEditorModel) {
    val words = shell.words
    Column(verticalArrangement = Arrangement.spacedBy(Space.xs)) {
        Heading(words.goalsEditWhen)
        Chips {
            for (rhythm in Rhythm.entries) {
                Chip(rhythmWords(words, rhythm), rhythm == model.rhythm, { model.choose(rhythm) }, single = true)
            }
        }
        if (model.rhythm == Rhythm.CHOSEN) {
            Chips {
                for (day in Weekday.entries) {
                    val name = weekdayLong(day, shell.locale)
                    Chip(
                        weekdayShort(day, shell.locale),
                        day in model.days,
                        { model.toggle(day) },
                        Modifier.semantics { contentDescription = name }
                    )
                }
            }
            if (model.days.isEmpty()) {
                Caption(words.goalsEditDayNeeded)
            } else {
                Quiet(scheduleWords(words, shell.locale, model.rhythm.schedule(model.days)))
            }
        }
    }
}

private fun rhythmWords(words: Words, rhythm: Rhythm): String = when (rhythm) {
    Rhythm.DAILY -> words.goalsScheduleDaily
    Rhythm.WORKDAYS -> words.goalsScheduleWorkdays
    Rhythm.WEEKEND -> words.goalsScheduleWeekend
    Rhythm.CHOSEN -> words.goalsScheduleChoose
}

@Composable
private fun WhoSees(shell: Shell, model: GoalEditorModel) {
    val words = shell.words
    var unfolded by rememberSaveable { mutableStateOf(false) }
    Column(verticalArrangement = Arrangement.spacedBy(Space.xs)) {
        CardActions {
            QuietButton(
                words.goalsEditMore,
                { unfolded = !unfolded },
                icon = if (unfolded) BelayIcons.up else BelayIcons.down
            )
        }
        if (!unfolded) Quiet(words.goalsEditPrivate)
        if (unfolded) {
            Loaded(words, model.partners, model::reload) { all ->
                if (all.isEmpty()) Quiet(words.goalsWhoNobodyYet)
                Column { for (partner in all) Fields(words, model, partner) }
            }
        }
    }
}

@Composable
private fun Fields(words: Words, model: GoalEditorModel, partner: PartnerView) {
    val chosen = model.audience[partner.space]?.fields.orEmpty()
    Heading(words.goalsWhoChoose(partner.name))
    for (field in GoalField.entries) {
        SwitchRow(fieldWords(words, field), field in chosen, { model.toggle(partner, field) })
    }
}
