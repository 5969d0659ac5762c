package app.belay.ui.goals

import app.belay.core.DayMark
import app.belay.core.Measure
import app.belay.core.OutcomeStatus
import app.belay.ui.Loadable
import app.belay.ui.Navigator
import app.belay.ui.Route
import app.belay.ui.testkit.RealStore
import app.belay.ui.testkit.testServices
import app.belay.ui.testkit.testShell
import app.belay.ui.testkit.until
import app.belay.ui.value
import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test

/** The life of a goal in a real store, from its first word to what was learned. */
class RealGoalLifeTest {
    @Test
    fun `a goal with an amount is begun, counted, paused, said anew, let go and taken up again`() =
        RealStore().use { store ->
            val core = store.create("Mira")
            val navigator = Navigator().apply { go(Route.GoalEditor) }
            val services = testServices(core, testShell(clock = store.clock), navigator)
            val editor = GoalEditorModel(services, services.scope)
            until { editor.partners is Loadable.Ready }
            editor.change(
                GoalForm(
                    title = "Read",
                    counting = Counting.AT_LEAST,
                    amount = "2,5",
                    unit = "pages",
                    rhythm = Rhythm.WEEK,
                    perWeek = 3,
                    ifThis = "I am tired",
                    thenThat = "I read one line"
                )
            )
            editor.save()
            until { navigator.current is Route.Goal }
            val name = (navigator.current as Route.Goal).name
            val model = GoalModel(services, services.scope, name)
            until { model.state is Loadable.Ready }
            assertEquals(Measure.AtLeast(2_500, "pages"), model.state.value?.goal?.goal?.measure)

            val today = checkNotNull(model.state.value).today
            model.note(today)
            val log = checkNotNull(model.log)
            log.amount("1")
            until { log.canSave }
            model.saveLog()
            until { model.log == null && model.state.value?.goal?.today?.status == OutcomeStatus.PARTLY }
            assertEquals(1_000L, model.state.value?.goal?.today?.amount)
            assertEquals(1_000L, model.state.value?.numbers?.totalThousandths)

            model.care.openPauses()
            model.care.begin()
            until { model.state.value?.goal?.pausedToday == true && !model.care.act.busy }
            model.care.resume()
            until { model.state.value?.goal?.pausedToday == false && !model.care.act.busy }

            val again = GoalEditorModel(services, services.scope, name)
            until { again.state is Loadable.Ready }
            again.change(again.form.copy(rhythm = Rhythm.DATES, dates = listOf("2026-01-01")))
            again.save()
            until { again.problem != null && !again.saving }
            assertEquals("outside_the_goal", again.problem?.detail)
            again.change(again.form.copy(rhythm = Rhythm.EVERY, every = 2))
            again.save()
            until { !again.saving }
            assertNull(again.problem)

            model.care.open(CareSheet.LET_GO)
            model.care.learned("Mornings are better.")
            model.care.letGo()
            until { model.state.value?.goal?.goal?.letGo == true }
            val away = GoalsAwayModel(services, services.scope)
            until { away.state.value?.size == 1 }
            assertEquals("Mornings are better.", away.state.value?.single()?.goal?.learned)
            away.takeUp(name)
            until { away.state.value?.isEmpty() == true }
            assertTrue(checkNotNull(model.state.value).days.any { it.on == today && it.mark == DayMark.PARTLY })
            runBlocking { core.shutdown() }
        }
}
