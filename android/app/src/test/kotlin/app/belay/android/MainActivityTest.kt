package app.belay.android

import android.app.job.JobScheduler
import android.content.Intent
import android.net.Uri
import android.os.Bundle
import android.view.WindowManager.LayoutParams.FLAG_SECURE
import androidx.compose.ui.test.hasSetTextAction
import androidx.compose.ui.test.hasText
import androidx.compose.ui.test.junit4.v2.createEmptyComposeRule
import androidx.compose.ui.test.performClick
import androidx.compose.ui.test.performScrollTo
import androidx.compose.ui.test.performTextInput
import app.belay.android.sync.SyncJobs
import app.belay.android.testkit.FakeKeystore
import app.belay.android.testkit.PATIENCE_MS
import app.belay.android.testkit.Phone
import app.belay.android.testkit.await
import app.belay.android.testkit.shows
import app.belay.core.BelayException
import app.belay.core.TrustedChannel
import app.belay.core.TrustedPerson
import app.belay.ui.Navigator
import app.belay.ui.Route
import app.belay.ui.onboarding.LockChoice
import app.belay.words.WordsDe
import app.belay.words.WordsEn
import kotlinx.coroutines.runBlocking
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertNotEquals
import org.junit.Assert.assertNotNull
import org.junit.Assert.assertSame
import org.junit.Assert.assertThrows
import org.junit.Assert.assertTrue
import org.junit.Rule
import org.junit.Test
import org.junit.rules.RuleChain
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.RuntimeEnvironment

@RunWith(RobolectricTestRunner::class)
class MainActivityTest {
    private val phone = Phone()
    private val screen = createEmptyComposeRule()

    @get:Rule
    val rules: RuleChain = RuleChain.outerRule(phone).around(screen)

    @Test
    fun `the first start says what Belay is, and the way back goes to the page before`() {
        val window = phone.open()
        screen.await(WordsEn.onboardingWelcomeTitle)
        screen.onNode(hasText(WordsEn.onboardingBegin)).performClick()
        screen.await(WordsEn.onboardingLimitsTitle)
        window.get().onBackPressedDispatcher.onBackPressed()
        screen.await(WordsEn.onboardingWelcomeTitle)
    }

    @Test
    fun `a store that is here opens at Today, through the key in the keystore`() {
        phone.begin()
        phone.kill()
        phone.open()
        screen.await(WordsEn.commonJournal)
        assertTrue(FakeKeystore.keys.keys.any { it.startsWith("belay.opens.") })
    }

    @Test
    fun `the window is kept out of pictures and of the list of recent apps from its first moment`() {
        assertNotEquals(0, phone.open().get().window.attributes.flags and FLAG_SECURE)
    }

    @Test
    fun `a phone that was restored without its keystore says so, keeps the store, and Help now is there`() {
        phone.begin()
        phone.kill()
        FakeKeystore.loseKeys()
        phone.open()
        screen.await(WordsEn.onboardingKeyLostTitle)
        assertTrue(phone.belay.storeFolder.list().orEmpty().isNotEmpty())
        screen.onNode(hasText(WordsEn.commonHelpNow)).performClick()
        screen.await(WordsEn.helpTitle)
    }

    @Test
    fun `a keystore that does not answer now is asked again, and nothing is lost`() {
        phone.begin()
        phone.kill()
        FakeKeystore.isAway = true
        phone.open()
        screen.await(WordsEn.onboardingKeyAwayTitle)
        assertFalse(screen.shows(WordsEn.onboardingBeginAnew))
        FakeKeystore.isAway = false
        screen.onNode(hasText(WordsEn.onboardingTryAgain)).performClick()
        screen.await(WordsEn.commonJournal)
    }

    @Test
    fun `a half-typed check-in is there again after the process was killed`() {
        phone.begin()
        val onCheckIn = Bundle().apply {
            putStringArrayList("screens", ArrayList(Navigator().apply { go(Route.CheckIn()) }.saved()))
        }
        val first = phone.open(saved = onCheckIn)
        screen.await(hasSetTextAction())
        screen.onAllNodes(hasSetTextAction())[0].performScrollTo().performTextInput("Walked hom")
        screen.waitUntil("the draft is kept", PATIENCE_MS) { draft()?.toString().orEmpty().contains("Walked hom") }
        val saved = Bundle()
        first.pause().stop().saveInstanceState(saved).destroy()
        phone.kill()

        phone.open(saved = saved)
        screen.await("Walked hom")
    }

