package app.belay.ui.near

import app.belay.core.BelayException
import app.belay.core.LanEndingView
import app.belay.ui.settings.DevicesModel
import app.belay.ui.settings.SettingsModel
import app.belay.ui.testkit.testServices
import app.belay.ui.value
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test

class NearbyModelTest {
    private val core = FakeNearby(met = samAndTheTablet)
    private val services = testServices(core)
    private val model = NearbyModel(services, services.scope)

    @Test
    fun `nobody is looked for before the person says so`() {
        assertEquals(false, model.nearby.state.value?.on)

        model.switch(true)

        assertEquals(true, model.nearby.state.value?.on)
        assertEquals(listOf("nearby true"), core.asked)
    }

    @Test
    fun `the switch in the settings is the same one`() {
        val settings = SettingsModel(services, services.scope)
        settings.findOthers(true)

        assertEquals(true, settings.page.state.value?.nearby?.on)
        assertEquals(true, model.nearby.state.value?.on)
    }

    @Test
    fun `a switch that could not be kept stays as it was and says why`() {
        core.refuses = BelayException.StorageFull()
        model.switch(true)

        assertEquals("storage-full", model.act.problem?.code)
        assertEquals(false, model.nearby.state.value?.on)
    }

    @Test
    fun `a meeting that was cut short is told until one goes well`() = runBlocking {
        val keeping = launch(Dispatchers.Unconfined) { services.shell.near.keep(core, null) }
        core.meet(LanEndingView.INTERRUPTED)
        assertTrue(model.brokeOff)

        core.meet(LanEndingView.WHOLE)
        assertFalse(model.brokeOff)

        keeping.cancel()
        assertEquals("left", core.asked.last())
    }

    @Test
    fun `a network that forbids it is told with what can be done until it is tried again`() = runBlocking {
        val keeping = launch(Dispatchers.Unconfined) { services.shell.near.keep(core, null) }
        core.forbid(BelayException.Unavailable("no-network"))
        keeping.join()
        assertEquals("no-network", model.forbidden?.detail)

        val again = launch(Dispatchers.Unconfined) { services.shell.near.keep(core, null) }
        assertNull(model.forbidden)
        again.cancel()
    }

    @Test
    fun `a device in the same room needs no relay and then the switch`() {
        val devices = DevicesModel(services, services.scope)
        devices.add(near = true)
        assertEquals("device in the room", core.asked.last())
        assertEquals(4, devices.asking?.comparisonWords?.size)

        devices.name = "Tablet"
        devices.admit()

        assertTrue(devices.added && devices.inRoom)
    }
}
