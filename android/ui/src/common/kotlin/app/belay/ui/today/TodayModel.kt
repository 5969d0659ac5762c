package app.belay.ui.today

import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.setValue
import app.belay.core.BelayException
import app.belay.core.ChangeArea
import app.belay.core.GoalView
import app.belay.core.NewOutcome
import app.belay.core.OutcomeStatus
import app.belay.core.PartnerTodayView
import app.belay.core.ResponseKind
import app.belay.core.TodayView
import app.belay.ui.Doing
import app.belay.ui.Loader
import app.belay.ui.Route
import app.belay.ui.Services
import app.belay.ui.goals.DayWords
import app.belay.ui.goals.thousandthsOf
import app.belay.ui.people.AnswerModel
import app.belay.ui.people.AnswerTo
import app.belay.ui.problemOf
import kotlinx.coroutines.CoroutineScope

/** What lies over the page. */
sealed interface TodaySheet {
    /** Partly, skipped with a reason, not done, or back to open. */
    data class Goal(val goal: GoalView, val words: DayWords) : TodaySheet

    /** A kind answer to what a partner shared last. */
    data class Answer(val answer: AnswerModel) : TodaySheet
}

/** Today: what is due, what partners shared, and one way to say how it is. */
class TodayModel(private val services: Services, private val scope: CoroutineScope) {
    /** The page, in one call of the core. */
    val page: Loader<TodayView> = Loader(services, scope, AREAS) {
        services.core.today().also { services.shell.presentDay.learn(it.on) }
    }

    /** What lies over the page now. */
    var sheet: TodaySheet? by mutableStateOf(null)

    /** What is being written to disk. */
    val doing = Doing(scope, services.words)

    /** The page is shown again: hours may have gone by, and with them the day. */
    fun shownAgain() {
        if (page.loaded != null) page.reload()
    }

    /** Opens the page of a new check-in, with [mood] chosen already where a shape was tapped. */
    fun checkIn(mood: Int? = null) {
        services.handOver.mood = mood
        services.navigator.go(Route.CheckIn())
    }

    /** Opens a check-in to change it. */
    fun edit(name: String) = services.navigator.go(Route.CheckIn(edit = name))

    /** Goes on with what was begun. */
    fun goOn(on: String, about: String?) = services.navigator.go(Route.CheckIn(on, about))

    /** One tap on a goal: done, or - when something is noted already - the ways to change it. */
    fun tap(goal: GoalView) {
        if (goal.today == null) log(goal, OutcomeStatus.DONE) else more(goal)
    }

    /** Opens everything a day of a goal can be. */
    fun more(goal: GoalView) {
        val on = goal.today?.on ?: page.loaded?.on ?: return
        sheet = TodaySheet.Goal(goal, DayWords(services, scope, goal.name, on, goal.today).apply { begin() })
    }

    /** Begins a kind answer to what a partner shared last. */
    fun answer(view: PartnerTodayView, kind: ResponseKind) {
        val person = view.partner.person ?: return
        val about = view.last?.name ?: return
        val to = AnswerTo(view.partner.space, person, about, view.partner.name)
        sheet = TodaySheet.Answer(
            AnswerModel(services, scope, to, kind) { sent ->
                sheet = null
                if (sent) services.undo.offer(services.words.todayAnswerSent(to.name))
            }
        )
    }

    /** Notes what came of a goal, and offers to take it back. */
    fun log(goal: GoalView, status: OutcomeStatus, reason: String? = null, amount: Long? = null) = doing.run {
        val typed = (sheet as? TodaySheet.Goal)?.words
        sheet = null
        val before = goal.today
        // The day that is shown, also where the next one has begun meanwhile.
        val new = NewOutcome(goal.name, page.loaded?.on, status, before?.note, reason, amount)
        val noted = services.core.logOutcome(new).outcome
        typed?.drop()
        services.undo.offer(services.words.logged(goal.goal.title, noted.status)) {
            if (before == null) {
                services.core.undoOutcome(goal.name, noted.on)
            } else {
                services.core.logOutcome(
                    NewOutcome(goal.name, noted.on, before.status, before.note, before.reason, before.amount)
                )
            }
            page.reload()
        }
        page.reload()
    }

    /** Notes how much it was; what that says of the day the core decides. What is no amount stays in its field. */
    fun logAmount(goal: GoalView, typed: String) {
        val amount = try {
            thousandthsOf(typed)
        } catch (error: BelayException.InvalidInput) {
            doing.problem = problemOf(error, services.words)
            return
        }
        log(goal, OutcomeStatus.DONE, amount = amount)
    }

    /** Makes a goal open again. */
    fun takeBack(goal: GoalView) = doing.run {
        sheet = null
        val noted = goal.today ?: return@run
        services.core.undoOutcome(goal.name, noted.on)
        page.reload()
    }

    private companion object {
        val AREAS = setOf(
            ChangeArea.CHECK_INS,
            ChangeArea.GOALS,
            ChangeArea.PARTNERS,
            ChangeArea.DELIVERY,
            ChangeArea.SETTINGS
        )
    }
}
