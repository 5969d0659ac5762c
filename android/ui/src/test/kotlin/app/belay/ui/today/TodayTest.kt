package app.belay.ui.today

import androidx.compose.ui.test.ExperimentalTestApi
import androidx.compose.ui.test.assertIsDisplayed
import androidx.compose.ui.test.hasClickAction
import androidx.compose.ui.test.hasContentDescription
import androidx.compose.ui.test.hasText
import androidx.compose.ui.test.onNodeWithContentDescription
import androidx.compose.ui.test.onNodeWithText
import androidx.compose.ui.test.performClick
import androidx.compose.ui.test.performScrollTo
import androidx.compose.ui.test.v2.runComposeUiTest
import app.belay.core.BelayCoreInterface
import app.belay.core.BelayException
import app.belay.core.NewGoal
import app.belay.core.NewOutcome
import app.belay.core.NewResponse
import app.belay.core.OutcomeStatus
import app.belay.core.OutcomeView
import app.belay.core.ResponseKind
import app.belay.core.ResponseView
import app.belay.core.Schedule
import app.belay.core.SharedResponse
import app.belay.core.TodayView
import app.belay.ui.BelayApp
import app.belay.ui.Loadable
import app.belay.ui.Route
import app.belay.ui.Services
import app.belay.ui.testkit.EVENING_MS
import app.belay.ui.testkit.FakeCore
import app.belay.ui.testkit.PATIENCE_MS
import app.belay.ui.testkit.RealStore
import app.belay.ui.testkit.TUESDAY
import app.belay.ui.testkit.TestClock
import app.belay.ui.testkit.assertAccessibleEverywhere
import app.belay.ui.testkit.goalView
import app.belay.ui.testkit.onPhone
import app.belay.ui.testkit.partnerToday
import app.belay.ui.testkit.testServices
import app.belay.ui.testkit.testShell
import app.belay.ui.testkit.theirs
import app.belay.ui.testkit.waitFor
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.Job
import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Test

@OptIn(ExperimentalTestApi::class)
class TodayTest {
    @Test
    fun `Today can be read and reached in every state`() {
        for (shot in todayShots) assertAccessibleEverywhere { shell -> shot.content(shell) }
    }

    @Test
    fun `a tap on a due goal says done, and a second one offers to change it`() {
        val core = Day(todayView(goals = listOf(goalView("screen", "Screen off at ten"))))
        val model = model(core)
        val goal = checkNotNull(model.page.loaded).goals.single()
        model.tap(goal)
        assertEquals(NewOutcome("screen", TUESDAY, OutcomeStatus.DONE), core.logged.single())
        model.tap(goalView("screen", "Screen off at ten", OutcomeStatus.DONE))
        assertEquals(1, core.logged.size)
        assertEquals("screen", (model.sheet as TodaySheet.Goal).goal.name)
    }

    @Test
    fun `a tap notes the day that is shown and keeps the note that is there`() {
        val core = Day(todayView())
        val noted = goalView("walk", "Walk before work", OutcomeStatus.PARTLY).let { goal ->
            goal.copy(today = goal.today?.copy(note = "Only to the bakery"))
        }
        model(core).log(noted, OutcomeStatus.DONE)
        assertEquals(NewOutcome("walk", TUESDAY, OutcomeStatus.DONE, "Only to the bakery"), core.logged.single())
    }

    @Test
    fun `a changed outcome can be put back as it was`() {
        val core = Day(todayView())
        val services = testServices(core)
        val model = TodayModel(services, scope())
        model.log(goalView("walk", "Walk before work", OutcomeStatus.PARTLY), OutcomeStatus.SKIPPED, "ill")
        assertEquals("“Walk before work” is left out today.", services.undo.offer?.text)
        services.undo.take()
        assertEquals(listOf(OutcomeStatus.SKIPPED, OutcomeStatus.PARTLY), core.logged.map { it.status })
    }

