package app.belay.android

import android.app.KeyguardManager
import android.content.Intent
import android.graphics.Bitmap
import android.graphics.Canvas
import android.graphics.drawable.AdaptiveIconDrawable
import androidx.activity.ComponentActivity
import androidx.compose.ui.test.junit4.v2.createEmptyComposeRule
import app.belay.android.qr.ScanActivity
import app.belay.android.testkit.Phone
import app.belay.android.testkit.await
import app.belay.core.BelayCoreInterface
import app.belay.core.CheckInTemplate
import app.belay.core.Emotion
import app.belay.core.NewCheckIn
import app.belay.core.NewGoal
import app.belay.core.NewOutcome
import app.belay.core.OutcomeStatus
import app.belay.core.Schedule
import app.belay.words.WordsEn
import java.io.File
import kotlinx.coroutines.runBlocking
import org.junit.Assert.assertTrue
import org.junit.Rule
import org.junit.Test
import org.junit.rules.RuleChain
import org.junit.runner.RunWith
import org.robolectric.Robolectric
import org.robolectric.RobolectricTestRunner
import org.robolectric.Shadows.shadowOf
import org.robolectric.android.controller.ActivityController
import org.robolectric.annotation.Config

/** Pictures as Android itself draws them, into target/screens; a picture with nothing in it fails. */
@RunWith(RobolectricTestRunner::class)
@Config(qualifiers = "w412dp-h915dp-xhdpi")
class ShotsTest {
    private val phone = Phone()
    private val screen = createEmptyComposeRule()

    @get:Rule
    val rules: RuleChain = RuleChain.outerRule(phone).around(screen)

    @Test
    fun `the first page`() {
        val window = phone.open()
        screen.await(WordsEn.onboardingWelcomeTitle)
        window.shot("welcome")
    }

    @Test
    fun today() {
        runBlocking { write(phone.begin()) }
        val window = phone.open()
        screen.await("Walk home the long way")
        window.shot("today")
    }

    @Test
    @Config(qualifiers = "+night")
    fun `today by night`() {
        runBlocking { write(phone.begin()) }
        val window = phone.open()
        screen.await("Walk home the long way")
        window.shot("today-dark")
    }

    @Test
    fun `the lock`() {
        phone.begin()
        shadowOf(phone.belay.getSystemService(KeyguardManager::class.java)).setIsDeviceSecure(true)
        phone.belay.preferences.appLock = true
        val window = phone.open()
        screen.await(WordsEn.systemLockTitle)
        window.shot("lock")
    }

    @Test
    fun `Help now without a key`() {
        val window = phone.open(Intent(ACTION_HELP_NOW))
        screen.await(WordsEn.helpTitle)
        window.shot("help")
    }

    @Test
    fun `scanning without a camera`() {
        val window = Robolectric.buildActivity(ScanActivity::class.java).setup()
        screen.await(WordsEn.systemScanNoCamera)
        window.shot("scan")
        window.pause().stop().destroy()
    }

    @Test
    fun `the icon, as launchers cut it`() {
        val icon = phone.belay.getDrawable(R.mipmap.ic_launcher) as AdaptiveIconDrawable
        val bitmap = Bitmap.createBitmap(ICON, ICON, Bitmap.Config.ARGB_8888)
        icon.setBounds(0, 0, ICON, ICON)
        icon.draw(Canvas(bitmap))
        bitmap.keep("icon")
    }

    private suspend fun write(core: BelayCoreInterface) {
        val walk = core.addGoal(NewGoal("Walk home the long way", Schedule.Daily))
        core.addGoal(NewGoal("Read ten pages", Schedule.Daily))
        core.writeCheckIn(
            NewCheckIn(
                template = CheckInTemplate.FREE,
                mood = 4u,
                emotions = listOf(Emotion.CALM),
                win = "Called my sister",
                outcomes = listOf(NewOutcome(walk.name, status = OutcomeStatus.DONE))
            )
        )
    }

    private fun ActivityController<out ComponentActivity>.shot(name: String) {
        screen.waitForIdle()
        val view = get().window.decorView
        val bitmap = Bitmap.createBitmap(view.width, view.height, Bitmap.Config.ARGB_8888)
        view.draw(Canvas(bitmap))
        bitmap.keep(name)
    }

    private fun Bitmap.keep(name: String) {
        val file = File("target/screens/$name.png").apply { parentFile?.mkdirs() }
        file.outputStream().use { compress(Bitmap.CompressFormat.PNG, 100, it) }
        val row = IntArray(width * height).also { getPixels(it, 0, width, 0, 0, width, height) }
        val colours = row.toSet().size
        assertTrue("$name has only $colours colours", colours > 16)
    }

    private companion object {
        const val ICON = 432
    }
}
