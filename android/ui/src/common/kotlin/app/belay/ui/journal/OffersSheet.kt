package app.belay.ui.journal

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.ColumnScope
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.ui.Modifier
import app.belay.core.PromptGroup
import app.belay.core.PromptView
import app.belay.core.TemplateView
import app.belay.core.WritingOffersView
import app.belay.ui.Shell
import app.belay.ui.kit.BelayIcons
import app.belay.ui.kit.Body
import app.belay.ui.kit.Caption
import app.belay.ui.kit.Card
import app.belay.ui.kit.CardActions
import app.belay.ui.kit.CardTitle
import app.belay.ui.kit.CardTone
import app.belay.ui.kit.ChoiceButton
import app.belay.ui.kit.Heading
import app.belay.ui.kit.Loaded
import app.belay.ui.kit.Quiet
import app.belay.ui.kit.QuietButton
import app.belay.ui.kit.Sheet
import app.belay.ui.theme.Space
import app.belay.words.Words

/** Something to write by: a few questions for the day, all of them, and templates. */
@Composable
internal fun OffersSheet(shell: Shell, model: EntryEditorModel, onClose: () -> Unit) {
    val (words, offers) = shell.words to model.offers
    val day = model.day
    LaunchedEffect(day) { offers.load(day) }
    Sheet(words, words.offersTitle, onClose) {
        Loaded(words, offers.state, { offers.load(day) }) { there ->
            Column(verticalArrangement = Arrangement.spacedBy(Space.m)) {
                Questions(shell, model, there, onClose)
                Heading(words.offersTemplates)
                Quiet(words.offersTemplatesLead)
                for (template in there.templates) Template(words, model, template, onClose)
            }
        }
    }
}

@Composable
private fun ColumnScope.Questions(
    shell: Shell,
    model: EntryEditorModel,
    there: WritingOffersView,
    onClose: () -> Unit
) {
    val (words, offers) = shell.words to model.offers
    val isToday = there.on == shell.presentDay.value
    Heading(if (isToday) words.offersForTheDay else words.offersForAnotherDay(shell.formats.day(there.on)))
    for (prompt in there.forTheDay) Question(model, prompt, onClose)
    if (offers.showsAll) {
        for ((group, prompts) in there.prompts.groupBy { it.group }) {
            Heading(groupWords(words, group))
            for (prompt in prompts) Question(model, prompt, onClose)
        }
    }
    CardActions {
        QuietButton(
            if (offers.showsAll) words.offersFewer else words.offersAll,
            offers::toggleAll,
            icon = if (offers.showsAll) BelayIcons.up else BelayIcons.down
        )
    }
}

private fun groupWords(words: Words, group: PromptGroup): String = when (group) {
    PromptGroup.WINS -> words.offersGroupWins
    PromptGroup.HELPED -> words.offersGroupHelped
    PromptGroup.PEOPLE -> words.offersGroupPeople
    PromptGroup.NOW -> words.offersGroupNow
    PromptGroup.HARD -> words.offersGroupHard
    PromptGroup.AHEAD -> words.offersGroupAhead
    PromptGroup.ONESELF -> words.offersGroupOneself
}

@Composable
private fun Question(model: EntryEditorModel, prompt: PromptView, onClose: () -> Unit) {
    Card(
        tone = CardTone.WELL,
        onClick = {
            model.writeBy(prompt)
            onClose()
        }
    ) {
        Body(prompt.ask)
        prompt.hint?.let { Quiet(it) }
    }
}

@Composable
private fun Template(words: Words, model: EntryEditorModel, template: TemplateView, onClose: () -> Unit) {
    val isOpen = model.offers.opened == template.name
    Card {
        CardTitle(template.title)
        Quiet(template.about)
        if (isOpen) {
            for (note in template.notes) Caption(note)
            template.notReviewed?.let { Caption(it) }
            Heading(words.offersSteps)
            for (step in template.steps) {
                Column {
                    Body(step.title)
                    Quiet(step.ask)
                    step.hint?.let { Caption(it) }
                    step.examples.firstOrNull()?.let { Caption(words.offersExample(it)) }
                }
            }
        }
        CardActions {
            QuietButton(
                if (isOpen) words.offersFold(template.title) else words.offersLook(template.title),
                { model.offers.toggle(template.name) }
            )
        }
        ChoiceButton(
            words.offersBegin(template.title),
            {
                model.writeBy(template)
                onClose()
            },
            Modifier.fillMaxWidth()
        )
    }
}
