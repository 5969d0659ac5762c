package app.belay.ui.goals

import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.setValue
import app.belay.core.DraftView
import app.belay.core.GoalField
import app.belay.core.NewGoal
import app.belay.core.PartnerView
import app.belay.core.Schedule
import app.belay.core.Weekday
import app.belay.ui.Loadable
import app.belay.ui.Problem
import app.belay.ui.Route
import app.belay.ui.Services
import app.belay.ui.attempt
import app.belay.ui.journal.PageDraft
import app.belay.ui.journal.PageKeeper
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.launch

/** Begins a goal: what, how often, why; who sees it is folded and begins with nobody. */
class GoalEditorModel(private val services: Services, private val scope: CoroutineScope) {
    private val core = services.core
    private val kept = PageKeeper(services, "goal")

    /** What. */
    var title: String by mutableStateOf("")
        private set

    /** Why. */
    var why: String by mutableStateOf("")
        private set

    /** How often. */
    var rhythm: Rhythm by mutableStateOf(Rhythm.DAILY)
        private set

    /** The days, where they are chosen one by one. */
    var days: Set<Weekday> by mutableStateOf(emptySet())
        private set

    /** Who sees what; a partner who is not in it sees nothing. */
    var audience: Map<String, AudienceChoice> by mutableStateOf(emptyMap())
        private set

    /** Whom it can be shown to. */
    var partners: Loadable<List<PartnerView>> by mutableStateOf(Loadable.Loading)
        private set

    /** Why it did not begin; everything stays as it was typed. */
    var problem: Problem? by mutableStateOf(null)
        private set

    /** It is on its way to the disk. */
    var saving: Boolean by mutableStateOf(false)
        private set

    /** There is enough to begin. */
    val canSave: Boolean get() = !saving && title.isNotBlank() && (rhythm != Rhythm.CHOSEN || days.isNotEmpty())

    init {
        reload()
    }

    /** Reads whom it can be shown to, and once what was typed before. */
    fun reload() {
        partners = Loadable.Loading
        scope.launch {
            val problem = attempt(services.words) {
                val form = core.goalForm()
                services.shell.presentDay.learn(form.today)
                partners = Loadable.Ready(form.partners)
                begin(form.drafts)
            }
            if (problem != null) {
                partners = Loadable.Failed(problem)
                // That what was typed before cannot be read now keeps nobody from typing.
                begin(emptyList())
            }
        }
    }

    private fun begin(drafts: List<DraftView>) {
        if (kept.isBegun) return
        val before = kept.takeUp(drafts)
        if (before != null && title.isEmpty() && why.isEmpty()) goOn(before) else keep()
    }

    /** Takes what it is. */
    fun title(text: String) {
        title = text
        problem = null
        keep()
    }

    /** Takes why it matters. */
    fun why(text: String) {
        why = text
        problem = null
        keep()
    }

    /** Chooses how often. */
    fun choose(rhythm: Rhythm) {
        this.rhythm = rhythm
        keep()
    }

    /** Adds or takes away a day. */
    fun toggle(day: Weekday) {
        days = if (day in days) days - day else days + day
        keep()
    }

    /** Adds or takes away what a partner sees. */
    fun toggle(partner: PartnerView, field: GoalField) {
        val choice = audience[partner.space] ?: AudienceChoice(partner.space, partner.name, emptySet())
        audience = audience + (partner.space to choice.toggled(field))
    }

    /** Begins the goal and shows it. */
    fun save() {
        if (!canSave) return
        saving = true
        scope.launch {
            problem = attempt(services.words) {
                val goal = core.addGoal(
                    NewGoal(
                        title = title,
                        schedule = rhythm.schedule(days),
                        why = why.ifBlank { null },
                        audience = audience.mapValues { it.value.fields.sorted() }.filterValues { it.isNotEmpty() }
                    )
                )
                kept.drop()
                services.navigator.replace(Route.Goal(goal.name))
            }
            saving = false
        }
    }

    /** Who was to see it is chosen anew: nothing is shared by going on. */
    private fun goOn(draft: PageDraft) {
        title = draft[TITLE]
        why = draft.body
        rhythm = Rhythm.entries.firstOrNull { it.name == draft[RHYTHM] } ?: Rhythm.DAILY
        days = Weekday.entries.filter { it.name in draft[DAYS].split(' ') }.toSet()
    }

    private fun keep() = kept.keep(
        title.isNotBlank() || why.isNotBlank(),
        listOf(TITLE to title, RHYTHM to rhythm.name, DAYS to days.sorted().joinToString(" ") { it.name }),
        why
    )

    private companion object {
        const val TITLE = "title"
        const val RHYTHM = "rhythm"
        const val DAYS = "days"
    }
}

/** How often, in the words the editor offers. */
enum class Rhythm { DAILY, WORKDAYS, WEEKEND, CHOSEN }

/** The schedule of the core for it. */
fun Rhythm.schedule(days: Set<Weekday>): Schedule = when (this) {
    Rhythm.DAILY -> Schedule.Daily
    Rhythm.WORKDAYS -> Schedule.Weekdays(WORKDAYS.sorted())
    Rhythm.WEEKEND -> Schedule.Weekdays(WEEKEND.sorted())
    Rhythm.CHOSEN -> Schedule.Weekdays(days.sorted())
}

internal val WORKDAYS =
    setOf(Weekday.MONDAY, Weekday.TUESDAY, Weekday.WEDNESDAY, Weekday.THURSDAY, Weekday.FRIDAY)
internal val WEEKEND = setOf(Weekday.SATURDAY, Weekday.SUNDAY)
