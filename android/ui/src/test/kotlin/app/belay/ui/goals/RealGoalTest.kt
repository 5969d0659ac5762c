package app.belay.ui.goals

import androidx.compose.ui.test.ExperimentalTestApi
import androidx.compose.ui.test.hasClickAction
import androidx.compose.ui.test.hasContentDescription
import androidx.compose.ui.test.hasSetTextAction
import androidx.compose.ui.test.hasText
import androidx.compose.ui.test.isSelectable
import androidx.compose.ui.test.onNodeWithText
import androidx.compose.ui.test.performClick
import androidx.compose.ui.test.performScrollTo
import androidx.compose.ui.test.performTextInput
import androidx.compose.ui.test.v2.runComposeUiTest
import app.belay.core.DayMark
import app.belay.ui.BelayApp
import app.belay.ui.Navigator
import app.belay.ui.Route
import app.belay.ui.Services
import app.belay.ui.testkit.PATIENCE_MS
import app.belay.ui.testkit.RealStore
import app.belay.ui.testkit.onPhone
import app.belay.ui.testkit.testShell
import app.belay.ui.testkit.waitFor
import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Test

@OptIn(ExperimentalTestApi::class)
class RealGoalTest {
    @Test
    fun `a goal is begun, a day before is filled in and taken back`() = RealStore().use { store ->
        val core = store.create("Jonas")
        val services = Services(core, testShell(clock = store.clock), Navigator().apply { go(Route.Goals) })
        val words = services.words
        fun mark(day: String) = runBlocking { core.goals() }.single().last14.days.single { it.on == day }.mark
        runComposeUiTest {
            onPhone { BelayApp(services) }
            waitFor(words.goalsEmptyTitle)
            onNodeWithText(words.goalsBegin).performClick()
            waitFor(words.goalsEditWhat)
            onNode(hasContentDescription(words.goalsEditWhat) and hasSetTextAction()).performTextInput("Swim")
            onNodeWithText(words.goalsEditSave).performClick()
            waitFor("Monday, 2 March")
            onNode(hasText("Monday, 2 March") and hasClickAction()).performScrollTo().performClick()
            waitFor(words.goalsLogSave)
            onNode(hasText("Done") and isSelectable()).performClick()
            waitFor(words.goalsLogSeenNobody)
            onNode(hasContentDescription(words.goalsLogNote) and hasSetTextAction()).performScrollTo()
                .performTextInput("Twelve lengths")
            onNodeWithText(words.goalsLogSave).performScrollTo().performClick()
            waitUntil(timeoutMillis = PATIENCE_MS) { mark("2026-03-02") == DayMark.DONE }
            waitFor("Saved: Monday, 2 March, Done.")
            onNode(hasText("Monday, 2 March") and hasClickAction()).performScrollTo().performClick()
            waitFor(words.goalsLogTakeBack)
            waitFor("Twelve lengths")
            onNodeWithText(words.goalsLogTakeBack).performScrollTo().performClick()
            waitUntil(timeoutMillis = PATIENCE_MS) { mark("2026-03-02") != DayMark.DONE }
        }
        assertEquals(DayMark.NOT_DUE, mark("2026-03-02"))
        runBlocking { core.shutdown() }
    }
}
