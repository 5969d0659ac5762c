package app.belay.android

import android.app.KeyguardManager
import android.app.LocaleManager
import android.app.NotificationManager
import android.content.ClipboardManager
import android.content.Intent
import android.os.LocaleList
import android.provider.Settings
import android.telephony.TelephonyManager
import androidx.activity.ComponentActivity
import kotlinx.coroutines.runBlocking
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertNull
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.Robolectric
import org.robolectric.RobolectricTestRunner
import org.robolectric.Shadows.shadowOf

@RunWith(RobolectricTestRunner::class)
class AndroidPlatformTest {
    private val activity = Robolectric.buildActivity(ComponentActivity::class.java).create().get()
    private val preferences = DevicePreferences(activity)
    private val platform = AndroidPlatform(activity, preferences)
    private val started: Intent get() = checkNotNull(shadowOf(activity).nextStartedActivity)
    private val clipboard = checkNotNull(activity.getSystemService(ClipboardManager::class.java))

    @Test
    fun `a number opens the dialler exactly as written, and calls nobody`() {
        platform.dial("*4141#")
        val intent = started
        assertEquals(Intent.ACTION_DIAL, intent.action)
        assertEquals("*4141#", intent.data?.schemeSpecificPart)
        assertEquals("tel:*4141%23", intent.dataString)
    }

    @Test
    fun `a text message is written and not sent`() {
        platform.message("741741", "HOME")
        val intent = started
        assertEquals(Intent.ACTION_SENDTO, intent.action)
        assertEquals("741741", intent.data?.schemeSpecificPart)
        assertEquals("HOME", intent.getStringExtra("sms_body"))
    }

    @Test
    fun `where nothing dials, the number is at hand`() {
        shadowOf(activity.application).checkActivities(true)
        platform.dial("112")
        assertEquals("112", clipboard.primaryClip?.getItemAt(0)?.text.toString())
    }

    @Test
    fun `only pages over https are opened`() {
        platform.openPage("https://findahelpline.com")
        assertEquals("https://findahelpline.com", started.dataString)
        platform.openPage("file:///data/data/app.belay.android/no_backup/secret")
        assertNull(shadowOf(activity).nextStartedActivity)
    }

    @Test
    fun `an invitation goes to the share sheet as text`() {
        platform.shareText("BELAY:PAIR/1/AAAA")
        val chooser = started
        assertEquals(Intent.ACTION_CHOOSER, chooser.action)
        val sent = checkNotNull(chooser.getParcelableExtra(Intent.EXTRA_INTENT, Intent::class.java))
        assertEquals("BELAY:PAIR/1/AAAA", sent.getStringExtra(Intent.EXTRA_TEXT))
    }

    @Test
    fun `what is copied is marked as not to be shown`() {
        platform.copy("invitation", "four words of mine")
        val clip = checkNotNull(clipboard.primaryClip)
        assertTrue(clip.description.extras.getBoolean("android.content.extra.IS_SENSITIVE"))
    }

    @Test
    fun `the lock can be chosen where the phone has one, and ends with it`() {
        val keyguard = shadowOf(activity.getSystemService(KeyguardManager::class.java))
        keyguard.setIsDeviceSecure(true)
        platform.appLock = true
        assertTrue(platform.canLock && platform.appLock)
        keyguard.setIsDeviceSecure(false)
        assertFalse(platform.canLock || platform.appLock)
    }

    @Test
    fun `the language is kept by the system, and none follows the phone`() {
        val locales = checkNotNull(activity.getSystemService(LocaleManager::class.java))
        platform.language = "es"
        assertEquals(LocaleList.forLanguageTags("es"), locales.applicationLocales)
        assertEquals("es", platform.language)
        platform.language = null
        assertNull(platform.language)
    }

    @Test
    fun `the country is the one whose network the phone is in, before that of its language`() {
        assertEquals("US", platform.region)
        shadowOf(activity.getSystemService(TelephonyManager::class.java)).setNetworkCountryIso("at")
        assertEquals("AT", platform.region)
    }

    @Test
    fun `who asked for less motion gets less`() {
        assertFalse(platform.reducedMotion)
        Settings.Global.putFloat(activity.contentResolver, Settings.Global.ANIMATOR_DURATION_SCALE, 0f)
        assertTrue(platform.reducedMotion)
    }

    @Test
    fun `nothing is told before somebody wishes for it, and nothing more when they do not`() = runBlocking {
        shadowOf(activity.application).grantPermissions(android.Manifest.permission.POST_NOTIFICATIONS)
        assertFalse(platform.tells)
        assertTrue(platform.tell(true))
        val manager = checkNotNull(activity.getSystemService(NotificationManager::class.java))
        assertEquals(1, manager.notificationChannels.size)
        assertFalse(platform.tell(false))
        assertFalse(preferences.tells)
    }
}
