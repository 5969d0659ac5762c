package app.belay.android.lock

import android.app.KeyguardManager
import android.content.Intent
import android.net.Uri
import android.os.Bundle
import androidx.compose.ui.test.hasContentDescription
import androidx.compose.ui.test.hasSetTextAction
import androidx.compose.ui.test.hasText
import androidx.compose.ui.test.junit4.v2.createEmptyComposeRule
import androidx.compose.ui.test.performClick
import androidx.compose.ui.test.performTextReplacement
import app.belay.android.ACTION_HELP_NOW
import app.belay.android.testkit.FakeKeystore
import app.belay.android.testkit.Phone
import app.belay.android.testkit.await
import app.belay.android.testkit.shows
import app.belay.core.TrustedChannel
import app.belay.core.TrustedPerson
import app.belay.ui.Navigator
import app.belay.ui.Route
import app.belay.words.WordsEn
import java.time.Duration
import kotlinx.coroutines.runBlocking
import org.junit.Assert.assertFalse
import org.junit.Assert.assertTrue
import org.junit.Rule
import org.junit.Test
import org.junit.rules.RuleChain
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.Shadows.shadowOf
import org.robolectric.shadows.ShadowSystemClock

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
    fun `Help now over the lock shows nobody's name, and over the open app it does`() {
        lockable()
        val core = checkNotNull(phone.belay.cores.opened)
        runBlocking { core.saveTrustedPeople(listOf(TrustedPerson("Jonas", TrustedChannel.CALL, "+49 30 1234", null))) }
        phone.open(Intent(ACTION_HELP_NOW))
        screen.await(WordsEn.helpTitle)
        assertFalse(screen.shows("Jonas"))
        phone.belay.lock.passed()
        screen.await("Jonas")
    }

    @Test
    fun `a page is as it was left when the lock is passed, with what nobody keeps but the page`() {
        lockable()
        val onSettings = Bundle().apply {
            putStringArrayList("screens", ArrayList(Navigator().apply { go(Route.Settings) }.saved()))
        }
        phone.open(saved = onSettings)
        screen.await(WordsEn.systemLockTitle)
        phone.belay.lock.passed()
        val field = hasSetTextAction() and hasContentDescription(WordsEn.settingsNameLabel)
        screen.await(field)
        screen.onNode(field).performTextReplacement("Noor by the s")
        screen.await("Noor by the s")
        phone.belay.lock.left()
        ShadowSystemClock.advanceBy(Duration.ofMillis(AppLock.AWAY_MS))
        phone.belay.lock.cameBack()
        screen.await(WordsEn.systemLockTitle)
        assertFalse(screen.shows("Noor by the s"))
        phone.belay.lock.passed()
        screen.await("Noor by the s")
    }

    @Test
    fun `a phone without a screen lock cannot ask, and shows the app`() {
        lockable(secure = false)
        phone.open()
        screen.await(WordsEn.commonJournal)
        assertTrue(phone.belay.preferences.appLock)
    }
}
