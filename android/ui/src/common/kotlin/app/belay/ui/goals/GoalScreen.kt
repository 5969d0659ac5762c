package app.belay.ui.goals

import androidx.compose.foundation.clickable
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.padding
import androidx.compose.material3.HorizontalDivider
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.LocalDensity
import androidx.compose.ui.semantics.LiveRegionMode
import androidx.compose.ui.semantics.Role
import androidx.compose.ui.semantics.liveRegion
import androidx.compose.ui.semantics.semantics
import app.belay.core.DayView
import app.belay.core.GoalPageView
import app.belay.core.GoalView
import app.belay.core.Measure
import app.belay.core.PartnerView
import app.belay.core.Readable
import app.belay.core.SharedWithView
import app.belay.ui.ScrollingScreen
import app.belay.ui.Services
import app.belay.ui.Shell
import app.belay.ui.deliveryWords
import app.belay.ui.kit.ActionChip
import app.belay.ui.kit.BelayIcons
import app.belay.ui.kit.Body
import app.belay.ui.kit.Caption
import app.belay.ui.kit.Card
import app.belay.ui.kit.CardActions
import app.belay.ui.kit.CardTone
import app.belay.ui.kit.Chips
import app.belay.ui.kit.DaySheet
import app.belay.ui.kit.Heading
import app.belay.ui.kit.Last14
import app.belay.ui.kit.Loaded
import app.belay.ui.kit.OutcomeMark
import app.belay.ui.kit.ProblemNote
import app.belay.ui.kit.Quiet
import app.belay.ui.kit.QuietButton
import app.belay.ui.kit.Sentence
import app.belay.ui.kit.StateLine
import app.belay.ui.kit.mark
import app.belay.ui.kit.markOf
import app.belay.ui.readers.WhoCanRead
import app.belay.ui.theme.Belay
import app.belay.ui.theme.Size
import app.belay.ui.theme.Space

/** From this type size on what came of a day stands below the day. */
private const val LARGE_TYPE = 1.3f

/** One goal: why at the top, the last days to look back on and fill in, who sees what of it. */
@Composable
fun GoalScreen(services: Services, model: GoalModel) {
    val shell = services.shell
    var anotherDay by rememberSaveable { mutableStateOf(false) }
    val isOpen = anotherDay || model.log != null || model.choice != null || model.care.sheet != null
    ScrollingScreen(
        services,
        title = shell.words.goalsTitle,
        sheet = if (isOpen) ({ Sheets(services, model, anotherDay) { anotherDay = false } }) else null
    ) {
        Loaded(shell.words, model.state, model::reload) { page ->
            val goal = page.goal
            Column(verticalArrangement = Arrangement.spacedBy(Space.l)) {
                model.problem?.let { ProblemNote(it) }
                Head(shell, model, goal)
                model.said?.let { Body(it, Modifier.semantics { liveRegion = LiveRegionMode.Polite }) }
                if (goal.goal.measure !is Measure.Milestones) Days(shell, model, page) { anotherDay = true }
                Numbers(shell, page)
                Audience(shell, model, page)
                GoalEnds(shell, model, goal)
                WhoCanRead(services, Readable.Goal(goal.name))
            }
        }
    }
}

@Composable
private fun Sheets(services: Services, model: GoalModel, anotherDay: Boolean, onDayChosen: () -> Unit) {
    GoalSheets(services, model)
    val shell = services.shell
    if (!anotherDay) return
    DaySheet(
        shell,
        shell.words.goalsLogAnotherDay,
        chosen = null,
        onDay = {
            onDayChosen()
            model.note(it)
        },
        onClose = onDayChosen
    )
}

@Composable
private fun Head(shell: Shell, model: GoalModel, goal: GoalView) {
    val words = shell.words
    Column(verticalArrangement = Arrangement.spacedBy(Space.s)) {
        Sentence(goal.goal.title)
        Quiet(listOfNotNull(measureWords(shell, goal.goal.measure), oftenWords(shell, goal)).joinToString(" · "))
        goal.goal.archivedOn?.let { Quiet(endedWords(shell, goal.goal, it)) }
        goal.dueUntil?.takeIf { goal.goal.archivedOn == null }?.let { until ->
            goal.timesLeft?.let { Quiet(words.goalFormTimesLeft(it.toInt(), shell.formats.nearDay(until))) }
        }
        if (goal.pausedToday) StateLine(BelayIcons.pause, words.goalFormPausedToday, color = Belay.colors.ink2)
    }
    goal.goal.why?.let { why ->
        Card(tone = CardTone.MINE) {
            Caption(words.goalsWhyTitle)
            Body(why)
        }
    }
    WhatIsPlanned(shell, goal.goal)
    StepsOf(shell, model, goal.goal.measure)
    goal.daysSince?.let { DaysSoFar(shell, model, it) }
}

