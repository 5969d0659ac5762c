package app.belay.ui

import androidx.compose.runtime.CompositionLocalProvider
import androidx.compose.runtime.State
import androidx.compose.runtime.saveable.LocalSaveableStateRegistry
import androidx.compose.runtime.saveable.SaveableStateRegistry
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.saveable.rememberSaveableStateHolder
import androidx.compose.ui.test.ComposeUiTest
import androidx.compose.ui.test.ExperimentalTestApi
import androidx.compose.ui.test.hasClickAction
import androidx.compose.ui.test.hasContentDescription
import androidx.compose.ui.test.hasSetTextAction
import androidx.compose.ui.test.hasText
import androidx.compose.ui.test.onNodeWithContentDescription
import androidx.compose.ui.test.onNodeWithText
import androidx.compose.ui.test.performClick
import androidx.compose.ui.test.performScrollTo
import androidx.compose.ui.test.performTextInput
import androidx.compose.ui.test.v2.runComposeUiTest
import app.belay.core.BelayCoreInterface
import app.belay.ui.testkit.FakeCore
import app.belay.ui.testkit.goalView
import app.belay.ui.testkit.onPhone
import app.belay.ui.testkit.partnerToday
import app.belay.ui.testkit.testServices
import app.belay.ui.testkit.waitFor
import app.belay.ui.today.todayView
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test

private const val TYPED = "nobody else's business"

/** What a system keeps of a window lies outside the sealed store: places, never words. */
@OptIn(ExperimentalTestApi::class)
class SavedStateTest {
    private val system = SaveableStateRegistry(null) { true }
    private val core = object : FakeCore() {
        override suspend fun today() =
            todayView(goals = listOf(goalView("walk", "Walk")), partners = listOf(partnerToday()))
    }

    private fun ComposeUiTest.app(core: BelayCoreInterface, route: Route = Route.Today) {
        val services = testServices(core, navigator = Navigator().apply { go(route) })
        onPhone {
            CompositionLocalProvider(LocalSaveableStateRegistry provides system) { BelayApp(services) }
        }
    }

    private fun ComposeUiTest.type(field: String) {
        val there = hasContentDescription(field) and hasSetTextAction()
        waitFor(there)
        onNode(there).performScrollTo().performTextInput(TYPED)
        waitFor(hasText(TYPED))
    }

    private fun isSaved(): Boolean = texts(system.performSave()).any { TYPED in it }

    /** Every text in what is saved, however deep it lies. */
    private fun texts(saved: Any?): List<String> = when (saved) {
        is Map<*, *> -> saved.flatMap { texts(it.key) + texts(it.value) }
        is Iterable<*> -> saved.flatMap(::texts)
        is Array<*> -> saved.flatMap(::texts)
        is State<*> -> texts(saved.value)
        else -> listOf(saved.toString())
    }

    @Test
    fun `what a page hands to the system is seen here`() = runComposeUiTest {
        onPhone {
            CompositionLocalProvider(LocalSaveableStateRegistry provides system) {
                rememberSaveableStateHolder().SaveableStateProvider("page") {
                    rememberSaveable<String> { TYPED }
                }
            }
        }
        waitForIdle()
        assertTrue(isSaved())
    }

    @Test
    fun `an answer to a partner is kept by the core and not by the system`() = runComposeUiTest {
        app(core)
        onNodeWithText("I hear you").performScrollTo().performClick()
        type("In your words")
        assertFalse(isSaved())
        assertTrue(core.keptDrafts.single().text.endsWith(TYPED))
    }

    @Test
    fun `why a day was left out is kept by the core and not by the system`() = runComposeUiTest {
        app(core)
        onNodeWithContentDescription("More for “Walk”").performScrollTo().performClick()
        type("Why you leave it out, if you like")
        assertFalse(isSaved())
        assertTrue(TYPED in core.keptDrafts.single().text)
    }

    @Test
    fun `a goal that is begun is kept by the core and not by the system`() = runComposeUiTest {
        app(core, Route.GoalEditor)
        type("What do you want to do?")
        assertFalse(isSaved())
        assertTrue(TYPED in core.keptDrafts.single().text)
    }

    @Test
    fun `a tag that is being typed is kept by the core and not by the system`() = runComposeUiTest {
        app(core, Route.JournalEditor())
        waitFor(hasClickAction() and (hasText("Tag") or hasContentDescription("Tag")))
        onNode(hasClickAction() and (hasText("Tag") or hasContentDescription("Tag"))).performClick()
        type("A word to find it by")
        assertFalse(isSaved())
        assertTrue(TYPED in core.keptDrafts.single().text)
    }
}
