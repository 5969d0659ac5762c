package app.belay.ui.goals

import app.belay.core.BelayException
import app.belay.core.DayMark
import app.belay.core.DayView
import app.belay.core.GoalField
import app.belay.core.GoalPageView
import app.belay.core.GoalView
import app.belay.core.NewGoal
import app.belay.core.NewOutcome
import app.belay.core.Outcome
import app.belay.core.OutcomeStatus
import app.belay.core.OutcomeView
import app.belay.core.Schedule
import app.belay.core.Weekday
import app.belay.ui.Navigator
import app.belay.ui.Route
import app.belay.ui.journal.MIRA
import app.belay.ui.journal.SAM
import app.belay.ui.journal.berlin
import app.belay.ui.journal.partner
import app.belay.ui.testkit.TUESDAY
import app.belay.ui.testkit.testServices
import app.belay.ui.value
import app.belay.words.WordsDe
import app.belay.words.WordsEn
import java.util.Locale
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertNotNull
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test

class GoalModelTest {
    private val core = Logging()
    private val navigator = Navigator()
    private val services = testServices(core, navigator = navigator)

    private fun model() = GoalModel(services, services.scope, "a1")

    @Test
    fun `a past day is filled in with a reason, after a look at who sees it`() {
        val model = model()
        model.note("2026-03-02")
        val log = checkNotNull(model.log)
        assertNull(log.preview)
        log.choose(OutcomeStatus.SKIPPED)
        log.reason("the cold")
        assertEquals(listOf("Sam"), log.preview?.value?.map { it.partner })
        model.saveLog()
        assertEquals(NewOutcome("a1", "2026-03-02", OutcomeStatus.SKIPPED, null, "the cold"), core.logged.single())
        assertNull(model.log)
        assertNotNull(model.said)
    }

    @Test
    fun `a goal that was begun goes on in the next process, and who was to see it is chosen anew`() {
        val editor = GoalEditorModel(services, services.scope)
        editor.title("Swim")
        editor.why("for the\nquiet")
        editor.choose(Rhythm.CHOSEN)
        editor.toggle(Weekday.MONDAY)

        val again = GoalEditorModel(services, services.scope)

        assertEquals("Swim" to "for the\nquiet", again.title to again.why)
        assertEquals(Rhythm.CHOSEN to setOf(Weekday.MONDAY), again.form.rhythm to again.form.days)
        assertTrue(again.audience.isEmpty())
        again.title("")
        again.why("")
        assertTrue(core.keptDrafts.isEmpty())
    }

    @Test
    fun `words about a day that were not saved are there when it is opened again`() {
        val model = model()
        model.note("2026-03-02")
        checkNotNull(model.log).note("Too cold")
        model.closeLog()

        model.note("2026-03-02")
        assertEquals("Too cold", model.log?.note)
        checkNotNull(model.log).choose(OutcomeStatus.NOT_DONE)
        model.saveLog()

        assertTrue(core.keptDrafts.isEmpty())
    }

    @Test
    fun `a reason goes only with a skip`() {
        val model = model()
        model.note("2026-03-02")
        val log = checkNotNull(model.log)
        log.choose(OutcomeStatus.SKIPPED)
        log.reason("the cold")
        log.choose(OutcomeStatus.DONE)
        model.saveLog()
        assertNull(core.logged.single().reason)
    }

    @Test
    fun `what was noted for today stands in the fields`() {
        core.today = Outcome(TUESDAY, OutcomeStatus.PARTLY, "half way", null, berlin(), TUESDAY, null)
        val model = model()
        model.note(TUESDAY)
        assertEquals(OutcomeStatus.PARTLY to "half way", model.log?.status to model.log?.note)
    }

    @Test
    fun `what was noted for an earlier day stands in the fields, however long ago`() {
        val noted = Outcome("2024-02-29", OutcomeStatus.PARTLY, "half way", null, berlin(), "2024-02-29", null)
        core.earlier = noted
        val model = model()
        model.note(noted.on)
        val log = checkNotNull(model.log)
        assertEquals(OutcomeStatus.PARTLY to "half way", log.status to log.note)
        assertTrue(log.isNoted && log.isLate)
    }

    @Test
    fun `a day that is refused keeps what was typed`() {
        core.refusal = BelayException.InvalidInput("note", "too_many_characters")
        val model = model()
        model.note("2026-03-02")
        model.log?.choose(OutcomeStatus.DONE)
        model.log?.note("long")
        model.saveLog()
        assertEquals("invalid-input", model.log?.problem?.code)
        assertEquals("long", model.log?.note)
    }

