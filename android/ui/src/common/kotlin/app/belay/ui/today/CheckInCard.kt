package app.belay.ui.today

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import app.belay.core.CheckInDraftLineView
import app.belay.core.CheckInView
import app.belay.core.TodayView
import app.belay.ui.Services
import app.belay.ui.feelings
import app.belay.ui.kit.BelayIcons
import app.belay.ui.kit.Body
import app.belay.ui.kit.Card
import app.belay.ui.kit.CardTitle
import app.belay.ui.kit.IconAction
import app.belay.ui.kit.LinkRow
import app.belay.ui.kit.MoodPicker
import app.belay.ui.kit.MoodShape
import app.belay.ui.kit.PrimaryButton
import app.belay.ui.kit.Quiet
import app.belay.ui.kit.QuietButton
import app.belay.ui.mood
import app.belay.ui.responseKind
import app.belay.ui.theme.Space

/** One large card until somebody has checked in; then quiet summaries, each with its way to change it. */
@Composable
fun CheckInPart(services: Services, model: TodayModel, today: TodayView) {
    val here = today.drafts.firstOrNull { it.on == today.on && it.about == null }
    for (draft in today.drafts) if (draft !== here) Begun(services, model, draft, today.on)
    for (checkIn in today.checkIns) Summary(services, model, checkIn)
    when {
        here != null -> GoOn(services, model, here)
        today.checkIns.isEmpty() -> FirstOfTheDay(services, model)
        else -> QuietButton(services.words.todayCheckInAgain, { model.checkIn() }, icon = BelayIcons.add)
    }
}

@Composable
private fun FirstOfTheDay(services: Services, model: TodayModel) {
    val words = services.words
    Card {
        CardTitle(words.todayHowIsIt)
        MoodPicker(words, mood = null, onMood = model::checkIn)
        PrimaryButton(words.todayCheckIn, { model.checkIn() })
    }
}

@Composable
private fun GoOn(services: Services, model: TodayModel, draft: CheckInDraftLineView) {
    val words = services.words
    Card {
        Body(words.todayBegunAt(services.formats.ago(draft.atMs)))
        PrimaryButton(words.todayGoOn, { model.goOn(draft.on, null) })
    }
}

@Composable
private fun Begun(services: Services, model: TodayModel, draft: CheckInDraftLineView, today: String) {
    Card {
        LinkRow(
            services.words.todayBegunAbout(services.formats.nearDay(draft.on, today)),
            onClick = { model.goOn(draft.on, draft.about) },
            note = services.words.todayBegunAt(services.formats.ago(draft.atMs))
        )
    }
}

@Composable
private fun Summary(services: Services, model: TodayModel, view: CheckInView) {
    val words = services.words
    val checkIn = view.checkIn
    Card {
        Row(horizontalArrangement = Arrangement.spacedBy(Space.m), verticalAlignment = Alignment.CenterVertically) {
            checkIn.mood?.let { MoodShape(it.toInt()) }
            Column(Modifier.weight(1f)) {
                CardTitle(checkIn.mood?.let { words.mood(it.toInt()) } ?: words.todayCheckIn)
                Quiet(whenWritten(services, view))
            }
            IconAction(BelayIcons.edit, words.commonEdit, { model.edit(view.name) })
        }
        if (checkIn.emotions.isNotEmpty()) Body(words.feelings(checkIn.emotions))
        for (line in listOfNotNull(checkIn.win, checkIn.struggle, checkIn.plan, checkIn.note)) Body(line)
        for (line in words.sharedLines(view)) Quiet(line)
        for (answer in view.responses) {
            val said = answer.response.text ?: words.responseKind(answer.response.kind)
            Body(words.todayAnswered(if (answer.own) words.todayYou else answer.from, said))
        }
    }
}

private fun whenWritten(services: Services, view: CheckInView): String = listOfNotNull(
    services.words.todayWrittenAt(services.formats.time(view.checkIn.written.atMs)),
    services.words.todayWrittenLate.takeIf { view.late },
    services.words.todayEdited.takeIf { view.edited }
).joinToString(" · ")
