package app.belay.ui.goals

import androidx.compose.ui.test.ExperimentalTestApi
import androidx.compose.ui.test.assertIsDisplayed
import androidx.compose.ui.test.assertIsEnabled
import androidx.compose.ui.test.assertIsNotEnabled
import androidx.compose.ui.test.hasClickAction
import androidx.compose.ui.test.hasText
import androidx.compose.ui.test.isSelectable
import androidx.compose.ui.test.onNodeWithContentDescription
import androidx.compose.ui.test.onNodeWithText
import androidx.compose.ui.test.performClick
import androidx.compose.ui.test.performScrollTo
import androidx.compose.ui.test.performTextInput
import androidx.compose.ui.test.v2.runComposeUiTest
import app.belay.core.BelayException
import app.belay.core.GoalView
import app.belay.core.OutcomeStatus
import app.belay.core.Weekday
import app.belay.ui.Navigator
import app.belay.ui.Route
import app.belay.ui.testkit.FakeCore
import app.belay.ui.testkit.assertAccessibleEverywhere
import app.belay.ui.testkit.testServices
import app.belay.ui.theme.BelayTheme
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.DynamicTest
import org.junit.jupiter.api.DynamicTest.dynamicTest
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.TestFactory

@OptIn(ExperimentalTestApi::class)
class GoalScreensTest {
    private val navigator = Navigator()

    @TestFactory
    fun `every page of the goals can be read and reached`(): List<DynamicTest> =
        (goalShots + goalLifeShots).map { shot ->
            dynamicTest(shot.name) { assertAccessibleEverywhere { shell -> shot.content(shell) } }
        }

    @Test
    fun `a goal shows its days in words beside the shapes`() = runComposeUiTest {
        val services = testServices(GoalCore(), navigator = navigator)
        setContent { BelayTheme(dark = false) { GoalScreen(services, GoalModel(services, services.scope, "a1")) } }
        onNodeWithText("9 of the last 11 · 1 partly").assertIsDisplayed()
        onNode(
            hasText("Thursday, 26 February") and hasText("Skipped")
        ).performScrollTo().assertIsDisplayed()
        onNodeWithText("Sam sees: title and outcome").performScrollTo().assertIsDisplayed()
    }

    @Test
    fun `coming back to a goal is said in the list`() = runComposeUiTest {
        val services = testServices(GoalCore(), navigator = navigator)
        setContent { BelayTheme(dark = false) { GoalsScreen(services, GoalsModel(services, services.scope)) } }
        onNodeWithText("Back after 2 days").performScrollTo().assertIsDisplayed()
    }

    @Test
    fun `a tap on a past day asks what came of it and shows who will see it`() = runComposeUiTest {
        val services = testServices(GoalCore(), navigator = navigator)
        val model = GoalModel(services, services.scope, "a1")
        setContent { BelayTheme(dark = false) { GoalScreen(services, model) } }
        onNode(hasText("Monday, 2 March") and hasClickAction()).performScrollTo().performClick()
        onNodeWithText(services.words.goalsLogSave).assertIsNotEnabled()
        onNode(hasText("Partly") and isSelectable()).performClick()
        assertEquals(OutcomeStatus.PARTLY, model.log?.status)
        onNodeWithText("Sam sees: Walk before work · Partly").performScrollTo().assertIsDisplayed()
        onNodeWithText(services.words.goalsLogSave).assertIsEnabled()
    }

    @Test
    fun `a goal is begun with what, how often and why`() = runComposeUiTest {
        val services = testServices(GoalCore(), navigator = navigator)
        val model = GoalEditorModel(services, services.scope)
        setContent { BelayTheme(dark = false) { GoalEditorScreen(services, model) } }
        onNodeWithContentDescription(services.words.goalsEditWhat).performTextInput("Swim")
        onNodeWithText(services.words.goalFormOftenWeekdays).performClick()
        onNodeWithText(services.words.goalsEditSave).assertIsNotEnabled()
        onNodeWithContentDescription("Saturday").performClick()
        assertEquals(setOf(Weekday.SATURDAY), model.form.days)
        onNodeWithText("Once a week: Sat").assertIsDisplayed()
        onNodeWithText(services.words.goalsEditSave).assertIsEnabled()
    }

    @Test
    fun `goals that cannot be read say so, and without any one is invited to begin`() = runComposeUiTest {
        val core = object : FakeCore() {
            var broken = true

            override suspend fun goals(): List<GoalView> =
                if (broken) throw BelayException.Internal("projection") else emptyList()
        }
        val services = testServices(core, navigator = navigator)
        setContent { BelayTheme(dark = false) { GoalsScreen(services, GoalsModel(services, services.scope)) } }
        core.broken = false
        onNodeWithText(services.words.commonTryAgain).performClick()
        onNodeWithText(services.words.goalsEmptyTitle).assertIsDisplayed()
        onNodeWithText(services.words.goalsBegin).performClick()
        assertEquals(Route.GoalEditor, navigator.current)
    }
}