    @Test
    fun `the title goes with whatever else is shown, and leaves only with all of it`() {
        val none = AudienceChoice(SAM, "Sam", emptySet())
        val status = none.toggled(GoalField.STATUS)
        assertEquals(setOf(GoalField.TITLE, GoalField.STATUS), status.fields)
        assertEquals(emptySet<GoalField>(), status.toggled(GoalField.TITLE).fields)
        assertEquals(setOf(GoalField.TITLE), status.toggled(GoalField.STATUS).fields)
    }

    @Test
    fun `a choice begins with what the partner sees now and is written as chosen`() {
        val model = model()
        model.chooseFor(SAM, "Sam")
        assertEquals(setOf(GoalField.TITLE, GoalField.STATUS), model.choice?.fields)
        model.toggle(GoalField.WHY)
        model.saveChoice()
        assertEquals(listOf(GoalField.TITLE, GoalField.WHY, GoalField.STATUS), core.shared.single())
        assertNull(model.choice)
    }

    @Test
    fun `a goal begins privately, with a schedule in words`() {
        val editor = GoalEditorModel(services, services.scope)
        assertFalse(editor.canSave)
        editor.title("Swim")
        editor.choose(Rhythm.CHOSEN)
        assertFalse(editor.canSave)
        editor.toggle(Weekday.SATURDAY)
        editor.toggle(Weekday.MONDAY)
        editor.save()
        val begun = core.begun.single()
        assertEquals(Schedule.Weekdays(listOf(Weekday.MONDAY, Weekday.SATURDAY)), begun.schedule)
        assertTrue(begun.audience.isEmpty() && begun.why == null)
        assertEquals(Route.Goal("a1"), navigator.current)
    }

    @Test
    fun `a goal that is refused keeps everything in the fields`() {
        core.refusal = BelayException.StorageFull()
        val editor = GoalEditorModel(services, services.scope)
        editor.title("Swim")
        editor.why("Quiet under water")
        editor.toggle(partner("Mira", MIRA), GoalField.STATUS)
        editor.save()
        assertEquals("storage-full", editor.problem?.code)
        assertEquals("Swim" to "Quiet under water", editor.title to editor.why)
        assertEquals(setOf(GoalField.TITLE, GoalField.STATUS), editor.audience[MIRA]?.fields)
        assertTrue(editor.canSave)
    }

    @Test
    fun `the kind sentence counts what was done and nothing else`() {
        assertEquals("11 of the last 14", kindSentence(WordsEn, fortnight("dddddddd.dd.d.", done = 11, of = 14)))
        assertEquals("3 of the last 5 · 1 partly", kindSentence(WordsEn, fortnight("ddd-p", 3, 5, partly = 1)))
        assertEquals("Just begun", kindSentence(WordsEn, fortnight("-.", 0, 0)))
    }

    @Test
    fun `a schedule is said in words, in the order of the week`() {
        val days = Schedule.Weekdays(listOf(Weekday.FRIDAY, Weekday.MONDAY))
        assertEquals("2 times a week: Mon, Fri", scheduleWords(WordsEn, Locale.UK, days))
        assertEquals("2-mal die Woche: Mo, Fr", scheduleWords(WordsDe, Locale.GERMANY, days).replace(".", ""))
        assertEquals(
            WordsEn.goalsScheduleWorkdays,
            scheduleWords(WordsEn, Locale.UK, GoalForm(rhythm = Rhythm.WORKDAYS).schedule)
        )
    }
}

private class Logging : GoalCore() {
    val logged = mutableListOf<NewOutcome>()
    val shared = mutableListOf<List<GoalField>>()
    val begun = mutableListOf<NewGoal>()
    var today: Outcome? = null
    var earlier: Outcome? = null
    var refusal: BelayException? = null

    override suspend fun goal(name: String): GoalView = super.goal(name).copy(today = today)

    override suspend fun goalPage(name: String, from: String?, to: String?): GoalPageView {
        val first = from ?: TUESDAY
        val noted = listOfNotNull(earlier, today).filter { it.on in first..(to ?: TUESDAY) }
        return GoalPageView(goal(name), null, TUESDAY, listOf(DayView(first, DayMark.NOTHING)), noted)
    }

    override suspend fun logOutcome(new: NewOutcome): OutcomeView {
        refusal?.let { throw it }
        logged += new
        return OutcomeView(new.goal, "", Outcome(TUESDAY, new.status, null, null, berlin(), TUESDAY, null))
    }

    override suspend fun shareGoal(name: String, space: String, fields: List<GoalField>): GoalView {
        shared += fields
        return goal(name)
    }

    override suspend fun addGoal(new: NewGoal): GoalView {
        refusal?.let { throw it }
        begun += new
        return goal("a1")
    }
}
