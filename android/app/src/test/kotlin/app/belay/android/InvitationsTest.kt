package app.belay.android

import android.content.ComponentName
import android.content.Intent
import android.content.pm.PackageManager
import android.net.Uri
import androidx.compose.ui.test.hasSetTextAction
import androidx.compose.ui.test.hasText
import androidx.compose.ui.test.junit4.v2.createEmptyComposeRule
import androidx.compose.ui.test.performClick
import app.belay.android.testkit.Phone
import app.belay.android.testkit.await
import app.belay.words.WordsEn
import kotlinx.coroutines.runBlocking
import org.junit.Assert.assertEquals
import org.junit.Assert.assertNull
import org.junit.Assert.assertTrue
import org.junit.Rule
import org.junit.Test
import org.junit.rules.RuleChain
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner

/** What other apps hand over, and where it goes. */
@RunWith(RobolectricTestRunner::class)
class InvitationsTest {
    private val phone = Phone()
    private val screen = createEmptyComposeRule()

    @get:Rule
    val rules: RuleChain = RuleChain.outerRule(phone).around(screen)

    @Test
    fun `links, codes, texts and pictures lead here, other links do not`() {
        val here = ComponentName(phone.belay, MainActivity::class.java)
        val invitations =
            listOf(view(LINK), view(CODE), view(CODE.lowercase()), share("text/plain"), share("image/png"))
        for (intent in invitations) {
            val found = phone.belay.packageManager.queryIntentActivities(intent, PackageManager.MATCH_DEFAULT_ONLY)
            assertTrue(
                "$intent",
                found.any {
                    ComponentName(it.activityInfo.packageName, it.activityInfo.name) == here
                }
            )
        }
        for (intent in listOf(
            view("https://relay.example/news"),
            view("http://relay.example/pair/1"),
            share("video/mp4")
        )) {
            assertTrue("$intent", phone.belay.packageManager.queryIntentActivities(intent, 0).isEmpty())
        }
    }

    @Test
    fun `a link waits in its field for the person's word, and the window does not keep it`() {
        phone.begin()
        val window = phone.open(view(LINK))
        screen.await(hasSetTextAction() and hasText(LINK))
        assertNull(window.get().intent.data)
        assertTrue(runBlocking { phone.belay.cores.opened?.people()?.partners.orEmpty().isEmpty() })
    }

    @Test
    fun `a link that is opened while Belay is open takes the place of the one before`() {
        phone.begin()
        val window = phone.open(view(LINK))
        screen.await(hasText(LINK))
        window.newIntent(view(CODE))
        screen.await(hasSetTextAction() and hasText(CODE))
    }

    @Test
    fun `an invitation that comes before there is a store waits for it`() {
        phone.open(view(LINK))
        screen.await(WordsEn.onboardingWelcomeTitle)
        phone.begin()
        // What the page "you" does at its end is proved where it is drawn; here the store is made beside it.
        phone.open(view(LINK))
        screen.await(hasSetTextAction() and hasText(LINK))
    }

    @Test
    fun `a text that is something else gets a kind answer and stays as it was`() {
        val core = phone.begin()
        runBlocking { core.agreeToShare(core.people().agreement.termsVersion) }
        phone.open(share("text/plain").putExtra(Intent.EXTRA_TEXT, "see you at eight then"))
        screen.await(hasSetTextAction() and hasText("see you at eight then"))
        screen.onNode(hasText(WordsEn.pairingAccept)).performClick()
        screen.await(WordsEn.pairingForeignCode)
        screen.await(hasSetTextAction() and hasText("see you at eight then"))
    }

    @Test
    fun `what is handed over is bounded, and an empty hand opens an empty field`() = runBlocking {
        val resolver = phone.belay.contentResolver
        val long = share("text/plain").putExtra(Intent.EXTRA_TEXT, "a".repeat(1_000_000))
        assertEquals(4096, long.invitation(resolver)?.length)
        assertEquals("", share("text/plain").invitation(resolver))
        assertEquals(
            "",
            share("image/png").putExtra(Intent.EXTRA_STREAM, Uri.parse("content://gone/1")).invitation(resolver)
        )
        assertNull(Intent(Intent.ACTION_MAIN).invitation(resolver))
    }

    private fun view(text: String) = Intent(Intent.ACTION_VIEW, Uri.parse(text))
        .addCategory(Intent.CATEGORY_DEFAULT).addCategory(Intent.CATEGORY_BROWSABLE)

    private fun share(type: String) = Intent(Intent.ACTION_SEND).setType(type).addCategory(Intent.CATEGORY_DEFAULT)

    private companion object {
        const val LINK = "https://relay.example/pair/1#uws2ljnfuws2ljnfuws2ljnfuu"
        const val CODE = "BELAY:PAIR/1/MFRGGZDFMZTWQ2LK"
    }
}
