package app.belay.ui.people

import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxHeight
import androidx.compose.foundation.layout.width
import androidx.compose.runtime.Composable
import androidx.compose.runtime.remember
import androidx.compose.runtime.rememberCoroutineScope
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.testTag
import androidx.compose.ui.test.ComposeUiTest
import androidx.compose.ui.test.ExperimentalTestApi
import androidx.compose.ui.test.v2.runComposeUiTest
import androidx.compose.ui.unit.dp
import app.belay.core.BelayCoreInterface
import app.belay.core.CheckInField
import app.belay.core.CheckInTemplate
import app.belay.core.NewCheckIn
import app.belay.core.PartnershipStandingView
import app.belay.ui.BelayApp
import app.belay.ui.Navigator
import app.belay.ui.Route
import app.belay.ui.Services
import app.belay.ui.testkit.OnScreen
import app.belay.ui.testkit.RealStore
import app.belay.ui.testkit.RelayProcess
import app.belay.ui.testkit.TestClock
import app.belay.ui.testkit.testServices
import app.belay.ui.testkit.testShell
import app.belay.ui.theme.BelayTheme
import kotlin.time.Duration.Companion.minutes
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test

/** A busy machine may take its time; nothing is measured here. */
private val PATIENCE = 10.minutes
private const val MIRA = "Mira"
private const val SAMS = "Sam"

/** Two phones side by side, each over a real store, and a relay between them. */
@OptIn(ExperimentalTestApi::class)
class TwoPeopleTest {
    private class Phone(val name: String, val store: RealStore, val core: BelayCoreInterface, val services: Services)

    private fun phone(name: String, scope: CoroutineScope): Phone {
        val store = RealStore(TestClock(System.currentTimeMillis()))
        val core = store.create(name)
        val shell = testShell(clock = store.clock, scope = scope)
        return Phone(name, store, core, testServices(core, shell, Navigator().apply { go(Route.People) }))
    }

    @Test
    fun `two people meet by words compare share pause and leave through the screens`() = RelayProcess().use { relay ->
        lateinit var mira: Phone
        lateinit var sam: Phone
        runComposeUiTest(testTimeout = PATIENCE) {
            setContent {
                val scope = rememberCoroutineScope()
                mira = remember { phone(MIRA, scope) }
                sam = remember { phone(SAMS, scope) }
                Phones(mira, sam)
            }
            meet(mira, sam, relay)
            compare(mira, sam)
            shareAndSee(mira, sam)
            pauseAndGoOn(mira)
            leave(mira, sam)
        }
        for (phone in listOf(mira, sam)) {
            runBlocking { phone.core.shutdown() }
            phone.store.close()
        }
    }

    private fun ComposeUiTest.meet(mira: Phone, sam: Phone, relay: RelayProcess) {
        for (phone in listOf(mira, sam)) {
            tap(phone, "Add a person")
            tap(phone, "I agree to these terms.")
            tap(phone, "I am 16 or older.")
            tap(phone, "Go on")
            tap(phone, "We are apart")
        }
        tap(mira, "Make four words")
        type(mira, "Address of your relay", relay.origin)
        tap(mira, "Go on")
        see(mira, "Nobody has answered yet")
        val words = runBlocking { mira.core.openInvitations().single().text.orEmpty() }
        assertEquals(4, words.split(' ').size)

        tap(sam, "I was given words or a link")
        val slip = "zzzzzz " + words.substringAfter(' ')
        type(sam, "Their code, words or link", slip)
        type(sam, "Their relay (only for four words)", relay.origin)
        tap(sam, "Meet them")
        see(sam, "Word 1 isn’t in the list.", substring = true)
        type(sam, "Their code, words or link", words)
        tap(sam, "Meet them")
        see(sam, "Waiting until they let you in")

        tap(mira, "Look for an answer now")
        tap(sam, "Look for an answer now")
        see(mira, "Four words for the two of you")
        see(sam, "Four words for the two of you")
    }

    private fun ComposeUiTest.compare(mira: Phone, sam: Phone) {
        val hers = runBlocking { mira.core.partners().single().comparisonWords }
        assertEquals(hers, runBlocking { sam.core.partners().single().comparisonWords })
        for (word in hers) {
            see(mira, word)
            see(sam, word)
        }
        for (phone in listOf(mira, sam)) {
            tap(phone, "Yes, the same")
            see(phone, "hold the same rope", substring = true)
        }
        bothSync(mira, sam)
        for (phone in listOf(mira, sam)) {
            tap(phone, "Go to", substring = true)
            see(phone, "You compared the four words: the same.")
        }
        see(mira, SAMS)
        see(sam, MIRA)
    }

