package app.belay.ui.today

import androidx.compose.runtime.Composable
import androidx.compose.runtime.remember
import androidx.compose.ui.test.ExperimentalTestApi
import androidx.compose.ui.test.hasClickAction
import androidx.compose.ui.test.hasContentDescription
import androidx.compose.ui.test.hasSetTextAction
import androidx.compose.ui.test.hasText
import androidx.compose.ui.test.onNodeWithText
import androidx.compose.ui.test.performClick
import androidx.compose.ui.test.performScrollTo
import androidx.compose.ui.test.performTextInput
import androidx.compose.ui.test.v2.runComposeUiTest
import app.belay.core.BelayCoreInterface
import app.belay.core.CheckInField
import app.belay.core.CheckInTemplate
import app.belay.core.NewCheckIn
import app.belay.core.NewGoal
import app.belay.core.ResponseKind
import app.belay.core.Schedule
import app.belay.ui.BelayApp
import app.belay.ui.Route
import app.belay.ui.Services
import app.belay.ui.checkin.CheckInModel
import app.belay.ui.testkit.RealPair
import app.belay.ui.testkit.RealStore
import app.belay.ui.testkit.onPhone
import app.belay.ui.testkit.testShell
import app.belay.ui.testkit.waitFor
import kotlin.time.Duration.Companion.minutes
import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Test

private val PATIENCE = 5.minutes

/** What goes over the rope between two real people, as their screens show it. */
@OptIn(ExperimentalTestApi::class)
class RopeTest {
    @Test
    fun `what a partner shared stands on Today and is answered from there`() = RealPair().use { pair ->
        val said = NewCheckIn(template = CheckInTemplate.EVENING, mood = 2u, win = "Called my sister")
        runBlocking {
            val space = pair.jonas.partners().single().space
            pair.jonas.setUsualFields(space, listOf(CheckInField.MOOD, CheckInField.WIN))
            pair.jonas.writeCheckIn(said)
            pair.bothSync()
        }
        runComposeUiTest(testTimeout = PATIENCE) {
            onPhone { App(pair.sam, pair) }
            waitFor("Called my sister")
            onNodeWithText("I hear you").performScrollTo().performClick()
            onNode(hasSetTextAction() and hasContentDescription("In your words")).performTextInput("So glad you did.")
            onNodeWithText("Send to Jonas").performScrollTo().performClick()
            waitFor(hasText("You: So glad you did."))
        }
        runBlocking { pair.bothSync() }
        runComposeUiTest(testTimeout = PATIENCE) {
            onPhone { App(pair.jonas, pair) }
            waitFor("Sam: So glad you did.")
        }
        val answer = runBlocking { pair.jonas.checkIns(1u) }.single().responses.single()
        assertEquals(ResponseKind.I_HEAR_YOU, answer.response.kind)
    }

    @Test
    fun `the preview shows exactly what the partner then gets`() = RealPair().use { pair ->
        val services = Services(pair.jonas, testShell(clock = pair.clock))
        val model = CheckInModel(services, services.scope, Route.CheckIn())
        runComposeUiTest(testTimeout = PATIENCE) {
            waitUntil(timeoutMillis = PATIENCE.inWholeMilliseconds) { model.answers != null }
            model.chooseMood(4)
            model.write(CheckInField.WIN, "A walk in the rain")
            val sam = checkNotNull(model.form.loaded).partners.single()
            model.show(sam, CheckInField.WIN, shown = true)
            model.show(sam, CheckInField.MOOD, shown = false)
            waitUntil(timeoutMillis = PATIENCE.inWholeMilliseconds) {
                model.previews.singleOrNull()?.checkIn?.let { it.win != null && it.mood == null } == true
            }
            val promised = checkNotNull(model.previews.single().checkIn)
            model.save()
            waitUntil(timeoutMillis = PATIENCE.inWholeMilliseconds) {
                runBlocking { pair.jonas.checkIns(1u) }.isNotEmpty()
            }
            runBlocking { pair.bothSync() }
            val got = checkNotNull(runBlocking { pair.sam.today() }.partners.single().last).checkIn
            assertEquals(promised.copy(written = got.written), got)
        }
    }

    @Test
    fun `what another screen writes shows on Today by itself`() = RealStore().use { store ->
        val core = store.create("Jonas")
        runComposeUiTest(testTimeout = PATIENCE) {
            val services = Services(core, testShell(clock = store.clock))
            onPhone { BelayApp(services) }
            waitFor("Check in")
            runBlocking { core.addGoal(NewGoal("Screen off at ten", Schedule.Daily)) }
            waitFor(hasText("Screen off at ten") and hasClickAction())
        }
        runBlocking { core.shutdown() }
    }

    @Composable
    private fun App(core: BelayCoreInterface, pair: RealPair) {
        val services = remember { Services(core, testShell(clock = pair.clock)) }
        BelayApp(services)
    }
}
