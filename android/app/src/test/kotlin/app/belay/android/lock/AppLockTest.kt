package app.belay.android.lock

import org.junit.Assert.assertFalse
import org.junit.Assert.assertTrue
import org.junit.Test

class AppLockTest {
    private var wanted = true
    private var nowMs = 5_000L
    private val lock by lazy { AppLock({ wanted }, { nowMs }) }

    @Test
    fun `who asked for it is asked when the app begins`() {
        assertTrue(lock.locked)
        lock.passed()
        assertFalse(lock.locked)
    }

    @Test
    fun `who did not ask for it is never asked`() {
        wanted = false
        assertFalse(lock.locked)
        away(AppLock.AWAY_MS * 10)
        assertFalse(lock.locked)
    }

    @Test
    fun `a short look at another app locks nothing`() {
        lock.passed()
        away(AppLock.AWAY_MS - 1)
        assertFalse(lock.locked)
    }

    @Test
    fun `a longer one does`() {
        lock.passed()
        away(AppLock.AWAY_MS)
        assertTrue(lock.locked)
    }

    @Test
    fun `two short looks in a row are two short looks`() {
        lock.passed()
        away(AppLock.AWAY_MS - 1)
        away(AppLock.AWAY_MS - 1)
        assertFalse(lock.locked)
    }

    @Test
    fun `leaving twice counts from the first time`() {
        lock.passed()
        lock.left()
        nowMs += AppLock.AWAY_MS
        lock.left()
        lock.cameBack()
        assertTrue(lock.locked)
    }

    @Test
    fun `a clock that ran backwards locks`() {
        lock.passed()
        away(-1)
        assertTrue(lock.locked)
    }

    @Test
    fun `a phone whose own lock was taken away cannot ask, and opens`() {
        wanted = true
        assertTrue(lock.locked)
        wanted = false
        away(1)
        assertFalse(lock.locked)
    }

    @Test
    fun `choosing it locks nobody out of what they are doing`() {
        wanted = false
        assertFalse(lock.locked)
        wanted = true
        assertFalse(lock.locked)
        away(AppLock.AWAY_MS)
        assertTrue(lock.locked)
    }

    private fun away(ms: Long) {
        lock.left()
        nowMs += ms
        lock.cameBack()
    }
}