    private fun ComposeUiTest.shareAndSee(mira: Phone, sam: Phone) {
        tap(mira, "Change what Sam can see")
        tap(mira, "Win")
        OnScreen(this, mira.name).until {
            runBlocking { mira.core.partners().single().usualFields.contains(CheckInField.WIN) }
        }
        runBlocking {
            mira.core.writeCheckIn(
                NewCheckIn(template = CheckInTemplate.EVENING, mood = 4u, win = "Called my sister")
            )
        }
        mira.store.clock.atMs += 11_000
        bothSync(mira, sam)
        comeBack(sam)
        see(sam, "Called my sister")

        tap(sam, "Answer Mira")
        tap(sam, "I hear you")
        type(sam, "In your words", "That took courage.")
        tap(sam, "Send")
        see(sam, "That took courage.")
        sam.store.clock.atMs += 11_000
        bothSync(mira, sam)
        assertEquals(
            "That took courage.",
            runBlocking { mira.core.checkIns(1u).single().responses.single().response.text }
        )
    }

    private fun ComposeUiTest.pauseAndGoOn(mira: Phone) {
        runOnIdle { mira.services.navigator.back() }
        tap(mira, "Pause everything")
        see(mira, "Sharing is paused. They are not told.")
        // Only what the person shares on purpose waits: by itself nothing is shared during a pause.
        val chosen = mapOf(spaceOf(mira) to listOf(CheckInField.WIN))
        runBlocking {
            mira.core.writeCheckIn(
                NewCheckIn(template = CheckInTemplate.FREE, win = "Slept", audience = chosen)
            )
        }
        assertEquals(1uL, runBlocking { mira.core.waitingToBeShared(spaceOf(mira)) })
        tap(mira, "Pause everything")
        see(mira, "Share with Sam again")
        tap(mira, "Keep it to myself")
        OnScreen(this, mira.name).until { runBlocking { !mira.core.partners().single().paused } }
        runBlocking { mira.core.sync(null) }
        assertFalse(runBlocking { mira.core.partners().single().paused })
    }

    private fun ComposeUiTest.leave(mira: Phone, sam: Phone) {
        tap(mira, "Leave Sam")
        see(mira, "Leave Sam?")
        tap(mira, "Leave")
        see(mira, "You left. Nothing more goes either way.")
        bothSync(mira, sam)
        comeBack(sam)
        see(sam, "They left. What they shared stays until you remove it.")
        tap(sam, "Remove what they shared")
        tap(sam, "Remove")
        OnScreen(this, sam.name).seeNoMore("Called my sister")
        assertEquals(
            PartnershipStandingView.PARTNER_LEFT,
            runBlocking { sam.core.partners().single().standing }
        )
    }

    /** Leaves the partner's page and opens it again. */
    private fun ComposeUiTest.comeBack(phone: Phone) {
        runOnIdle { phone.services.navigator.back() }
        see(phone, "Add a person")
        runOnIdle { phone.services.navigator.go(Route.Partner(spaceOf(phone))) }
    }

    private fun spaceOf(phone: Phone) = runBlocking { phone.core.partners().single().space }

    private fun bothSync(mira: Phone, sam: Phone) = runBlocking {
        for (phone in listOf(mira, sam, mira, sam)) {
            val report = phone.core.sync(null)
            assertTrue(report.troubles.isEmpty()) { "${phone.name}: ${report.troubles}" }
        }
    }

    @Composable
    private fun Phones(vararg phones: Phone) {
        BelayTheme(dark = false) {
            Row {
                for (phone in phones) {
                    Box(Modifier.testTag(phone.name).width(411.dp).fillMaxHeight()) { BelayApp(phone.services) }
                }
            }
        }
    }

    private fun ComposeUiTest.see(phone: Phone, text: String, substring: Boolean = false) =
        OnScreen(this, phone.name).see(text, substring)

    private fun ComposeUiTest.tap(phone: Phone, text: String, substring: Boolean = false) =
        OnScreen(this, phone.name).tap(text, substring)

    private fun ComposeUiTest.type(phone: Phone, label: String, text: String) =
        OnScreen(this, phone.name).type(label, text)
}