    @Test
    fun `a half-typed goal is there again after the process was killed`() {
        phone.begin()
        val onGoal = Bundle().apply {
            putStringArrayList("screens", ArrayList(Navigator().apply { go(Route.GoalEditor) }.saved()))
        }
        val first = phone.open(saved = onGoal)
        screen.await(hasSetTextAction())
        screen.onAllNodes(hasSetTextAction())[0].performScrollTo().performTextInput("Swim bef")
        screen.await("Swim bef")
        val saved = Bundle()
        first.pause().stop().saveInstanceState(saved).destroy()
        phone.kill()

        phone.open(saved = saved)
        screen.await("Swim bef")
    }

    @Test
    fun `what the system keeps of the window are names of screens, never what was typed`() {
        phone.begin()
        val window = phone.open(Intent(Intent.ACTION_VIEW, Uri.parse(LINK)))
        screen.await(LINK)
        val saved = Bundle().also { window.saveInstanceState(it) }
        val screens = saved.getStringArrayList("screens").toString()
        assertTrue(screens, screens.contains("enter-invitation"))
        assertFalse(screens, screens.contains("relay.example"))
    }

    @Test
    fun `what was begun is there again after Help now, and the store is made once`() {
        val window = phone.open()
        screen.await(WordsEn.onboardingWelcomeTitle)
        screen.onNode(hasText(WordsEn.onboardingBegin)).performClick()
        screen.await(WordsEn.onboardingLimitsTitle)
        screen.onNode(hasText(WordsEn.commonHelpNow)).performClick()
        screen.await(WordsEn.helpTitle)
        window.get().onBackPressedDispatcher.onBackPressed()
        screen.await(WordsEn.onboardingLimitsTitle)
    }

    @Test
    fun `a second store is refused while one is open, with its name and passphrase`() {
        val first = phone.begin()
        val refused = assertThrows(BelayException.Unavailable::class.java) { phone.begin("Sam", "a long sentence") }
        assertEquals("already-exists", refused.reason)
        assertSame(first, phone.belay.cores.opened)
    }

    @Test
    fun `the launcher's Help now shows own people while nothing is locked`() {
        val core = phone.begin()
        runBlocking { core.saveTrustedPeople(listOf(TrustedPerson("Jonas", TrustedChannel.CALL, "+49 30 1234", null))) }
        phone.open(Intent(ACTION_HELP_NOW))
        screen.await("Jonas")
    }

    @Test
    fun `another language of the phone is the app's, without a new start`() {
        phone.begin()
        val window = phone.open()
        screen.await(WordsEn.commonJournal)
        RuntimeEnvironment.setQualifiers("+de")
        window.recreate()
        screen.await(WordsDe.commonJournal)
        assertFalse(screen.shows(WordsEn.commonJournal))
    }

    @Test
    fun `another language in the middle of beginning keeps the name and the passphrase that were typed`() {
        val window = phone.open()
        screen.await(WordsEn.onboardingWelcomeTitle)
        screen.onNode(hasText(WordsEn.onboardingBegin)).performClick()
        screen.await(WordsEn.onboardingLimitsTitle)
        screen.onNode(hasText(WordsEn.onboardingLimitsAgree)).performClick()
        screen.await(WordsEn.onboardingYouTitle)
        screen.onAllNodes(hasSetTextAction())[0].performTextInput("Mira")
        phone.belay.beginning.lock = LockChoice.PASSPHRASE
        phone.belay.beginning.passphrase = "a long sentence"
        val saved = Bundle().also { window.saveInstanceState(it) }
        assertFalse(saved.toString().contains("Mira"))

        RuntimeEnvironment.setQualifiers("+de")
        window.recreate()

        screen.await(WordsDe.onboardingYouTitle)
        screen.await("Mira")
        assertEquals("a long sentence", phone.belay.beginning.passphrase)
    }

    @Test
    fun `leaving the window leaves a job that sends what waits`() {
        phone.begin()
        val window = phone.open()
        screen.await(WordsEn.commonJournal)
        window.pause().stop()
        val jobs = checkNotNull(phone.belay.getSystemService(JobScheduler::class.java))
        screen.waitUntil("a job", PATIENCE_MS) { jobs.getPendingJob(SyncJobs.SEND) != null }
        assertNotNull(jobs.getPendingJob(SyncJobs.KEEP_UP))
    }

    private fun draft() = runBlocking { phone.belay.cores.opened?.checkInForm(null, null, "en")?.draft?.new }

    private companion object {
        const val LINK = "https://relay.example/pair/1#uws2ljnfuws2ljnfuws2ljnfuu"
    }
}
