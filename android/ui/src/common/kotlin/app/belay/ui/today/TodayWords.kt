package app.belay.ui.today

import app.belay.core.CheckInView
import app.belay.core.OutcomeStatus
import app.belay.core.PartOfDay
import app.belay.core.PartnerTodayView
import app.belay.core.PartnershipStandingView
import app.belay.core.SharedFieldsView
import app.belay.core.SharedWithView
import app.belay.ui.Formats
import app.belay.ui.checkInField
import app.belay.ui.deliveryWords
import app.belay.ui.list
import app.belay.words.Words

/** The sentence that knows the hour, and whether somebody has checked in; never a score. */
fun Words.greeting(part: PartOfDay, checkedIn: Boolean): String = when (part) {
    PartOfDay.MORNING -> if (checkedIn) todayGreetedMorning else todayGreetingMorning
    PartOfDay.DAY -> if (checkedIn) todayGreetedDay else todayGreetingDay
    PartOfDay.EVENING -> if (checkedIn) todayGreetedEvening else todayGreetingEvening
    PartOfDay.NIGHT -> if (checkedIn) todayGreetedNight else todayGreetingNight
}

/** What was just noted of a goal. */
fun Words.logged(goal: String, status: OutcomeStatus): String = when (status) {
    OutcomeStatus.DONE -> todayGoalDone(goal)
    OutcomeStatus.PARTLY -> todayGoalPartly(goal)
    OutcomeStatus.SKIPPED -> todayGoalSkipped(goal)
    OutcomeStatus.NOT_DONE -> todayGoalNotDone(goal)
}

/** One line a partner: what they see of a check-in, and how far it has come. */
fun Words.sharedLines(checkIn: CheckInView): List<String> {
    val seen = checkIn.sharedWith.filter { it.delivery != null }
    if (seen.isEmpty()) return listOf(todayOnlyYou)
    return seen.map { share -> "${todaySees(share.partner, fieldsOf(share))} ${delivered(share)}".trim() }
}

private fun Words.fieldsOf(share: SharedWithView): String = when (val fields = share.fields) {
    is SharedFieldsView.CheckIn -> list(fields.fields.map(::checkInField)) + "."
    is SharedFieldsView.Goal -> ""
}

/** How far something shared has come. */
fun Words.delivered(share: SharedWithView): String =
    share.delivery?.let { deliveryWords(this, it, share.partner) }.orEmpty()

/** How old what is known of a partner is, or what is known where there is nothing. */
fun Words.freshness(partner: PartnerTodayView, formats: Formats): String {
    val name = partner.partner.name
    val asOf = partner.partner.asOfAtMs
    val last = partner.last
    return when {
        partner.partner.standing == PartnershipStandingView.WAITING -> todayRopeWaiting(name)
        partner.partner.standing == PartnershipStandingView.PARTNER_LEFT -> todayRopeLeft(name)
        asOf == null -> todayRopeNothingYet(name)
        last == null || formats.isOlderThanADay(asOf) -> todayRopeNothingSince(formats.nearDay(formats.dayOf(asOf)))
        else -> todayRopeAsOf(formats.ago(asOf), name, formats.weekday(last.checkIn.on))
    }
}
