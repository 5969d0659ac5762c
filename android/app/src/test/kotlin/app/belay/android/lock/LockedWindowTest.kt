package app.belay.android.lock

import android.app.KeyguardManager
import android.content.Intent
import android.net.Uri
import androidx.compose.ui.test.hasText
import androidx.compose.ui.test.junit4.v2.createEmptyComposeRule
import androidx.compose.ui.test.performClick
import app.belay.android.ACTION_HELP_NOW
import app.belay.android.testkit.FakeKeystore
import app.belay.android.testkit.Phone
import app.belay.android.testkit.await
import app.belay.android.testkit.shows
import app.belay.words.WordsEn
import org.junit.Assert.assertFalse
import org.junit.Assert.assertTrue
import org.junit.Rule
import org.junit.Test
import org.junit.rules.RuleChain
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.Shadows.shadowOf

@RunWith(RobolectricTestRunner::class)
class LockedWindowTest {
    private val phone = Phone()
    private val screen = createEmptyComposeRule()

    @get:Rule
    val rules: RuleChain = RuleChain.outerRule(phone).around(screen)

    private fun lockable(secure: Boolean = true) {
        phone.begin()
        shadowOf(phone.belay.getSystemService(KeyguardManager::class.java)).setIsDeviceSecure(secure)
        phone.belay.preferences.appLock = true
    }

    @Test
    fun `while locked nothing of the person's is drawn, and the phone's answer opens it`() {
        lockable()
        phone.open()
        screen.await(WordsEn.systemLockTitle)
        assertFalse(screen.shows(WordsEn.commonJournal))
        phone.belay.lock.passed()
        screen.await(WordsEn.commonJournal)
        assertFalse(screen.shows(WordsEn.systemLockTitle))
    }

    @Test
    fun `Help now works while locked, and going back leads to the lock again`() {
        lockable()
        val window = phone.open()
        screen.await(WordsEn.systemLockTitle)
        screen.onNode(hasText(WordsEn.commonHelpNow)).performClick()
        screen.await(WordsEn.helpTitle)
        window.get().onBackPressedDispatcher.onBackPressed()
        screen.await(WordsEn.systemLockTitle)
        assertFalse(screen.shows(WordsEn.commonJournal))
    }

    @Test
    fun `the launcher's shortcut leads to Help now through the lock`() {
        lockable()
        phone.open(Intent(ACTION_HELP_NOW))
        screen.await(WordsEn.helpTitle)
    }

    @Test
    fun `Help now needs no key at all`() {
        phone.begin()
        phone.kill()
        FakeKeystore.loseKeys()
        phone.open(Intent(ACTION_HELP_NOW))
        screen.await(WordsEn.helpTitle)
    }

    @Test
    fun `a link does not open the lock`() {
        lockable()
        phone.open(Intent(Intent.ACTION_VIEW, Uri.parse("https://relay.example/pair/1#aaaa")))
        screen.await(WordsEn.systemLockTitle)
        assertFalse(screen.shows("relay.example"))
    }

    @Test
    fun `a phone without a screen lock cannot ask, and shows the app`() {
        lockable(secure = false)
        phone.open()
        screen.await(WordsEn.commonJournal)
        assertTrue(phone.belay.preferences.appLock)
    }
}
