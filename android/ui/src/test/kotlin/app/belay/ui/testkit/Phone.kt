package app.belay.ui.testkit

import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.size
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.test.ComposeUiTest
import androidx.compose.ui.test.ExperimentalTestApi
import androidx.compose.ui.test.SemanticsMatcher
import androidx.compose.ui.test.hasContentDescription
import androidx.compose.ui.test.hasText
import androidx.compose.ui.unit.dp
import app.belay.ui.theme.BelayTheme

/** How long a busy machine may take for anything. */
const val PATIENCE_MS = 50_000L

private const val PHONE_WIDTH = 412
private const val WINDOW_HEIGHT = 768

/** Shows [content] as wide as a phone: the window of a test is a desktop's, with a rail and two panes. */
@OptIn(ExperimentalTestApi::class)
fun ComposeUiTest.onPhone(content: @Composable () -> Unit) = setContent {
    BelayTheme(dark = false) { Box(Modifier.size(PHONE_WIDTH.dp, WINDOW_HEIGHT.dp)) { content() } }
}

/** Waits until something with this text or name is there. */
@OptIn(ExperimentalTestApi::class)
fun ComposeUiTest.waitFor(text: String) = waitFor(hasText(text) or hasContentDescription(text))

/** Waits until there is such a thing; a screen over the real core waits for its threads. */
@OptIn(ExperimentalTestApi::class)
fun ComposeUiTest.waitFor(matcher: SemanticsMatcher) = waitUntil(timeoutMillis = PATIENCE_MS) {
    onAllNodes(matcher).fetchSemanticsNodes().isNotEmpty()
}
