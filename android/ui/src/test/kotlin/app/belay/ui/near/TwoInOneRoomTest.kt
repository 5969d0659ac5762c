package app.belay.ui.near

import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxHeight
import androidx.compose.foundation.layout.width
import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.remember
import androidx.compose.runtime.rememberCoroutineScope
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.testTag
import androidx.compose.ui.semantics.SemanticsProperties
import androidx.compose.ui.test.ComposeUiTest
import androidx.compose.ui.test.ExperimentalTestApi
import androidx.compose.ui.test.hasText
import androidx.compose.ui.test.onFirst
import androidx.compose.ui.test.v2.runComposeUiTest
import androidx.compose.ui.unit.dp
import app.belay.core.BelayCoreInterface
import app.belay.core.CheckInField
import app.belay.core.CheckInTemplate
import app.belay.core.NewCheckIn
import app.belay.core.SettingsEdit
import app.belay.ui.BelayApp
import app.belay.ui.Navigator
import app.belay.ui.Route
import app.belay.ui.Services
import app.belay.ui.testkit.OnScreen
import app.belay.ui.testkit.RealStore
import app.belay.ui.testkit.Room
import app.belay.ui.testkit.RunningClock
import app.belay.ui.testkit.testServices
import app.belay.ui.testkit.testShell
import app.belay.ui.theme.BelayTheme
import java.net.NetworkInterface
import kotlin.time.Duration.Companion.minutes
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.Test

/** A busy machine may take its time; nothing is measured here. */
private val PATIENCE = 10.minutes

/** Two phones in one room, each over a real store, and no relay anywhere. */
@OptIn(ExperimentalTestApi::class)
class TwoInOneRoomTest {
    private class Phone(val name: String, val store: RealStore, val core: BelayCoreInterface, val services: Services)

    private val room = Room()

    @Test
    fun `two people who never had a relay become partners and share in one room through the screens`() {
        val phones = mutableListOf<Phone>()
        runComposeUiTest(testTimeout = PATIENCE) {
            setContent {
                val scope = rememberCoroutineScope()
                remember { listOf("Mira", "Sam").mapTo(phones) { phone(it, scope) } }
                Phones(phones)
            }
            val (mira, sam) = phones
            for (phone in phones) getReady(phone)
            screen(mira).tap("Show a code for this room")
            if (reachable()) {
                meet(mira, sam)
                share(mira, sam)
            } else {
                screen(mira).see("Your other phones and your partners cannot find this one here.")
            }
        }
        for (phone in phones) {
            runBlocking { phone.core.shutdown() }
            phone.store.close()
        }
    }

    /** Whether another machine could call this one: without a network the code would lead nowhere. */
    private fun reachable(): Boolean = NetworkInterface.networkInterfaces().anyMatch { one ->
        one.isUp && !one.isLoopback &&
            one.inetAddresses().anyMatch { it is java.net.Inet4Address && !it.isLinkLocalAddress }
    }

    private fun phone(name: String, scope: CoroutineScope): Phone {
        val store = RealStore(RunningClock())
        val core = store.create(name)
        runBlocking { core.editSettings(SettingsEdit(holdSeconds = 0u)) }
        val shell = testShell(clock = store.clock, scope = scope)
        return Phone(name, store, core, testServices(core, shell, Navigator().apply { go(Route.People) }))
    }

    private fun ComposeUiTest.getReady(phone: Phone) = with(screen(phone)) {
        tap("Add a person")
        tap("I agree to these terms.")
        tap("I am 16 or older.")
        tap("Go on")
        tap("We are together")
    }

    private fun ComposeUiTest.meet(mira: Phone, sam: Phone) {
        screen(mira).tap("Show it as text")
        val code = hasText("BELAY:PAIR", substring = true)
        waitUntil(timeoutMillis = 50_000) { onAllNodes(code).fetchSemanticsNodes().isNotEmpty() }
        val text = onAllNodes(code).onFirst().fetchSemanticsNode().config[SemanticsProperties.Text].first().text
        with(screen(sam)) {
            tap("Type or paste their code")
            type("Their code, words or link", text)
            tap("Meet them")
        }
        for (phone in listOf(mira, sam)) {
            with(screen(phone)) {
                tap("Yes, the same")
                see("You met without a server.", substring = true)
                tap("Find each other on this Wi-Fi")
            }
        }
        waitUntil(timeoutMillis = 50_000) { room.count == 2 }
    }

    private fun ComposeUiTest.share(mira: Phone, sam: Phone) {
        val space = runBlocking { mira.core.partners().single().space }
        val seen = mapOf(space to listOf(CheckInField.MOOD, CheckInField.WIN))
        runBlocking {
            mira.core.writeCheckIn(
                NewCheckIn(template = CheckInTemplate.EVENING, mood = 4u, win = "Called my sister", audience = seen)
            )
        }
        screen(sam).tap("Go to Mira’s page")
        screen(sam).see("Called my sister")
        runOnIdle { mira.services.navigator.go(Route.Nearby) }
        screen(mira).see("Sam, met", substring = true)
    }

    @Composable
    private fun Phones(phones: List<Phone>) = BelayTheme(dark = false) {
        Row {
            for (phone in phones) {
                LaunchedEffect(phone) { phone.services.shell.near.keep(phone.core, room.eyes()) }
                Box(Modifier.testTag(phone.name).width(411.dp).fillMaxHeight()) { BelayApp(phone.services) }
            }
        }
    }

    private fun ComposeUiTest.screen(phone: Phone) = OnScreen(this, phone.name)
}
