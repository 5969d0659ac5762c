package app.belay.ui.goals

import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.setValue
import app.belay.core.DocName
import app.belay.core.DraftView
import app.belay.core.GoalField
import app.belay.core.GoalView
import app.belay.core.NewGoal
import app.belay.core.PartnerView
import app.belay.core.Weekday
import app.belay.ui.Loadable
import app.belay.ui.Problem
import app.belay.ui.Route
import app.belay.ui.Services
import app.belay.ui.attempt
import app.belay.ui.journal.PageKeeper
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.launch

/**
 * Begins a goal, or says the one called [name] anew: what, what counts, how often, why. What helps is folded, and
 * who sees it begins with nobody.
 */
class GoalEditorModel(private val services: Services, private val scope: CoroutineScope, val name: DocName? = null) {
    private val core = services.core
    private val kept = PageKeeper(services, "goal", name)
    private var before: GoalForm? = null

    /** Whether the fields can be shown; those of a new goal can at once. */
    var state: Loadable<Unit> by mutableStateOf(if (name == null) Loadable.Ready(Unit) else Loadable.Loading)
        private set

    /** What is in the fields. */
    var form: GoalForm by mutableStateOf(GoalForm())
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

    /** There is enough to begin, or something was said anew. */
    val canSave: Boolean get() = !saving && form.isEnough && form != before

    val title: String get() = form.title
    val why: String get() = form.why

    init {
        reload()
    }

    /** Reads what is there already, whom it can be shown to, and once what was typed before. */
    fun reload() {
        partners = Loadable.Loading
        if (state is Loadable.Failed) state = Loadable.Loading
        scope.launch {
            val problem = attempt(services.words) {
                val page = core.goalForm()
                services.shell.presentDay.learn(page.today)
                name?.let { take(core.goal(it)) }
                partners = Loadable.Ready(page.partners)
                begin(page.drafts)
                state = Loadable.Ready(Unit)
            }
            if (problem != null) {
                partners = Loadable.Failed(problem)
                if (name != null) state = Loadable.Failed(problem)
                // That what was typed before cannot be read now keeps nobody from typing.
                if (name == null) begin(emptyList())
            }
        }
    }

    private fun take(goal: GoalView) {
        if (before != null) return
        form = GoalForm.of(goal.goal, services.shell.locale)
        before = form
    }

    private fun begin(drafts: List<DraftView>) {
        if (kept.isBegun) return
        val draft = kept.takeUp(drafts)
        // Who was to see it is chosen anew: nothing is shared by going on.
        if (draft != null && (name != null || !form.isSaid)) form = goalFormOf(draft) else keep()
    }

    /** Takes what was typed or chosen; it is kept at once. */
    fun change(now: GoalForm) {
        if (saving) return
        form = now
        problem = null
        keep()
    }

    /** Takes what it is. */
    fun title(text: String) = change(form.copy(title = text))

    /** Takes why it matters. */
    fun why(text: String) = change(form.copy(why = text))

    /** Chooses how often. */
    fun choose(rhythm: Rhythm) = change(form.copy(rhythm = rhythm))

    /** Adds or takes away a day. */
    fun toggle(day: Weekday) = change(form.copy(days = if (day in form.days) form.days - day else form.days + day))

    /** Takes the step that was typed. */
    fun addStep() = change(form.withHalfStep)

    /** Takes a step out. */
    fun removeStep(step: String) = change(form.copy(steps = form.steps - step))

    /** Adds a date, or takes it out. */
    fun toggleDate(day: String) =
        change(form.copy(dates = if (day in form.dates) form.dates - day else (form.dates + day).sorted()))

    /** Adds or takes away what a partner sees. */
    fun toggle(partner: PartnerView, field: GoalField) {
        val choice = audience[partner.space] ?: AudienceChoice(partner.space, partner.name, emptySet())
        audience = audience + (partner.space to choice.toggled(field))
    }

    /** Begins the goal and shows it, or says it anew and goes back to it. */
    fun save() {
        if (!canSave) return
        saving = true
        scope.launch {
            problem = attempt(services.words) {
                val new = newGoal()
                val goal = if (name == null) core.addGoal(new) else core.editGoal(name, new)
                kept.drop()
                if (name == null) services.navigator.replace(Route.Goal(goal.name)) else services.navigator.back()
            }
            saving = false
        }
    }

    private fun newGoal() = NewGoal(
        title = form.title,
        schedule = form.schedule,
        why = form.why.ifBlank { null },
        audience = audience.mapValues { it.value.fields.sorted() }.filterValues { it.isNotEmpty() },
        measure = form.measure(services.shell.presentDay.value),
        startsOn = form.startsOn,
        endsOn = form.endsOn,
        obstacle = form.obstacle.ifBlank { null },
        ifThis = form.ifThis.ifBlank { null },
        thenThat = form.thenThat.ifBlank { null },
        strengths = form.strengths.ifBlank { null },
        resources = form.resources.ifBlank { null },
        area = form.area
    )

    private fun keep() = kept.keep(form.isSaid && form != before, form.fields(), form.why)
}
