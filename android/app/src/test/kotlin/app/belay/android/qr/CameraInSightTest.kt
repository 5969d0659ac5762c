package app.belay.android.qr

import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertTrue
import org.junit.Test

class CameraInSightTest {
    private val said = mutableListOf<String>()
    private val present = mutableListOf<() -> Boolean>()
    private val camera = CameraInSight<String> { surface, isPresent ->
        val number = present.size
        present += isPresent
        said += "open $number on $surface"
        AutoCloseable { said += "close $number" }
    }

    @Test
    fun `the camera is let go behind other windows and a new one is opened in front`() {
        camera.shown()
        camera.surfaceThere("finder")
        camera.hidden()
        camera.shown()
        assertEquals(listOf("open 0 on finder", "close 0", "open 1 on finder"), said)
    }

    @Test
    fun `without a surface nothing is opened, and the camera goes with it`() {
        camera.shown()
        assertTrue(said.isEmpty())
        camera.surfaceThere("finder")
        camera.surfaceGone()
        camera.hidden()
        assertEquals(listOf("open 0 on finder", "close 0"), said)
    }

    @Test
    fun `what an old camera says is not listened to`() {
        camera.surfaceThere("finder")
        camera.shown()
        camera.hidden()
        camera.shown()
        assertFalse(present[0]())
        assertTrue(present[1]())
    }
}
