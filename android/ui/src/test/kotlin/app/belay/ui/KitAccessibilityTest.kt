package app.belay.ui

import androidx.compose.foundation.clickable
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.height
import androidx.compose.foundation.layout.size
import androidx.compose.foundation.layout.width
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.test.ExperimentalTestApi
import androidx.compose.ui.test.v2.runComposeUiTest
import androidx.compose.ui.unit.dp
import app.belay.ui.testkit.assertAccessible
import app.belay.ui.testkit.assertAccessibleEverywhere
import app.belay.ui.testkit.kitShots
import app.belay.ui.theme.BelayTheme
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.assertThrows

@OptIn(ExperimentalTestApi::class)
class KitAccessibilityTest {
    @Test
    fun `the pieces of all screens can be read and reached`() =
        assertAccessibleEverywhere { shell -> kitShots.single().content(shell) }

    @Test
    fun `a control without a name or room is found`() {
        assertFinds("has no name") { Box(Modifier.size(60.dp).clickable {}) }
        assertFinds("has no role") { Box(Modifier.size(60.dp).clickable {}) { Text("Go") } }
        assertFinds("too small for a thumb") { Box(Modifier.size(10.dp).clickable {}) { Text("Go") } }
    }

    @Test
    fun `a text that is cut off is found`() =
        assertFinds("is cut off") { Text("A long sentence that needs its lines", Modifier.width(80.dp).height(20.dp)) }

    private fun assertFinds(fault: String, content: @Composable () -> Unit) = runComposeUiTest {
        setContent { BelayTheme(dark = false, content = content) }
        val found = assertThrows<AssertionError> { assertAccessible() }
        assertTrue(fault in found.message.orEmpty()) { found.message }
    }
}
