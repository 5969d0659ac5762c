package app.belay.ui

import androidx.compose.ui.test.ExperimentalTestApi
import androidx.compose.ui.test.assertIsDisplayed
import androidx.compose.ui.test.onNodeWithText
import androidx.compose.ui.test.performClick
import androidx.compose.ui.test.v2.runComposeUiTest
import app.belay.core.BelayException
import app.belay.ui.kit.Body
import app.belay.ui.kit.Loaded
import app.belay.ui.testkit.onPhone
import app.belay.words.WordsEn
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Test

@OptIn(ExperimentalTestApi::class)
class StatesTest {
    @Test
    fun `nobody is told to wait before a moment has passed`() = runComposeUiTest {
        mainClock.autoAdvance = false
        onPhone { Loaded(WordsEn, Loadable.Loading, {}) { Body("here") } }
        mainClock.advanceTimeBy(250)
        onNodeWithText(WordsEn.commonLoading).assertDoesNotExist()
        mainClock.advanceTimeBy(200)
        onNodeWithText(WordsEn.commonLoading).assertIsDisplayed()
    }

    @Test
    fun `an error says what happened, what is safe, and offers to try again`() = runComposeUiTest {
        var tried = 0
        val failed = Loadable.Failed(problemOf(BelayException.Offline(), WordsEn))
        onPhone { Loaded(WordsEn, failed, { tried++ }) { Body("here") } }
        onNodeWithText(WordsEn.errorsOfflineDo).assertIsDisplayed()
        onNodeWithText(WordsEn.commonTryAgain).performClick()
        assertEquals(1, tried)
    }
}
