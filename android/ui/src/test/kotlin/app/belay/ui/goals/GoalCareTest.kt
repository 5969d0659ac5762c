package app.belay.ui.goals

import app.belay.core.BelayException
import app.belay.core.GoalView
import app.belay.core.NewGoal
import app.belay.core.Pause
import app.belay.core.PauseReason
import app.belay.ui.Navigator
import app.belay.ui.Route
import app.belay.ui.testkit.TUESDAY
import app.belay.ui.testkit.testServices
import app.belay.ui.value
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNotNull
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test

class GoalCareTest {
    private val core = Caring()
    private val navigator = Navigator().apply {
        go(Route.Goals)
        go(Route.Goal("a1"))
    }
    private val services = testServices(core, navigator = navigator)
    private val model by lazy { GoalModel(services, services.scope, "a1") }

    @Test
    fun `a pause begins today and stays open unless somebody says otherwise`() {
        model.care.openPauses()
        assertEquals(emptyList<Pause>(), model.care.pauses.value)
        model.care.begin()
        assertEquals(listOf("a1" to Pause(TUESDAY, null, null)), core.paused)
        model.care.form = PauseForm("2026-03-10", "2026-03-14", PauseReason.HOLIDAY)
        model.care.begin()
        assertEquals(Pause("2026-03-10", "2026-03-14", PauseReason.HOLIDAY), core.paused.last().second)
        assertEquals(PauseForm(), model.care.form)
    }

    @Test
    fun `pauses that overlap are refused in words, and what was chosen stays`() {
        core.refusal = BelayException.InvalidInput("pause", "overlaps")
        model.care.openPauses()
        model.care.form = PauseForm("2026-03-10", "2026-03-14")
        model.care.begin()
        assertEquals("Some of those days are paused already.", model.care.act.problem?.title)
        assertEquals("2026-03-14", model.care.form.last)
    }

    @Test
    fun `all goals are paused from their list`() {
        val goals = GoalsModel(services, services.scope)
        goals.care.openPauses()
        goals.care.begin()
        assertEquals(listOf<Pair<String?, Pause>>(null to Pause(TUESDAY, null, null)), core.paused)
    }

    @Test
    fun `a goal is let go with what was learned, which is kept while it is typed`() {
        model.care.open(CareSheet.LET_GO)
        model.care.learned("Evenings are too late for me.")
        assertTrue(core.keptDrafts.single().text.endsWith("too late for me."))
        model.care.letGo()
        assertEquals(listOf("a1 Evenings are too late for me."), core.ended)
        assertNull(model.care.sheet)
        assertNotNull(model.said)
        assertTrue(core.keptDrafts.isEmpty())
    }

    @Test
    fun `a goal is said anew from what it says, and nothing is shared by it`() {
        val editor = GoalEditorModel(services, services.scope, "a1")
        assertEquals("Walk before work", editor.title)
        assertTrue(!editor.canSave, "nothing was said anew")
        editor.choose(Rhythm.EVERY)
        editor.save()
        assertEquals("Walk before work", core.said.single().title)
        assertTrue(core.said.single().audience.isEmpty())
        assertEquals(Route.Goals, navigator.current)
    }
}

private class Caring : GoalCore() {
    val paused = mutableListOf<Pair<String?, Pause>>()
    val ended = mutableListOf<String>()
    val said = mutableListOf<NewGoal>()
    var refusal: BelayException? = null

    override suspend fun pauses(of: String?): List<Pause> = paused.map { it.second }

    override suspend fun pauseGoals(of: String?, pause: Pause): List<Pause> {
        refusal?.let { throw it }
        paused += of to pause
        return pauses(of)
    }

    override suspend fun letGoOfGoal(name: String, learned: String?): GoalView {
        ended += "$name $learned"
        return goal(name)
    }

    override suspend fun editGoal(name: String, new: NewGoal): GoalView {
        said += new
        return goal(name)
    }
}
