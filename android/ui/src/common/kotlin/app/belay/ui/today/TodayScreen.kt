package app.belay.ui.today

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import app.belay.core.TodayView
import app.belay.ui.Route
import app.belay.ui.ScrollingScreen
import app.belay.ui.Services
import app.belay.ui.kit.Body
import app.belay.ui.kit.Card
import app.belay.ui.kit.CardTone
import app.belay.ui.kit.ChoiceButton
import app.belay.ui.kit.Heading
import app.belay.ui.kit.LinkRow
import app.belay.ui.kit.Loaded
import app.belay.ui.kit.ProblemNote
import app.belay.ui.kit.Quiet
import app.belay.ui.kit.Sentence
import app.belay.ui.theme.Space
import app.belay.ui.value

/** The day: one sentence, the check-in, what is due, the rope. Nothing else. */
@Composable
fun TodayScreen(services: Services, model: TodayModel) {
    LaunchedEffect(model) { model.shownAgain() }
    ScrollingScreen(
        services,
        title = model.page.state.value?.let { services.dayAndPlace(it) },
        sheet = model.sheet?.let { { TodaySheetOver(services, model, it) } }
    ) {
        Loaded(services.words, model.page.state, model.page::reload) { today -> TodayPage(services, model, today) }
    }
}

/** The day in the bar, with the place where the phone is in another zone than the person's day. */
private fun Services.dayAndPlace(today: TodayView): String {
    val day = formats.day(today.on)
    return if (formats.isElsewhere(today.zone)) words.frameDayInZone(day, formats.place(today.zone)) else day
}

@Composable
private fun TodayPage(services: Services, model: TodayModel, today: TodayView) {
    Column(verticalArrangement = Arrangement.spacedBy(Space.l)) {
        Sentence(services.words.greeting(today.partOfDay, today.checkIns.isNotEmpty()))
        (model.doing.problem ?: model.page.problem)?.let { ProblemNote(it) }
        CheckInPart(services, model, today)
        if (today.goals.isNotEmpty()) DueGoals(services, model, today.goals)
        RopePart(services, model, today)
        today.onThisDay.firstOrNull()?.let { OtherYear(services, it) }
        if (today.recoveryWordsDue) RecoveryDue(services)
    }
}

@Composable
private fun RopePart(services: Services, model: TodayModel, today: TodayView) {
    val words = services.words
    Heading(words.todayRopeTitle)
    for (partner in today.partners) RopeCard(services, model, partner)
    if (today.partners.isEmpty()) {
        Card(tone = CardTone.WELL) {
            Body(words.todayRopeNobody)
            Quiet(words.todayRopeNobodyMore)
            ChoiceButton(words.todayRopeAsk, { services.navigator.go(Route.Pair) })
        }
    }
}

@Composable
private fun RecoveryDue(services: Services) {
    LinkRow(
        services.words.todayRecoveryDue,
        onClick = { services.navigator.go(Route.RecoveryWords) },
        note = services.words.todayRecoveryDueNote
    )
}

@Composable
private fun TodaySheetOver(services: Services, model: TodayModel, sheet: TodaySheet) {
    when (sheet) {
        is TodaySheet.Goal -> GoalSheet(services, model, sheet)
        is TodaySheet.Answer -> AnswerSheet(services.words, sheet.answer)
    }
}
