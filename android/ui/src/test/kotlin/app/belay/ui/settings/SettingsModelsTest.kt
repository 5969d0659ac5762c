package app.belay.ui.settings

import app.belay.core.BelayException
import app.belay.core.ZoneChoice
import app.belay.ui.Services
import app.belay.ui.testkit.testServices
import app.belay.ui.testkit.testShell
import app.belay.ui.value
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test

class SettingsModelsTest {
    private val core = FakeSettings()
    private val services = testServices(core)
    private val model = SettingsModel(services, services.scope)

    private val settings get() = checkNotNull(model.page.state.value?.settings).settings

    @Test
    fun `each choice is saved as it is made`() {
        model.setDayStart(5)
        model.setHold(60)

        assertEquals(5, settings.dayStart.toInt())
        assertEquals(60, settings.holdSeconds.toInt())
    }

    @Test
    fun `a name that cannot be taken stays in its field`() {
        model.typedName = "Mira\u0007"
        core.refuses = BelayException.InvalidInput("display_name", "control_character")
        model.saveName()

        assertEquals("Mira\u0007", model.typedName)
        assertEquals("display_name", model.name.problem?.field)
        assertEquals("Mira", settings.displayName)

        core.refuses = null
        model.typedName = "Mira K."
        model.saveName()

        assertNull(model.typedName)
        assertEquals("Mira K.", settings.displayName)
    }

    @Test
    fun `a zone of one's own is typed saved and given up again`() {
        model.followDevice(false)
        assertTrue(model.choosesZone)
        model.typedZone = "Europe/Lisbon"
        model.saveZone()
        assertEquals("Europe/Lisbon", settings.zoneName)

        model.followDevice(true)

        assertNull(settings.zoneName)
        assertTrue(core.asked.last().contains(ZoneChoice.Device.toString()))
    }

    @Test
    fun `the sealed copy is kept only on a yes`() {
        val relay = RelayModel(services, services.scope)
        assertNull(relay.places.state.value?.selfCopy)

        relay.keepCopy(true)
        assertEquals("https://relay.example", relay.places.state.value?.selfCopy)

        relay.keepCopy(false)
        assertNull(relay.places.state.value?.selfCopy)
    }

    @Test
    fun `an address that is none stays in its field`() {
        val relay = RelayModel(services, services.scope)
        relay.change()
        relay.form.type("my relay")
        core.refuses = BelayException.InvalidInput("relay", "not_an_address")
        relay.save()

        assertEquals("my relay", relay.form.address)
        assertEquals("invalid-input", relay.form.act.problem?.code)
        assertTrue(relay.changes)
    }

    @Test
    fun `an address that was typed and not used is there again and goes once it is chosen`() {
        RelayModel(services, services.scope).run {
            change()
            form.type("https://rel")
        }
        val again = RelayModel(services, services.scope)
        assertEquals("https://rel", again.form.address)
        assertTrue(again.changes)

        again.form.type("https://relay.example")
        again.save()

        assertEquals("", again.form.address)
        assertFalse(again.changes)
        assertTrue(core.keptDrafts.isEmpty())
    }

    @Test
    fun `another device is admitted by its name after its words`() {
        val devices = DevicesModel(services, services.scope)
        devices.add()
        assertEquals(4, devices.asking?.comparisonWords?.size)

        devices.name = "Laptop"
        devices.admit()

        assertEquals("Laptop", devices.devices.state.value?.devices?.last()?.device?.name)
        assertNull(devices.asking)
    }

    @Test
    fun `a name that cannot be taken keeps the words and every other error asks anew`() {
        val devices = DevicesModel(services, services.scope)
        devices.add()
        core.refuses = BelayException.InvalidInput("display_name", "empty")
        devices.admit()
        assertEquals(4, devices.asking?.comparisonWords?.size)

        core.refuses = BelayException.Unavailable("invitation-expired")
        devices.admit()

        assertNull(devices.asking)
        assertEquals("invitation-expired", devices.act.problem?.detail)
    }

    @Test
    fun `a code that no device answers is shown no more`() {
        core.nobodyAnswers = BelayException.Unavailable("invitation-expired")
        val devices = DevicesModel(services, services.scope)
        devices.add()

        assertNull(devices.shown)
        assertEquals("invitation-expired", devices.act.problem?.detail)
    }

    @Test
    fun `a device with other words gets nothing`() {
        val devices = DevicesModel(services, services.scope)
        devices.add()
        devices.turnAway()

        assertEquals("turn away 7", core.asked.last())
        assertTrue(devices.turnedAway)
        assertEquals(2, devices.devices.state.value?.devices?.size)
    }

    @Test
    fun `everything is deleted only after the switch and the store is left`() {
        var left = false
        val delete = DeleteModel(Services(core, testShell(), onLeave = { left = true }), services.scope)
        delete.delete()
        assertTrue(core.asked.isEmpty())

        delete.understands = true
        core.refuses = BelayException.Unavailable("already-syncing")
        delete.delete()
        assertEquals("already-syncing", delete.act.problem?.detail)
        assertFalse(left)

        core.refuses = null
        delete.delete()

        assertEquals("delete everything", core.asked.last())
        assertTrue(left)
    }
}
