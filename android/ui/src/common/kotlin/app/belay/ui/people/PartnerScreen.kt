package app.belay.ui.people

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import app.belay.core.ComparisonView
import app.belay.core.PartnerPageView
import app.belay.core.PartnerView
import app.belay.core.PartnershipStandingView
import app.belay.ui.ScrollingScreen
import app.belay.ui.attachments.attachmentSheet
import app.belay.ui.kit.BelayIcons
import app.belay.ui.kit.Body
import app.belay.ui.kit.Card
import app.belay.ui.kit.CardTone
import app.belay.ui.kit.ChoiceButton
import app.belay.ui.kit.Heading
import app.belay.ui.kit.LinkRow
import app.belay.ui.kit.Loaded
import app.belay.ui.kit.ProblemNote
import app.belay.ui.kit.QuietButton
import app.belay.ui.kit.Sentence
import app.belay.ui.kit.StateLine
import app.belay.ui.kit.SwitchRow
import app.belay.ui.kit.flush
import app.belay.ui.reach.Asked
import app.belay.ui.reach.Reaching
import app.belay.ui.reach.reachSheet
import app.belay.ui.theme.Space

/** A partner's page: what they shared first, this person's boundaries last. */
@Composable
fun PartnerScreen(model: PartnerModel) {
    val services = model.services
    val isAsking = model.answer != null || model.question != null
    val over = reachSheet(model.reach) ?: attachmentSheet(model.given)
    val sheet = if (isAsking) ({ PartnerSheets(model) }) else over
    ScrollingScreen(services, sheet = sheet) {
        Loaded(services.words, model.page.state, model.page::reload) { page ->
            Column(verticalArrangement = Arrangement.spacedBy(Space.l)) {
                Head(model, page.partner)
                if (model.question == null) model.act.problem?.let { ProblemNote(it) }
                model.given.act.problem?.let { ProblemNote(it) }
                model.said?.let { Card(tone = CardTone.MINE) { StateLine(BelayIcons.check, it) } }
                val isActive = page.partner.standing == PartnershipStandingView.ACTIVE
                if (isActive) Asked(model.reach, model::answer)
                if (page.partner.standing == PartnershipStandingView.WAITING) {
                    Body(services.words.peoplePartnerWaitingBody)
                } else {
                    WhatTheyShared(model, page)
                }
                if (isActive) Reaching(model.reach)
                if (!page.partner.hasEnded) Seen(model, page.partner)
                Boundaries(model, page)
            }
        }
    }
}

@Composable
private fun Head(model: PartnerModel, partner: PartnerView) {
    val words = model.services.words
    Column(verticalArrangement = Arrangement.spacedBy(Space.s)) {
        Sentence(model.name)
        PartnerState(model.services, partner)
        if (!partner.hasEnded && partner.comparisonWords.isNotEmpty()) {
            when (partner.comparison) {
                ComparisonView.NOT_COMPARED -> ChoiceButton(
                    words.peopleCompareNow,
                    model::compare,
                    Modifier.fillMaxWidth()
                )

                ComparisonView.DIFFERENT -> ChoiceButton(
                    words.peopleCompareAgain,
                    model::compare,
                    Modifier.fillMaxWidth()
                )

                ComparisonView.SAME -> Unit
            }
        }
    }
}

@Composable
private fun Seen(model: PartnerModel, partner: PartnerView) {
    val words = model.services.words
    val fields = partner.usualFields.size
    Column {
        Heading(words.peopleSeeTitle(model.name))
        LinkRow(
            words.peopleSeeChange(model.name),
            model::see,
            note = if (fields == 0) words.peopleSeeNothing else words.peopleSeeSummary(fields),
            icon = BelayIcons.eye
        )
    }
}

@Composable
private fun Boundaries(model: PartnerModel, page: PartnerPageView) {
    val words = model.services.words
    val partner = page.partner
    Column {
        Heading(words.peopleBoundariesTitle)
        if (!partner.hasEnded) {
            SwitchRow(
                words.peoplePause,
                partner.paused,
                { if (it) model.pause() else model.resume() },
                note = words.peoplePauseHelp(model.name),
                enabled = !model.act.busy
            )
            SwitchRow(
                words.nearbyPartnerSwitch(model.name),
                partner.meetsNearby,
                model::meetNearby,
                note = words.nearbyPartnerSwitchHelp,
                enabled = !model.act.busy
            )
            QuietButton(words.peopleLeave(model.name), {
                model.ask(PartnerQuestion.Leave)
            }, Modifier.flush(), stop = true)
        }
        if (partner.standing != PartnershipStandingView.BLOCKED) {
            QuietButton(words.peopleBlock(model.name), {
                model.ask(PartnerQuestion.Block)
            }, Modifier.flush(), stop = true)
        }
        if (page.checkIns.isNotEmpty() || page.goals.isNotEmpty() || page.passages.isNotEmpty()) {
            QuietButton(words.peopleRemoveTheirs, {
                model.ask(PartnerQuestion.RemoveTheirs)
            }, Modifier.flush(), stop = true)
        }
    }
}
