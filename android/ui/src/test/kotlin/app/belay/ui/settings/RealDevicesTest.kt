package app.belay.ui.settings

import app.belay.core.BelayCoreInterface
import app.belay.core.BundleFor
import app.belay.core.DeviceStandingView
import app.belay.core.NewBundle
import app.belay.core.NewEntry
import app.belay.core.SettingsEdit
import app.belay.ui.testkit.RealStore
import app.belay.ui.testkit.RelayProcess
import app.belay.ui.testkit.TestClock
import app.belay.ui.testkit.testServices
import app.belay.ui.testkit.testShell
import app.belay.ui.testkit.until
import app.belay.ui.value
import java.io.File
import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test

/** One person with a phone and a tablet, real stores, and only files between them. */
class RealDevicesTest {
    @Test
    fun `a tablet gets a name and is removed and what it wrote late comes in when the person says so`() {
        RelayProcess().use { relay ->
            val here = RealStore(TestClock(atMs = System.currentTimeMillis()))
            RealStore(here.clock).use { there ->
                val phone = here.create("Mira")
                val tablet = joined(phone, there, relay)
                val services = testServices(phone, testShell(clock = here.clock))
                val model = DevicesModel(services, services.scope)
                until { model.devices.state.value?.devices?.size == 2 }

                model.care.rename(checkNotNull(model.devices.state.value).devices.last().device)
                model.care.name = "Kitchen tablet"
                model.care.saveName()
                until { model.devices.state.value?.devices.orEmpty().any { it.device.name == "Kitchen tablet" } }

                runBlocking { tablet.editSettings(SettingsEdit(holdSeconds = 0u)) }
                runBlocking { tablet.writeEntry(NewEntry(text = "Written before it heard.")) }
                model.care.remove(checkNotNull(model.devices.state.value).devices.last().device)
                model.care.removeNow()
                until { model.devices.state.value?.removed.orEmpty().isNotEmpty() }
                assertNull(model.care.act.problem)

                late(model, phone, tablet)
                runBlocking {
                    phone.shutdown()
                    tablet.shutdown()
                }
            }
            here.close()
        }
    }

    private fun late(model: DevicesModel, phone: BelayCoreInterface, tablet: BelayCoreInterface) {
        carry(tablet, phone)
        until { model.devices.state.value?.removed?.single()?.waiting?.let { it > 0uL } == true }
        model.care.takeIn(checkNotNull(model.devices.state.value).removed.single())
        until { model.care.tookIn != null }
        assertEquals(0uL, runBlocking { phone.removedDevices() }.single().waiting)

        carry(phone, tablet)
        assertTrue(runBlocking { tablet.deviceStanding() } is DeviceStandingView.Removed)
    }

    private fun joined(phone: BelayCoreInterface, place: RealStore, relay: RelayProcess): BelayCoreInterface =
        runBlocking {
            phone.setRelay(relay.origin, allowPlainHttp = true)
            phone.setSelfCopy(true)
            val tablet = place.door.createOwnDevice(null)
            tablet.joinOwnDevices(phone.admitOwnDevice(tablet.ownDeviceBundle(), "Tablet"))
            tablet
        }

    private fun carry(from: BelayCoreInterface, to: BelayCoreInterface) = runBlocking {
        val file = File.createTempFile("letters", ".belay").apply { delete() }
        from.writeBundle(file.path, NewBundle(BundleFor.OwnDevices, true), null)
        to.readBundle(file.path, null)
        file.delete()
    }
}