private fun oftenWords(shell: Shell, goal: GoalView): String {
    val words = shell.words
    val schedule = goal.goal.schedule ?: return words.goalsScheduleNone
    val rests = goal.pausedToday || goal.goal.archivedOn != null
    val due = (if (goal.dueToday) words.goalsDueToday else words.goalsNotDueToday).takeUnless { rests }
    return listOfNotNull(scheduleWords(words, shell.locale, schedule), due).joinToString(" · ")
}

@Composable
private fun Days(shell: Shell, model: GoalModel, page: GoalPageView, onAnotherDay: () -> Unit) {
    val (words, goal) = shell.words to page.goal
    Column {
        Heading(words.goalsLastDaysTitle)
        Column(Modifier.padding(vertical = Space.m), verticalArrangement = Arrangement.spacedBy(Space.s)) {
            Last14(goal.last14.days.map { it.mark }, kindSentence(words, goal.last14))
            Body(kindSentence(words, goal.last14))
            page.backAfterDays?.let { Body(words.timesBackAfter(it.toInt())) }
            Caption(words.goalsLastDaysHint)
        }
        for (day in goal.last14.days.reversed()) {
            DayRow(shell, day, amountOn(shell, page, day.on)) { model.note(day.on) }
            HorizontalDivider(color = Belay.colors.hairline)
        }
        CardActions { QuietButton(words.goalsLogAnotherDay, onAnotherDay, icon = BelayIcons.calendar) }
    }
}

/** "4.5 pages", where amounts are counted and one was noted. */
private fun amountOn(shell: Shell, page: GoalPageView, day: String): String? {
    val unit = unitOf(page.goal.goal.measure) ?: return null
    val amount = page.outcomes.lastOrNull { it.on == day }?.amount ?: return null
    return shell.words.goalFormAmountOfDay(amountSaid(shell, amount), unit)
}

@Composable
private fun DayRow(shell: Shell, day: DayView, amount: String?, onNote: () -> Unit) {
    val mark = markOf(day.mark)
    val said = listOfNotNull(amount, shell.words.mark(mark)).joinToString(" · ")
    Row(
        Modifier
            .fillMaxWidth()
            .clickable(role = Role.Button, onClick = onNote)
            .heightIn(min = Size.touch)
            .padding(vertical = Space.s),
        horizontalArrangement = Arrangement.spacedBy(Space.m),
        verticalAlignment = Alignment.CenterVertically
    ) {
        OutcomeMark(mark, name = null)
        if (LocalDensity.current.fontScale >= LARGE_TYPE) {
            Column(Modifier.weight(1f)) {
                Body(shell.formats.day(day.on))
                Quiet(said)
            }
        } else {
            Body(shell.formats.day(day.on), Modifier.weight(1f))
            Quiet(said)
        }
    }
}

@Composable
private fun Audience(shell: Shell, model: GoalModel, page: GoalPageView) {
    val words = shell.words
    Column(verticalArrangement = Arrangement.spacedBy(Space.s)) {
        Heading(words.goalsWhoTitle)
        val seeing = page.goal.sharedWith.filter { goalFields(it).isNotEmpty() }
        if (seeing.isEmpty() && !model.showsPartners) Quiet(words.goalsWhoOnlyYou)
        for (partner in seeing) SharedWith(shell, model, partner)
        Others(shell, model, page.partners, seeing)
    }
}

@Composable
private fun SharedWith(shell: Shell, model: GoalModel, shared: SharedWithView) {
    val words = shell.words
    Column {
        ActionChip(
            seesSentence(words, shared.partner, goalFields(shared)),
            { model.chooseFor(shared.space, shared.partner) },
            icon = BelayIcons.eye,
            tone = CardTone.ROPE
        )
        shared.delivery?.let { Caption(deliveryWords(words, it, shared.partner)) }
    }
}

/** Partners who see nothing yet; listed only when somebody wants to show it to one of them. */
@Composable
private fun Others(shell: Shell, model: GoalModel, partners: List<PartnerView>, seeing: List<SharedWithView>) {
    val words = shell.words
    if (!model.showsPartners) {
        CardActions { QuietButton(words.goalsWhoShow, model::showPartners, icon = BelayIcons.people) }
        return
    }
    val others = partners.filter { partner -> seeing.none { it.space == partner.space } }
    if (partners.isEmpty()) Quiet(words.goalsWhoNobodyYet)
    Chips {
        for (partner in others) {
            ActionChip(words.goalsWhoSeesNothing(partner.name), { model.chooseFor(partner.space, partner.name) })
        }
    }
}
