package app.belay.android.notice

import android.app.Application
import android.app.Notification
import android.app.NotificationManager
import app.belay.words.WordsDe
import app.belay.words.WordsEn
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertNull
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.RuntimeEnvironment
import org.robolectric.Shadows.shadowOf

@RunWith(RobolectricTestRunner::class)
class NoticesTest {
    private val app: Application = RuntimeEnvironment.getApplication()
    private val manager = checkNotNull(app.getSystemService(NotificationManager::class.java))
    private val notices = Notices(app) { WordsEn }

    private fun allow() = shadowOf(app).grantPermissions(android.Manifest.permission.POST_NOTIFICATIONS)

    @Test
    fun `a notification says nothing of what it is about`() {
        allow()
        notices.show()
        val shown = shadowOf(manager).allNotifications.single()
        assertEquals("A moment for you", shown.extras.getCharSequence(Notification.EXTRA_TITLE).toString())
        for (key in listOf(Notification.EXTRA_TEXT, Notification.EXTRA_SUB_TEXT, Notification.EXTRA_BIG_TEXT)) {
            assertNull(key, shown.extras.getCharSequence(key))
        }
        assertEquals(Notification.VISIBILITY_SECRET, shown.visibility)
        assertNull(shown.publicVersion)
        assertEquals(0, shown.number)
        assertNull(shown.tickerText)
        assertNull(shown.actions)
    }

    @Test
    fun `its channel is quiet, without badge, and hidden from the lock screen`() {
        notices.prepare()
        val channel = manager.getNotificationChannel(Notices.CHANNEL)
        assertEquals(NotificationManager.IMPORTANCE_LOW, channel.importance)
        assertEquals(Notification.VISIBILITY_SECRET, channel.lockscreenVisibility)
        assertFalse(channel.canShowBadge())
        assertEquals("Moments", channel.name.toString())
    }

    @Test
    fun `another language names the same channel anew`() {
        notices.prepare()
        Notices(app) { WordsDe }.prepare()
        assertEquals(listOf("Momente"), manager.notificationChannels.map { it.name.toString() })
    }

    @Test
    fun `there is one at most, and it goes when the person is here`() {
        allow()
        notices.show()
        notices.show()
        assertEquals(1, shadowOf(manager).size())
        notices.clear()
        assertEquals(0, shadowOf(manager).size())
    }

    @Test
    fun `nothing is shown to who did not allow it`() {
        shadowOf(app).denyPermissions(android.Manifest.permission.POST_NOTIFICATIONS)
        notices.show()
        assertEquals(0, shadowOf(manager).size())
    }
}
