package app.belay.ui.reach

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.text.KeyboardOptions
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.text.input.KeyboardCapitalization
import app.belay.core.DocName
import app.belay.core.Need
import app.belay.core.NudgeView
import app.belay.core.SupportLevel
import app.belay.core.SupportRequestView
import app.belay.ui.kit.AsOf
import app.belay.ui.kit.BelayIcons
import app.belay.ui.kit.Body
import app.belay.ui.kit.Caption
import app.belay.ui.kit.Card
import app.belay.ui.kit.CardActions
import app.belay.ui.kit.CardTitle
import app.belay.ui.kit.CardTone
import app.belay.ui.kit.Chip
import app.belay.ui.kit.Chips
import app.belay.ui.kit.ChoiceButton
import app.belay.ui.kit.FieldRow
import app.belay.ui.kit.Heading
import app.belay.ui.kit.LinkRow
import app.belay.ui.kit.PrimaryButton
import app.belay.ui.kit.ProblemNote
import app.belay.ui.kit.Quiet
import app.belay.ui.kit.QuietButton
import app.belay.ui.kit.Sheet
import app.belay.ui.kit.StateLine
import app.belay.ui.need
import app.belay.ui.responseKind
import app.belay.ui.theme.Space
import app.belay.words.Words

/** At the top of a partner's page: what either asked of the other, and that they think of this person. */
@Composable
fun Asked(model: ReachModel, onAnswer: (DocName) -> Unit) {
    val reach = model.page.loaded ?: return
    for (request in reach.requests) Request(model, request, onAnswer)
    reach.nudge?.let { Nudged(model, it) }
}

/** On a partner's page: their card and the ways to reach them. */
@Composable
fun Reaching(model: ReachModel) {
    val reach = model.page.loaded ?: return
    val words = model.services.words
    val name = reach.cards.partner
    Column(verticalArrangement = Arrangement.spacedBy(Space.s)) {
        Heading(words.reachingCardTheirs(name))
        Theirs(model, reach)
        CardActions {
            QuietButton(words.reachingNudge(name), { model.open(ReachSheet.NUDGE) }, icon = BelayIcons.rope)
            QuietButton(words.reachingSupportOpen, { model.open(ReachSheet.ASK) }, icon = BelayIcons.lifebuoy)
        }
        LinkRow(words.reachingCardOpen(name), model::writeCard, icon = BelayIcons.edit)
        if (model.sheet == null) model.act.problem?.let { ProblemNote(it) }
    }
}

/** The latest nudge that came from them, with when it was sent. */
@Composable
private fun Nudged(model: ReachModel, nudge: NudgeView) {
    val words = model.services.words
    val topic = nudge.topic
    Card(tone = CardTone.ROPE) {
        Body(
            if (topic == null) {
                words.reachingNudged(nudge.partner)
            } else {
                words.reachingNudgedAbout(nudge.partner, topic)
            }
        )
        Caption(model.services.formats.ago(nudge.sentAtMs))
    }
}

@Composable
private fun Theirs(model: ReachModel, reach: Reach) {
    val words = model.services.words
    val theirs = reach.cards.theirs
    if (theirs == null) {
        Quiet(words.reachingCardTheirsNone(reach.cards.partner))
        return
    }
    Card(tone = CardTone.WELL) {
        for ((part, said) in cardParts(words, theirs)) {
            Column {
                Caption(part)
                Body(said)
            }
        }
        Body(nudgesOf(words, theirs.nudgesADay.toInt()))
        reach.cards.asOfAtMs?.let { AsOf(words.reachingCardAsOf(model.services.formats.ago(it))) }
    }
}

@Composable
private fun Request(model: ReachModel, request: SupportRequestView, onAnswer: (DocName) -> Unit) {
    val words = model.services.words
    val level = levelWords(words, request.request.level)
    Card(tone = CardTone.SUPPORT) {
        CardTitle(
            if (request.own) {
                words.reachingSupportOwn(request.partner, level)
            } else {
                words.reachingSupportTheirs(request.partner, level)
            }
        )
        request.request.text?.let { Body(it) }
        request.request.need?.let { Quiet(words.need(it)) }
        for (state in deliveryOf(model.services, request)) StateLine(BelayIcons.clock, state)
        for (response in request.responses) {
            Quiet(response.response.text ?: words.responseKind(response.response.kind))
        }
        CardActions {
            if (request.offersHelpNow) QuietButton(words.commonHelpNow, model::helpNow, icon = BelayIcons.lifebuoy)
            if (request.own) {
                QuietButton(words.reachingSupportTakeBack, { model.takeBack(request) })
            } else {
                QuietButton(words.reachingSupportAnswer(request.partner), { onAnswer(request.name) })
            }
        }
    }
}

/** Whichever sheet is open; null where none is. */
fun reachSheet(model: ReachModel): (@Composable () -> Unit)? = when (model.sheet) {
    ReachSheet.NUDGE -> ({ NudgeSheet(model) })
    ReachSheet.ASK -> ({ AskSheet(model) })
    null -> null
}

@Composable
private fun NudgeSheet(model: ReachModel) {
    val words = model.services.words
    val cards = model.page.loaded?.cards ?: return
    Sheet(words, words.reachingNudge(cards.partner), model::close) {
        val topics = cards.theirs?.welcome.orEmpty()
        if (topics.isNotEmpty()) {
            Chips {
                for (topic in topics) {
                    val chosen = topic == model.topic
                    Chip(words.reachingNudgeAbout(topic), chosen, { model.topic = topic.takeUnless { chosen } })
                }
            }
        }
        model.act.problem?.let { ProblemNote(it) }
        PrimaryButton(words.reachingNudge(cards.partner), model::nudge, enabled = !model.act.busy)
        ChoiceButton(words.commonNotNow, model::close, Modifier.fillMaxWidth())
    }
}

@Composable
private fun AskSheet(model: ReachModel) {
    val words = model.services.words
    val cards = model.page.loaded?.cards ?: return
    val ask = model.ask
    Sheet(words, words.reachingSupportTitle, model::close) {
        Body(words.reachingSupportLead)
        Card(tone = CardTone.SUPPORT) {
            Body(words.reachingSupportNotCrisis)
            CardActions { QuietButton(words.commonHelpNow, model::helpNow, icon = BelayIcons.lifebuoy) }
        }
        Levels(words, model)
        FieldRow(
            words.reachingSupportText,
            ask.text,
            { model.change(ask.copy(text = it)) },
            minLines = 2,
            keyboard = KeyboardOptions(capitalization = KeyboardCapitalization.Sentences)
        )
        Heading(words.reachingSupportNeed)
        Chips {
            for (need in Need.entries) {
                val chosen = need == ask.need
                Chip(words.need(need), chosen, { model.change(ask.copy(need = need.takeUnless { chosen })) })
            }
        }
        model.act.problem?.let { ProblemNote(it) }
        PrimaryButton(words.reachingSupportSend, model::askNow, enabled = ask.level != null && !model.act.busy)
    }
}

@Composable
private fun Levels(words: Words, model: ReachModel) {
    val ask = model.ask
    Heading(words.reachingSupportLevel)
    Chips {
        for (level in SupportLevel.entries) {
            Chip(levelWords(words, level), level == ask.level, { model.change(ask.copy(level = level)) }, single = true)
        }
    }
}
