package app.belay.ui

import app.belay.ui.testkit.FakeCore
import app.belay.ui.testkit.TUESDAY
import app.belay.ui.testkit.testServices
import app.belay.ui.today.TodayModel
import app.belay.ui.today.todayView
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Test

class PresentDayTest {
    private var device = TUESDAY
    private val present = PresentDay { device }

    @Test
    fun `a person's day may be another one than the calendar's`() {
        assertEquals(TUESDAY, present.value)
        present.learn("2026-03-02")
        assertEquals("2026-03-02", present.value)
    }

    @Test
    fun `what was told on another day of the calendar is old`() {
        present.learn("2026-03-02")
        device = "2026-03-05"
        assertEquals("2026-03-05", present.value)
    }

    @Test
    fun `the page of the day tells it to every other screen`() {
        val core = object : FakeCore() {
            override suspend fun today() = todayView().copy(on = "2026-03-02")
        }
        val services = testServices(core)
        TodayModel(services, services.scope)
        assertEquals("2026-03-02", services.shell.presentDay.value)
    }
}