    @Test
    fun `a shape that is tapped is handed to the page without standing in the route`() {
        val services = testServices(Day(todayView()))
        TodayModel(services, scope()).checkIn(mood = 2)
        assertEquals(Route.CheckIn(), services.navigator.current)
        assertEquals(2, services.handOver.takeMood())
        assertNull(services.handOver.takeMood())
    }

    @Test
    fun `what cannot be loaded says so, and what is shown stays when loading again does not work`() {
        val core = Day(todayView())
        val model = model(core)
        core.broken = true
        model.page.reload()
        assertEquals("storage-full", model.page.problem?.code)
        assertEquals(core.view, model.page.loaded)
        val blank = model(core)
        assertEquals("storage-full", (blank.page.state as Loadable.Failed).problem.code)
    }

    @Test
    fun `a kind answer is sent when the person says so, in their words`() = runComposeUiTest {
        val core = Day(todayView(partners = listOf(partnerToday())))
        onPhone { BelayApp(testServices(core)) }
        onNodeWithText("I hear you").performScrollTo().performClick()
        onNodeWithText("To Sam: I hear you").assertIsDisplayed()
        assertEquals(emptyList<NewResponse>(), core.answers)
        onNode(hasText("I hear how tired", substring = true) and hasClickAction()).performClick()
        onNodeWithText("Send to Sam").performClick()
        waitUntil(timeoutMillis = PATIENCE_MS) { core.answers.isNotEmpty() }
        assertEquals(ResponseKind.I_HEAR_YOU, core.answers.single().kind)
        assertEquals("I hear how tired you are of this.", core.answers.single().text)
    }

    @Test
    fun `the bar names the place when the phone is in another zone than the day`() = runComposeUiTest {
        val shell = testShell(clock = TestClock(zoneName = "America/New_York"))
        val services = Services(Day(todayView()), shell)
        onPhone { BelayApp(services) }
        onNodeWithText("Tuesday, 3 March · Berlin").assertIsDisplayed()
    }

    @Test
    fun `a goal of the real core is done with one tap`() = RealStore().use { store ->
        val core = store.create("Jonas")
        runBlocking { core.addGoal(NewGoal("Walk before work", Schedule.Daily)) }
        runComposeUiTest {
            onPhone { BelayApp(Services(core, testShell(clock = store.clock))) }
            waitFor("Walk before work")
            onNode(hasText("Walk before work") and hasClickAction()).performScrollTo().performClick()
            waitFor("“Walk before work” is done.")
            waitUntil(timeoutMillis = PATIENCE_MS) { statusOf(core) == OutcomeStatus.DONE }
            onNodeWithContentDescription("More for “Walk before work”").performScrollTo().performClick()
            onNode(hasText("Partly") and hasClickAction()).performScrollTo().performClick()
            waitUntil(timeoutMillis = PATIENCE_MS) { statusOf(core) == OutcomeStatus.PARTLY }
            onNode(hasText("Undo") and hasClickAction()).performClick()
            waitUntil(timeoutMillis = PATIENCE_MS) { statusOf(core) == OutcomeStatus.DONE }
        }
        runBlocking { core.shutdown() }
    }

    private fun statusOf(core: BelayCoreInterface) = runBlocking { core.goals() }.single().today?.status

    private fun scope() = CoroutineScope(Job() + Dispatchers.Unconfined)

    private fun model(core: BelayCoreInterface) = TodayModel(testServices(core), scope())

    private class Day(val view: TodayView) : FakeCore() {
        val logged = mutableListOf<NewOutcome>()
        val answers = mutableListOf<NewResponse>()
        var broken = false

        override suspend fun today(): TodayView {
            if (broken) throw BelayException.StorageFull()
            return view
        }

        override suspend fun logOutcome(new: NewOutcome): OutcomeView {
            logged += new
            return OutcomeView(new.goal, "", checkNotNull(goalView(new.goal, "", new.status).today))
        }

        override suspend fun respond(new: NewResponse): ResponseView {
            answers += new
            val said = SharedResponse(new.kind, new.text, theirs(EVENING_MS, "21:00"))
            return ResponseView("answer", new.space, own = true, from = "", response = said)
        }
    }
}
