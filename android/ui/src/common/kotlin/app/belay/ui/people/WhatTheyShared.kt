package app.belay.ui.people

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import app.belay.core.PartnerCheckInView
import app.belay.core.PartnerGoalView
import app.belay.core.PartnerPageView
import app.belay.core.PartnerPassageView
import app.belay.core.Readable
import app.belay.core.ResponseView
import app.belay.core.SharedCheckIn
import app.belay.ui.Services
import app.belay.ui.attachments.GivenAttachmentList
import app.belay.ui.kit.BelayIcons
import app.belay.ui.kit.Body
import app.belay.ui.kit.Caption
import app.belay.ui.kit.Card
import app.belay.ui.kit.CardTitle
import app.belay.ui.kit.Heading
import app.belay.ui.kit.OutcomeMark
import app.belay.ui.kit.Quiet
import app.belay.ui.kit.QuietButton
import app.belay.ui.kit.flush
import app.belay.ui.kit.mark
import app.belay.ui.kit.markOf
import app.belay.ui.readers.WhoCanRead
import app.belay.ui.responseKind
import app.belay.ui.theme.Belay
import app.belay.ui.theme.Space
import app.belay.ui.today.RopeBeside
import app.belay.ui.today.SharedCheckInParts

/** How many outcomes of a shared goal stand in its row. */
private const val OUTCOMES_SHOWN = 14

/** What a partner shared: check-ins, goals, passages. Nothing received is never "not done". */
@Composable
fun WhatTheyShared(model: PartnerModel, page: PartnerPageView) {
    val words = model.services.words
    Column(verticalArrangement = Arrangement.spacedBy(Space.m)) {
        val isNothing = page.checkIns.isEmpty() && page.goals.isEmpty() && page.passages.isEmpty()
        if (isNothing || page.checkIns.isNotEmpty()) Heading(words.peopleSharedTitle(model.name))
        if (isNothing) Quiet(words.peopleSharedNothing(model.name))
        for (checkIn in page.checkIns.take(model.shown)) CheckInCard(model, checkIn, !page.partner.hasEnded)
        if (page.checkIns.size > model.shown) QuietButton(words.peopleSharedOlder, model::showOlder)
        if (page.goals.isNotEmpty()) {
            Heading(words.peopleSharedGoalsTitle(model.name))
            for (goal in page.goals) GoalCard(model, goal)
        }
        if (page.passages.isNotEmpty()) {
            Heading(words.peopleSharedPassagesTitle(model.name))
            for (passage in page.passages) PassageCard(model, passage, !page.partner.hasEnded)
        }
    }
}

@Composable
private fun CheckInCard(model: PartnerModel, view: PartnerCheckInView, mayAnswer: Boolean) {
    val words = model.services.words
    Card {
        SharedCheckInContent(model.services, view.checkIn)
        Responses(model.services, view.responses)
        if (mayAnswer) {
            QuietButton(words.peopleRespond(model.name), {
                model.answer(view.name)
            }, Modifier.flush(), BelayIcons.chat)
        }
        WhoCanRead(model.services, Readable.Shared(model.space, view.name))
    }
}

/** A check-in as its reader sees it: only what was shared is there. */
@Composable
fun SharedCheckInContent(services: Services, checkIn: SharedCheckIn) {
    val words = services.words
    Caption(
        listOfNotNull(
            services.formats.nearDay(checkIn.on).replaceFirstChar(Char::titlecase),
            words.peopleSharedLate.takeIf { checkIn.late },
            words.peopleSharedEdited.takeIf { checkIn.edited }
        ).joinToString(" · ")
    )
    SharedCheckInParts(services, checkIn)
}

@Composable
private fun Responses(services: Services, responses: List<ResponseView>) {
    val words = services.words
    for (response in responses) {
        val kind = words.responseKind(response.response.kind)
        Column {
            Quiet(if (response.own) words.peopleResponseOwn(kind) else words.peopleResponseFrom(response.from, kind))
            response.response.text?.let { Body(it) }
        }
    }
}

@Composable
private fun GoalCard(model: PartnerModel, view: PartnerGoalView) {
    val (words, formats) = model.services.words to model.services.formats
    Card {
        CardTitle(view.goal.title)
        if (view.goal.archived) Caption(words.peopleSharedArchived)
        view.goal.why?.let { Quiet(it) }
        val newest = view.outcomes.firstOrNull()
        if (newest != null) {
            val day = formats.nearDay(newest.on).replaceFirstChar(Char::titlecase)
            Quiet("$day: ${words.mark(markOf(newest.status))}")
            Row(horizontalArrangement = Arrangement.spacedBy(Space.xs)) {
                for (outcome in view.outcomes.take(OUTCOMES_SHOWN).reversed()) {
                    OutcomeMark(markOf(outcome.status), name = null)
                }
            }
        }
        WhoCanRead(model.services, Readable.Shared(model.space, view.name))
    }
}

@Composable
private fun PassageCard(model: PartnerModel, view: PartnerPassageView, mayAnswer: Boolean) {
    val words = model.services.words
    Card {
        Caption(model.services.formats.ago(view.passage.shared.atMs))
        RopeBeside { Text(view.passage.text, style = Belay.type.journal, color = Belay.colors.ink) }
        GivenAttachmentList(model.given, view.attachments, words.attachmentsGivenNotHereHelp(model.name))
        Responses(model.services, view.responses)
        if (mayAnswer) {
            QuietButton(words.peopleRespond(model.name), {
                model.answer(view.name)
            }, Modifier.flush(), BelayIcons.chat)
        }
        WhoCanRead(model.services, Readable.Shared(model.space, view.name))
    }
}
