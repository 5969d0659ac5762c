package app.belay.ui.reach

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.ColumnScope
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.text.KeyboardOptions
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.LiveRegionMode
import androidx.compose.ui.semantics.isTraversalGroup
import androidx.compose.ui.semantics.liveRegion
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.text.input.KeyboardCapitalization
import app.belay.core.BoundaryCardsView
import app.belay.core.Need
import app.belay.core.ResponseKind
import app.belay.core.SupportLevel
import app.belay.ui.ScrollingScreen
import app.belay.ui.kit.BelayIcons
import app.belay.ui.kit.Body
import app.belay.ui.kit.CardActions
import app.belay.ui.kit.Chip
import app.belay.ui.kit.Chips
import app.belay.ui.kit.FieldRow
import app.belay.ui.kit.Heading
import app.belay.ui.kit.IconAction
import app.belay.ui.kit.Loaded
import app.belay.ui.kit.PrimaryButton
import app.belay.ui.kit.ProblemNote
import app.belay.ui.kit.Quiet
import app.belay.ui.kit.QuietButton
import app.belay.ui.kit.RemoveChip
import app.belay.ui.kit.StateLine
import app.belay.ui.kit.isTypeLarge
import app.belay.ui.need
import app.belay.ui.responseKind
import app.belay.ui.theme.Space
import app.belay.ui.value
import app.belay.words.Words

private val NUDGES = 0..5

/** One's own card towards a partner, in parts: what helps, when it is quiet, nudges, answers. */
@Composable
fun BoundaryCardScreen(model: BoundaryCardModel) {
    val services = model.services
    val words = services.words
    val partner = model.state.value?.partner
    ScrollingScreen(
        services,
        title = partner?.let(words::reachingCardTitle),
        foot = partner?.let { { Saving(words, model, it) } }
    ) {
        Loaded(words, model.state, model::reload) { cards ->
            Column(verticalArrangement = Arrangement.spacedBy(Space.l)) { Own(words, model, cards) }
        }
    }
}

@Composable
private fun Saving(words: Words, model: BoundaryCardModel, partner: String) {
    Column(verticalArrangement = Arrangement.spacedBy(Space.s)) {
        if (model.isSaved) {
            StateLine(
                BelayIcons.check,
                words.reachingCardSaved(partner),
                Modifier.semantics { liveRegion = LiveRegionMode.Polite }
            )
        }
        PrimaryButton(words.reachingCardSave, model::save, enabled = model.canSave)
    }
}

@Composable
private fun ColumnScope.Own(words: Words, model: BoundaryCardModel, cards: BoundaryCardsView) {
    val form = model.form
    Quiet(words.reachingCardLead(cards.partner))
    model.act.problem?.let { ProblemNote(it) }
    val sentences = KeyboardOptions(capitalization = KeyboardCapitalization.Sentences)
    FieldRow(words.reachingHelps, form.helps, { model.change(form.copy(helps = it)) }, keyboard = sentences)
    FieldRow(
        words.reachingHelpsNot,
        form.doesNotHelp,
        { model.change(form.copy(doesNotHelp = it)) },
        keyboard = sentences
    )
    QuietTimes(words, model)
    Nudging(words, model)
    Answering(words, model)
}

@Composable
private fun QuietTimes(words: Words, model: BoundaryCardModel) {
    val form = model.form
    Column(verticalArrangement = Arrangement.spacedBy(Space.s)) {
        Heading(words.reachingQuiet)
        if (form.quiet.isNotEmpty()) {
            Chips {
                for (hours in form.quiet) {
                    val said = words.reachingQuietHours(hours.from, hours.to)
                    RemoveChip(said, words.reachingQuietRemove(said)) {
                        model.change(form.copy(quiet = form.quiet - hours))
                    }
                }
            }
        }
        Hours(words, model)
        CardActions {
            QuietButton(
                words.reachingQuietAdd,
                model::addQuiet,
                icon = BelayIcons.add,
                enabled = form.from.isNotBlank() && form.to.isNotBlank()
            )
        }
        Heading(words.reachingNight)
        Chips {
            Chip(words.reachingNightNone, form.night == null, { model.change(form.copy(night = null)) }, single = true)
            for (level in SupportLevel.entries) {
                Chip(
                    words.reachingNightFrom(levelWords(words, level)),
                    level == form.night,
                    { model.change(form.copy(night = level)) },
                    single = true
                )
            }
        }
    }
}

