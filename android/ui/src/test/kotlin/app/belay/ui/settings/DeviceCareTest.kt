package app.belay.ui.settings

import androidx.compose.runtime.remember
import androidx.compose.runtime.rememberCoroutineScope
import androidx.compose.ui.test.ExperimentalTestApi
import androidx.compose.ui.test.v2.runComposeUiTest
import app.belay.core.BelayException
import app.belay.core.DeviceStandingView
import app.belay.core.DevicesPageView
import app.belay.ui.BelayApp
import app.belay.ui.testkit.OnScreen
import app.belay.ui.testkit.onPhone
import app.belay.ui.testkit.testServices
import app.belay.ui.testkit.testShell
import app.belay.ui.value
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Test

@OptIn(ExperimentalTestApi::class)
class DeviceCareTest {
    private val core = FakeSettings()
    private val services = testServices(core)
    private val model = DevicesModel(services, services.scope)
    private val own: DevicesPageView get() = checkNotNull(model.devices.state.value)

    @Test
    fun `a device gets another name and one that cannot be taken stays in the field`() {
        model.care.rename(own.devices.last().device)
        assertEquals("Tablet", model.care.name)

        core.refuses = BelayException.InvalidInput("display_name", "control_character")
        model.care.name = "Kitchen\u0007"
        model.care.saveName()
        assertEquals("Kitchen\u0007", model.care.name)
        assertEquals("display_name", model.care.act.problem?.field)

        core.refuses = null
        model.care.name = " Kitchen "
        model.care.saveName()

        assertNull(model.care.naming)
        assertEquals("Kitchen", own.devices.last().device.name)
    }

    @Test
    fun `a device is removed only after a yes and what came too late waits for another`() {
        model.care.remove(own.devices.last().device)
        assertEquals(2, core.devices.size)
        model.care.close()
        model.care.removeNow()
        assertEquals(2, core.devices.size)

        model.care.remove(own.devices.last().device)
        model.care.removeNow()

        val removed = own.removed.single()
        assertEquals("Tablet" to 3uL, removed.name to removed.waiting)
        model.care.takeIn(removed)
        assertEquals(3, model.care.tookIn)
        assertEquals(0uL, own.removed.single().waiting)
    }

    @Test
    fun `handing over shows where and ends when somebody stops it or it cannot be done`() {
        val handing = model.handing
        handing.start()
        core.handsOverTo?.onReady("192.0.2.7:40123")
        assertEquals("192.0.2.7:40123", handing.address)
        handing.stop()
        assertNull(core.handsOverTo)
        assertNull(handing.address)

        handing.start()
        core.handsOverTo?.onStopped(BelayException.Unavailable("no-network"))
        assertEquals("no-network", handing.problem?.detail)
        assertEquals(false, handing.isOn)
    }

    @Test
    fun `on a device that was removed every place says so and leads to what it means`() = runComposeUiTest {
        core.standing = DeviceStandingView.Removed("Tablet", null)
        onPhone {
            val scope = rememberCoroutineScope()
            BelayApp(remember { testServices(core, testShell(scope = scope)) })
        }
        val screen = OnScreen(this)
        screen.tap("“Tablet” removed this device.", substring = true)
        screen.see("What is here stays readable.", substring = true)
        screen.see("Erase it here …")
        screen.seeNoMore("Add another device")
    }
}
