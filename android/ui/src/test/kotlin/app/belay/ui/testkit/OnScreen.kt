package app.belay.ui.testkit

import androidx.compose.ui.test.ComposeUiTest
import androidx.compose.ui.test.ExperimentalTestApi
import androidx.compose.ui.test.SemanticsMatcher
import androidx.compose.ui.test.SemanticsNodeInteraction
import androidx.compose.ui.test.hasAnyAncestor
import androidx.compose.ui.test.hasClickAction
import androidx.compose.ui.test.hasContentDescription
import androidx.compose.ui.test.hasSetTextAction
import androidx.compose.ui.test.hasTestTag
import androidx.compose.ui.test.hasText
import androidx.compose.ui.test.isEnabled
import androidx.compose.ui.test.onFirst
import androidx.compose.ui.test.performClick
import androidx.compose.ui.test.performScrollTo
import androidx.compose.ui.test.performTextReplacement

/** What a person does on a screen and sees there. [within] is the tag of one phone where several are shown. */
@OptIn(ExperimentalTestApi::class)
class OnScreen(private val test: ComposeUiTest, private val within: String? = null) {
    /** Waits until [text] is there. */
    fun see(text: String, substring: Boolean = false) {
        first(hasText(text, substring = substring))
    }

    /** Waits until [text] is gone. */
    fun seeNoMore(text: String) = test.waitUntil(timeoutMillis = PATIENCE_MS) { nodes(hasText(text)).isEmpty() }

    /** Taps what says [text] once it can be tapped, scrolling to it where it can be scrolled to. */
    fun tap(text: String, substring: Boolean = false) {
        val button = first(hasText(text, substring = substring) and hasClickAction() and isEnabled())
        // What stands below the page, in reach, is in nothing that scrolls.
        runCatching { button.performScrollTo() }
        button.performClick()
    }

    /** Types [text] into the field called [label]. */
    fun type(label: String, text: String) {
        first(hasContentDescription(label) and hasSetTextAction()).performTextReplacement(text)
    }

    /** Waits until something is so. */
    fun until(isSo: () -> Boolean) = test.waitUntil(timeoutMillis = PATIENCE_MS, condition = isSo)

    private fun on(what: SemanticsMatcher): SemanticsMatcher =
        if (within == null) what else what and hasAnyAncestor(hasTestTag(within))

    private fun nodes(what: SemanticsMatcher) = test.onAllNodes(on(what)).fetchSemanticsNodes()

    private fun first(what: SemanticsMatcher): SemanticsNodeInteraction {
        test.waitUntil(timeoutMillis = PATIENCE_MS) { nodes(what).isNotEmpty() }
        return test.onAllNodes(on(what)).onFirst()
    }
}
