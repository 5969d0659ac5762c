package app.belay.android

import android.app.Application
import app.belay.design.Palette
import app.belay.design.Tokens
import app.belay.words.Words
import app.belay.words.WordsDe
import app.belay.words.WordsEn
import app.belay.words.WordsEs
import org.junit.Assert.assertEquals
import org.junit.Assert.assertNotNull
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.RuntimeEnvironment
import org.robolectric.annotation.Config

/** What the system reads from files says and looks the same as what is generated. */
@RunWith(RobolectricTestRunner::class)
class ResourcesTest {
    private val app: Application = RuntimeEnvironment.getApplication()

    private fun assertTexts(words: Words) = assertEquals(words.commonHelpNow, app.getString(R.string.help_now_shortcut))

    @Test
    fun `the texts are the words in English`() = assertTexts(WordsEn)

    @Test
    @Config(qualifiers = "de")
    fun `the texts are the words in German`() = assertTexts(WordsDe)

    @Test
    @Config(qualifiers = "es")
    fun `the texts are the words in Spanish`() = assertTexts(WordsEs)

    @Test
    fun `the colours before the first frame are the tokens by day`() = assertColours(Tokens.light)

    @Test
    @Config(qualifiers = "night")
    fun `the colours before the first frame are the tokens by night`() = assertColours(Tokens.dark)

    @Test
    fun `the icon can be drawn`() {
        assertNotNull(app.getDrawable(R.mipmap.ic_launcher))
        assertNotNull(app.getDrawable(R.drawable.ic_notice))
        assertNotNull(app.getDrawable(R.drawable.ic_lifebuoy))
    }

    private fun assertColours(palette: Palette) {
        assertEquals(palette.bg.toInt(), app.getColor(R.color.bg))
        assertEquals(palette.ink.toInt(), app.getColor(R.color.ink))
        assertEquals(palette.rope.toInt(), app.getColor(R.color.rope))
    }
}