/** From when until when: side by side, or with large type one below the other. */
@Composable
private fun Hours(words: Words, model: BoundaryCardModel) {
    val form = model.form
    val from = @Composable { width: Modifier ->
        FieldRow(words.reachingQuietFrom, form.from, { model.change(form.copy(from = it)) }, width, singleLine = true)
    }
    val to = @Composable { width: Modifier ->
        FieldRow(words.reachingQuietTo, form.to, { model.change(form.copy(to = it)) }, width, singleLine = true)
    }
    if (isTypeLarge()) {
        from(Modifier)
        to(Modifier)
        return
    }
    Row(horizontalArrangement = Arrangement.spacedBy(Space.m)) {
        // Each label is read with its own field, not both labels first.
        from(Modifier.weight(1f).semantics { isTraversalGroup = true })
        to(Modifier.weight(1f).semantics { isTraversalGroup = true })
    }
}

@Composable
private fun Nudging(words: Words, model: BoundaryCardModel) {
    val form = model.form
    Column(verticalArrangement = Arrangement.spacedBy(Space.s)) {
        Row(horizontalArrangement = Arrangement.spacedBy(Space.s), verticalAlignment = Alignment.CenterVertically) {
            IconAction(BelayIcons.remove, words.goalFormFewer, {
                model.change(form.copy(nudges = (form.nudges - 1).coerceIn(NUDGES)))
            })
            Body(
                nudgesOf(words, form.nudges),
                Modifier.weight(1f, fill = false).semantics { liveRegion = LiveRegionMode.Polite }
            )
            IconAction(BelayIcons.add, words.goalFormOftener, {
                model.change(form.copy(nudges = (form.nudges + 1).coerceIn(NUDGES)))
            })
        }
        Topics(words, model, words.reachingTopicsWelcome, form.welcome)
        Topics(words, model, words.reachingTopicsUnwelcome, form.unwelcome)
        FieldRow(words.reachingTopic, form.topic, { model.change(form.copy(topic = it)) }, singleLine = true)
        CardActions {
            val hasTopic = form.topic.isNotBlank()
            QuietButton(words.reachingTopicAddWelcome, { model.addTopic(true) }, enabled = hasTopic)
            QuietButton(words.reachingTopicAddUnwelcome, { model.addTopic(false) }, enabled = hasTopic)
        }
    }
}

@Composable
private fun ColumnScope.Topics(words: Words, model: BoundaryCardModel, title: String, topics: List<String>) {
    if (topics.isEmpty()) return
    Quiet(title)
    Chips {
        for (topic in topics) {
            RemoveChip(topic, words.reachingTopicRemove(topic)) { model.removeTopic(topic) }
        }
    }
}

@Composable
private fun Answering(words: Words, model: BoundaryCardModel) {
    val form = model.form
    Column(verticalArrangement = Arrangement.spacedBy(Space.s)) {
        Heading(words.reachingAnswers)
        Chips {
            for (kind in ResponseKind.entries) {
                val chosen = kind in form.answers
                Chip(words.responseKind(kind), chosen, {
                    model.change(form.copy(answers = if (chosen) form.answers - kind else form.answers + kind))
                })
            }
        }
        Heading(words.reachingNeed)
        Chips {
            for (need in Need.entries) {
                val chosen = need == form.need
                Chip(words.need(need), chosen, { model.change(form.copy(need = need.takeUnless { chosen })) })
            }
        }
    }
}
